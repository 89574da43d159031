"""Application credentials, access rules and trusts."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Document

revision = 'identity_003'
down_revision = 'identity_002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _application_credentials()
    _trusts()


def _application_credentials() -> None:
    table = 'identity_application_credentials'
    op.create_table(
        table,
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('user_id', sa.String(64), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('project_id', sa.String(64), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('user_id', 'name', name=f'uq_{table}_name'),
        **OPTIONS)
    op.create_index(f'ix_{table}_project_id', table, ['project_id'])
    op.create_table(
        'identity_access_rules',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('user_id', sa.String(64), nullable=False),
        sa.Column('service', sa.String(64), nullable=False),
        sa.Column('path', sa.String(225), nullable=False),
        sa.Column('method', sa.String(16), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('user_id', 'service', 'path', 'method',
                            name='uq_identity_access_rules'),
        **OPTIONS)


def _trusts() -> None:
    table = 'identity_trusts'
    op.create_table(
        table,
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('trustor_user_id', sa.String(64), nullable=False),
        sa.Column('trustee_user_id', sa.String(64), nullable=False),
        sa.Column('project_id', sa.String(64)),
        sa.Column('redelegated_trust_id', sa.String(64)),
        sa.Column('is_deleted', sa.Boolean, nullable=False),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    for column in ('trustor_user_id', 'trustee_user_id', 'project_id', 'redelegated_trust_id'):
        op.create_index(f'ix_{table}_{column}', table, [column])
