"""Schemas of images."""
from __future__ import annotations

from typing import Any

from jumpgate.common import schema

CONTAINER_FORMATS = ('ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed')
DISK_FORMATS = ('ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop')
STATUSES = ('queued', 'saving', 'active', 'killed', 'deleted', 'uploading', 'importing',
            'pending_delete', 'deactivated')
VISIBILITIES = ('community', 'public', 'private', 'shared')
ID = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'


def described(description: str, kind: str | list[str] = 'string', *, read_only: bool = False,
              **more: Any) -> dict[str, Any]:
    """A property of a published document."""
    found: dict[str, Any] = {'type': kind, 'description': description, **more}
    if read_only:
        found['readOnly'] = True
    return found


_TEXT_OR_NULL = ['null', 'string']
_NUMBER_OR_NULL = ['null', 'integer']

#: The attributes that every image has, as the API publishes them.
PROPERTIES: dict[str, Any] = {
    'id': described('The id of the image.', pattern=ID),
    'name': described('What people call the image.', _TEXT_OR_NULL, maxLength=255),
    'status': described('Where the image is in its life.', read_only=True, enum=[*STATUSES]),
    'visibility': described('Who may see the image.', enum=[*VISIBILITIES]),
    'protected': described('Whether the image refuses to be deleted.', 'boolean'),
    'os_hidden': described('Whether lists leave the image out unless asked for it.', 'boolean'),
    'checksum': described('MD5 of the data.', _TEXT_OR_NULL, read_only=True, maxLength=32),
    'os_hash_algo': described('The algorithm behind os_hash_value.', _TEXT_OR_NULL,
                              read_only=True, maxLength=64),
    'os_hash_value': described('Digest of the data, in hexadecimal.', _TEXT_OR_NULL,
                               read_only=True, maxLength=128),
    'owner': described('The project that the image belongs to.', _TEXT_OR_NULL, maxLength=255),
    'size': described('Bytes of data.', _NUMBER_OR_NULL, read_only=True),
    'virtual_size': described('Bytes of the disk inside.', _NUMBER_OR_NULL, read_only=True),
    'container_format': described('What the disk is wrapped in.', _TEXT_OR_NULL,
                                  enum=[None, *CONTAINER_FORMATS]),
    'disk_format': described('How the disk is written down.', _TEXT_OR_NULL,
                             enum=[None, *DISK_FORMATS]),
    'created_at': described('When the image was made.', read_only=True),
    'updated_at': described('When the image was changed last.', read_only=True),
    'tags': described('Words that the image is found by.', 'array',
                      items={'type': 'string', 'maxLength': 255}),
    'direct_url': described('Where the store has the data.', read_only=True),
    'min_ram': described('Megabytes of memory that a server needs.', 'integer'),
    'min_disk': described('Gigabytes of disk that a server needs.', 'integer'),
    'self': described('The URL of the image.', read_only=True),
    'file': described('The URL of the data.', read_only=True),
    'stores': described('The stores that have the data, separated by commas.', read_only=True),
    'schema': described('The URL of this document.', read_only=True),
    'locations': described('Where the data is.', 'array', items={
        'type': 'object', 'required': ['url', 'metadata'], 'properties': {
            'url': {'type': 'string', 'maxLength': 255},
            'metadata': {'type': 'object'},
            'validation_data': described(
                'What the data must amount to.', 'object', writeOnly=True,
                additionalProperties=False, required=['os_hash_algo', 'os_hash_value'],
                properties={
                    'checksum': {'type': 'string', 'minLength': 32, 'maxLength': 32},
                    'os_hash_algo': {'type': 'string', 'maxLength': 64},
                    'os_hash_value': {'type': 'string', 'maxLength': 128}})}}),
}

_BOUNDED = {
    **PROPERTIES,
    'min_ram': {'type': 'integer', 'minimum': 0, 'maximum': schema.MAX_INT},
    'min_disk': {'type': 'integer', 'minimum': 0, 'maximum': schema.MAX_INT},
}

#: Whatever else is sent is a property, and a text.
CREATE = schema.obj(additional={'type': 'string'}, **_BOUNDED)

#: One operation of a patch sets one attribute; it has no schema of its own in the body.
ATTRIBUTE = schema.Validator(CREATE)

IMAGE = schema.obj(
    ['id', 'name', 'status', 'visibility', 'protected', 'os_hidden', 'checksum', 'os_hash_algo',
     'os_hash_value', 'owner', 'size', 'virtual_size', 'container_format', 'disk_format',
     'created_at', 'updated_at', 'tags', 'min_ram', 'min_disk', 'self', 'file', 'schema'],
    additional={'type': 'string'}, **PROPERTIES)
IMAGES = schema.obj(
    ['images', 'first', 'schema'], images=schema.array(IMAGE),
    first={'type': 'string'}, next={'type': 'string'}, schema={'type': 'string'})
