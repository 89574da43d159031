"""Limits, registered limits and the configuration of domains."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Document

revision = 'identity_005'
down_revision = 'identity_004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'identity_registered_limits',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('service_id', sa.String(64), nullable=False),
        sa.Column('place', sa.String(255), nullable=False),
        sa.Column('resource_name', sa.String(255), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('service_id', 'place', 'resource_name',
                            name='uq_identity_registered_limits'),
        **OPTIONS)
    op.create_table(
        'identity_limits',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('registered_id', sa.String(64), nullable=False),
        sa.Column('owner_id', sa.String(64), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('registered_id', 'owner_id', name='uq_identity_limits'),
        **OPTIONS)
    op.create_index('ix_identity_limits_owner_id', 'identity_limits', ['owner_id'])
    op.create_table(
        'identity_domain_configs',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
