"""Credentials of users."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Document

revision = 'identity_004'
down_revision = 'identity_003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'identity_credentials',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('user_id', sa.String(255), nullable=False),
        sa.Column('project_id', sa.String(64)),
        sa.Column('type', sa.String(255), nullable=False),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_index('ix_identity_credentials_user_id', 'identity_credentials', ['user_id'])
    op.create_index('ix_identity_credentials_project_id', 'identity_credentials', ['project_id'])
