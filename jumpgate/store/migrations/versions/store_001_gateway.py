"""The gateway's own tables."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Instant

revision = 'store_001'
down_revision = None
branch_labels = ('store',)
depends_on = None


def upgrade() -> None:
    gateway = op.create_table(
        'gateway',
        sa.Column('id', sa.Integer, primary_key=True, autoincrement=False),
        sa.Column('identity_revision', sa.BigInteger, nullable=False),
        sa.Column('clock_offset', Instant, nullable=False),
        **OPTIONS)
    op.bulk_insert(gateway, [{'id': 1, 'identity_revision': 1, 'clock_offset': 0.0}])
    op.create_table(
        'revocations',
        sa.Column('audit_id', sa.String(32), primary_key=True),
        sa.Column('revoked_at', Instant, nullable=False),
        sa.Column('expires_at', Instant, nullable=False),
        **OPTIONS)
    op.create_index('ix_revocations_expires_at', 'revocations', ['expires_at'])
