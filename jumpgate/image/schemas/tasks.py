"""Schemas of tasks."""
from __future__ import annotations

from typing import Any

from jumpgate.common import schema
from jumpgate.image.schemas import images
from jumpgate.image.schemas.images import ID, described

_OBJECT_OR_NULL = ['null', 'object']

PROPERTIES: dict[str, Any] = {
    'id': described('The id of the task.', pattern=ID),
    'type': described('What the task does.',
                      enum=['import', 'api_image_import', 'location_import']),
    'status': described('How far the task is.',
                        enum=['pending', 'processing', 'success', 'failure']),
    'input': described('What was asked for.', _OBJECT_OR_NULL),
    'result': described('What came out.', _OBJECT_OR_NULL),
    'owner': described('The project that asked.', ['null', 'string']),
    'message': described('What went wrong.'),
    'image_id': described('The image that the task is about.'),
    'request_id': described('The request that began it.'),
    'user_id': described('The user who asked.'),
    'expires_at': described('When the task will be forgotten.', ['null', 'string']),
    'created_at': described('When the task began.'),
    'updated_at': described('When the task was changed last.'),
    'self': {'type': 'string', 'readOnly': True},
    'schema': {'type': 'string', 'readOnly': True},
}

PUBLISHED: dict[str, Any] = {**PROPERTIES, 'owner': {**PROPERTIES['owner'], 'type': 'string'}}

_CREATE = schema.obj(['type', 'input'], type={'enum': ['import']}, input=schema.obj(
    ['import_from', 'import_from_format', 'image_properties'], additional=True,
    import_from=schema.string(1, 4096), import_from_format=schema.string(1, 255),
    image_properties=images.CREATE))
#: Judged only after policy, as the real service does.
CREATE = schema.Validator(_CREATE)
TASK = schema.obj(['id', 'type', 'status', 'created_at', 'updated_at'], **PROPERTIES)
TASKS = schema.obj(['tasks', 'first', 'schema'], tasks=schema.array(TASK),
                   first={'type': 'string'}, next={'type': 'string'}, schema={'type': 'string'})
IMAGE_TASKS = schema.obj(['tasks'], tasks=schema.array({'type': 'object'}))
