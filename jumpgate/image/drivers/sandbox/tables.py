"""The tables of the embedded image service."""
from __future__ import annotations

import sqlalchemy as sa

from jumpgate.store.tables import METADATA, OPTIONS, Document, Instant

IMAGES = sa.Table(
    'image_images', METADATA,
    sa.Column('id', sa.String(36), primary_key=True),
    sa.Column('name', sa.String(255), index=True),
    sa.Column('status', sa.String(30), nullable=False),
    sa.Column('owner', sa.String(255), index=True),
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
    sa.Index('ix_image_images_created_at', 'created_at', 'id'),
    **OPTIONS)

#: The tags and properties of images once more, for filters alone; the documents have them too.
TAGS = sa.Table(
    'image_tags', METADATA,
    sa.Column('image_id', sa.String(36), primary_key=True),
    sa.Column('tag', sa.String(255), primary_key=True),
    **OPTIONS)

PROPERTIES = sa.Table(
    'image_properties', METADATA,
    sa.Column('image_id', sa.String(36), primary_key=True),
    sa.Column('name', sa.String(255), primary_key=True),
    sa.Column('value', Document, nullable=False),
    **OPTIONS)

#: The id is that of the image and that of the member.
MEMBERS = sa.Table(
    'image_members', METADATA,
    sa.Column('id', sa.String(300), primary_key=True),
    sa.Column('image_id', sa.String(36), nullable=False, index=True),
    sa.Column('member_id', sa.String(255), nullable=False, index=True),
    sa.Column('status', sa.String(20), nullable=False),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)

TASKS = sa.Table(
    'image_tasks', METADATA,
    sa.Column('id', sa.String(36), primary_key=True),
    sa.Column('owner', sa.String(255), index=True),
    sa.Column('image_id', sa.String(36), index=True),
    sa.Column('expires_at', Instant),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)

NAMESPACES = sa.Table(
    'image_namespaces', METADATA,
    sa.Column('id', sa.String(36), primary_key=True),
    sa.Column('name', sa.String(80), nullable=False),
    sa.Column('owner', sa.String(255)),
    sa.Column('visibility', sa.String(9), nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('name', name='uq_image_namespaces_name'),
    **OPTIONS)

#: Properties, objects, tags and associations of namespaces.
DEFINITIONS = sa.Table(
    'image_definitions', METADATA,
    sa.Column('id', sa.String(36), primary_key=True),
    sa.Column('namespace_id', sa.String(36), nullable=False),
    sa.Column('kind', sa.String(20), nullable=False),
    sa.Column('name', sa.String(80), nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('namespace_id', 'kind', 'name', name='uq_image_definitions_name'),
    **OPTIONS)

RESOURCE_TYPES = sa.Table(
    'image_resource_types', METADATA,
    sa.Column('id', sa.String(80), primary_key=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)
