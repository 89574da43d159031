"""Images, their members, their tasks, metadata definitions."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jumpgate.store.tables import OPTIONS, Document, Instant

revision = 'image_001'
down_revision = None
branch_labels = ('image',)
depends_on = None


def upgrade() -> None:
    _images()
    _definitions()


def _images() -> None:
    op.create_table(
        'image_images',
        sa.Column('id', sa.String(36), primary_key=True),
        sa.Column('name', sa.String(255)),
        sa.Column('status', sa.String(30), nullable=False),
        sa.Column('owner', sa.String(255)),
        sa.Column('visibility', sa.String(9), nullable=False),
        sa.Column('hidden', sa.Boolean, nullable=False),
        sa.Column('protected', sa.Boolean, nullable=False),
        sa.Column('container_format', sa.String(20)),
        sa.Column('disk_format', sa.String(20)),
        sa.Column('min_disk', sa.Integer, nullable=False),
        sa.Column('min_ram', sa.Integer, nullable=False),
        sa.Column('size', sa.BigInteger),
        sa.Column('virtual_size', sa.BigInteger),
        sa.Column('checksum', sa.String(32)),
        sa.Column('os_hash_algo', sa.String(64)),
        sa.Column('os_hash_value', sa.String(128)),
        sa.Column('created_at', Instant, nullable=False),
        sa.Column('updated_at', Instant, nullable=False),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_index('ix_image_images_created_at', 'image_images', ['created_at', 'id'])
    op.create_index('ix_image_images_owner', 'image_images', ['owner'])
    op.create_index('ix_image_images_name', 'image_images', ['name'])
    op.create_table(
        'image_tags',
        sa.Column('image_id', sa.String(36), primary_key=True),
        sa.Column('tag', sa.String(255), primary_key=True),
        **OPTIONS)
    op.create_table(
        'image_properties',
        sa.Column('image_id', sa.String(36), primary_key=True),
        sa.Column('name', sa.String(255), primary_key=True),
        sa.Column('value', Document, nullable=False),
        **OPTIONS)
    op.create_table(
        'image_members',
        sa.Column('id', sa.String(300), primary_key=True),
        sa.Column('image_id', sa.String(36), nullable=False),
        sa.Column('member_id', sa.String(255), nullable=False),
        sa.Column('status', sa.String(20), nullable=False),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_index('ix_image_members_image_id', 'image_members', ['image_id'])
    op.create_index('ix_image_members_member_id', 'image_members', ['member_id'])
    op.create_table(
        'image_tasks',
        sa.Column('id', sa.String(36), primary_key=True),
        sa.Column('owner', sa.String(255)),
        sa.Column('image_id', sa.String(36)),
        sa.Column('expires_at', Instant),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
    op.create_index('ix_image_tasks_image_id', 'image_tasks', ['image_id'])
    op.create_index('ix_image_tasks_owner', 'image_tasks', ['owner'])


def _definitions() -> None:
    op.create_table(
        'image_namespaces',
        sa.Column('id', sa.String(36), primary_key=True),
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('owner', sa.String(255)),
        sa.Column('visibility', sa.String(9), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('name', name='uq_image_namespaces_name'),
        **OPTIONS)
    op.create_table(
        'image_definitions',
        sa.Column('id', sa.String(36), primary_key=True),
        sa.Column('namespace_id', sa.String(36), nullable=False),
        sa.Column('kind', sa.String(20), nullable=False),
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('document', Document, nullable=False),
        sa.UniqueConstraint('namespace_id', 'kind', 'name', name='uq_image_definitions_name'),
        **OPTIONS)
    op.create_table(
        'image_resource_types',
        sa.Column('id', sa.String(80), primary_key=True),
        sa.Column('document', Document, nullable=False),
        **OPTIONS)
