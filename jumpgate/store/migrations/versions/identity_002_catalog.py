"""Regions, services, endpoints, what is linked to projects, and policies."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Document

revision = 'identity_002'
down_revision = 'identity_001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _catalog()
    _links()


def _catalog() -> None:
    op.create_table(
        'identity_regions',
        sa.Column('id', sa.String(255), primary_key=True),
        sa.Column('parent_region_id', sa.String(255)),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_index(
        'ix_identity_regions_parent_region_id', 'identity_regions', ['parent_region_id'])
    op.create_table(
        'identity_services',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_table(
        'identity_endpoints',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('service_id', sa.String(64), nullable=False),
        sa.Column('region_id', sa.String(255)),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_index('ix_identity_endpoints_service_id', 'identity_endpoints', ['service_id'])
    op.create_index('ix_identity_endpoints_region_id', 'identity_endpoints', ['region_id'])


def _links() -> None:
    op.create_table(
        'identity_endpoint_groups',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_table(
        'identity_endpoint_links',
        sa.Column('project_id', sa.String(64), primary_key=True),
        sa.Column('linked_id', sa.String(64), primary_key=True),
        sa.Column('kind', sa.String(8), nullable=False),
        **OPTIONS)
    op.create_index('ix_identity_endpoint_links_linked_id', 'identity_endpoint_links',
                    ['linked_id'])
    op.create_table(
        'identity_policies',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_table(
        'identity_policy_bindings',
        sa.Column('endpoint_id', sa.String(64), primary_key=True),
        sa.Column('service_id', sa.String(64), primary_key=True),
        sa.Column('region_id', sa.String(255), primary_key=True),
        sa.Column('policy_id', sa.String(64), nullable=False),
        **OPTIONS)
    op.create_index('ix_identity_policy_bindings_policy_id', 'identity_policy_bindings',
                    ['policy_id'])
