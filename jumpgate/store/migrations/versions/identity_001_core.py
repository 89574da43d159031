"""Domains, projects, users, groups, roles and grants of the embedded identity service."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Document

revision = 'identity_001'
down_revision = None
branch_labels = ('identity',)
depends_on = None


def upgrade() -> None:
    _projects_and_users()
    _groups()
    _roles()


def _projects_and_users() -> None:
    op.create_table(
        'identity_projects',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('owner_id', sa.String(64), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('parent_id', sa.String(64)),
        sa.Column('is_domain', sa.Boolean, nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('owner_id', 'name', name='uq_identity_projects_name'),
        **OPTIONS)
    op.create_index('ix_identity_projects_parent_id', 'identity_projects', ['parent_id'])
    op.create_table(
        'identity_users',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('domain_id', sa.String(64), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('default_project_id', sa.String(64)),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('domain_id', 'name', name='uq_identity_users_name'),
        **OPTIONS)
    op.create_index(
        'ix_identity_users_default_project_id', 'identity_users', ['default_project_id'])
    op.create_table(
        'identity_secrets',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)


def _groups() -> None:
    op.create_table(
        'identity_groups',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('domain_id', sa.String(64), nullable=False),
        sa.Column('name', sa.String(64), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('domain_id', 'name', name='uq_identity_groups_name'),
        **OPTIONS)
    op.create_table(
        'identity_group_members',
        sa.Column('user_id', sa.String(64), primary_key=True),
        sa.Column('group_id', sa.String(64), primary_key=True),
        **OPTIONS)
    op.create_index(
        'ix_identity_group_members_group_id', 'identity_group_members', ['group_id'])


def _roles() -> None:
    op.create_table(
        'identity_roles',
        sa.Column('id', sa.String(64), primary_key=True),
        sa.Column('owner_id', sa.String(64), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('owner_id', 'name', name='uq_identity_roles_name'),
        **OPTIONS)
    op.create_table(
        'identity_inferences',
        sa.Column('prior_role_id', sa.String(64), primary_key=True),
        sa.Column('implied_role_id', sa.String(64), primary_key=True),
        **OPTIONS)
    op.create_table(
        'identity_grants',
        sa.Column('actor_id', sa.String(64), primary_key=True),
        sa.Column('target_id', sa.String(64), primary_key=True),
        sa.Column('role_id', sa.String(64), primary_key=True),
        sa.Column('inherited', sa.Boolean, primary_key=True),
        sa.Column('actor', sa.String(8), nullable=False),
        sa.Column('target', sa.String(8), nullable=False),
        **OPTIONS)
    op.create_index('ix_identity_grants_target_id', 'identity_grants', ['target_id'])
