"""Schemas of metadata definitions."""
from __future__ import annotations

from typing import Any

from jumpgate.common import schema
from jumpgate.image.schemas.images import described

_KINDS = ['array', 'boolean', 'integer', 'number', 'object', 'string', None]
_WHEN = {'type': 'string', 'format': 'date-time', 'readOnly': True}
_READ_ONLY = {'type': 'string', 'readOnly': True}
_NAME = {'type': 'string', 'maxLength': 80}

#: Pieces that the published documents refer to.
DEFINITIONS: dict[str, Any] = {
    'positiveInteger': {'type': 'integer', 'minimum': 0},
    'positiveIntegerDefault0': {
        'allOf': [{'$ref': '#/definitions/positiveInteger'}, {'default': 0}]},
    'stringArray': {'type': 'array', 'items': {'type': 'string'}, 'uniqueItems': True},
}

#: What the definition of a property may say.
PROPERTY: dict[str, Any] = {
    'name': _NAME,
    'title': {'type': 'string'},
    'description': {'type': 'string'},
    'operators': {'type': 'array', 'items': {'type': 'string'}},
    'type': {'type': 'string', 'enum': _KINDS},
    'required': {'$ref': '#/definitions/stringArray'},
    'minimum': {'type': 'number'},
    'maximum': {'type': 'number'},
    'maxLength': {'$ref': '#/definitions/positiveInteger'},
    'minLength': {'$ref': '#/definitions/positiveIntegerDefault0'},
    'pattern': {'type': 'string', 'format': 'regex'},
    'enum': {'type': 'array'},
    'readonly': {'type': 'boolean'},
    'default': {},
    'items': {'type': 'object', 'properties': {
        'type': {'type': 'string', 'enum': _KINDS}, 'enum': {'type': 'array'}}},
    'maxItems': {'$ref': '#/definitions/positiveInteger'},
    'minItems': {'$ref': '#/definitions/positiveIntegerDefault0'},
    'uniqueItems': {'type': 'boolean', 'default': False},
    'additionalItems': {'type': 'boolean'},
}

#: The same beside a property alone.
PROPERTY_DEFINITIONS: dict[str, Any] = {
    **DEFINITIONS, 'stringArray': {**DEFINITIONS['stringArray'], 'minItems': 1}}

ALL_DEFINITIONS: dict[str, Any] = {
    **DEFINITIONS,
    'property': {'type': 'object', 'additionalProperties': {
        'type': 'object', 'required': ['title', 'type'], 'properties': PROPERTY}},
}

OBJECT: dict[str, Any] = {
    'name': _NAME,
    'description': {'type': 'string'},
    'required': {'$ref': '#/definitions/stringArray'},
    'properties': {'$ref': '#/definitions/property'},
    'schema': _READ_ONLY, 'self': _READ_ONLY, 'created_at': _WHEN, 'updated_at': _WHEN,
}

ASSOCIATION: dict[str, Any] = {
    'name': described('The resource type.', maxLength=80),
    'prefix': described('What the names of properties begin with there.', maxLength=80),
    'properties_target': described('Which of several sets of properties is meant.',
                                   maxLength=80),
    'created_at': _WHEN, 'updated_at': _WHEN,
}

TAG: dict[str, Any] = {'name': _NAME, 'created_at': _WHEN, 'updated_at': _WHEN}

NAMESPACE: dict[str, Any] = {
    'namespace': described('The name of the namespace.', maxLength=80),
    'display_name': described('What people call it.', maxLength=80),
    'description': described('What it is about.', maxLength=500),
    'visibility': described('Who may see it.', enum=['public', 'private']),
    'protected': described('Whether it refuses to be deleted.', 'boolean'),
    'owner': described('The project that it belongs to.', maxLength=255),
    'created_at': _WHEN, 'updated_at': _WHEN, 'schema': _READ_ONLY, 'self': _READ_ONLY,
    'resource_type_associations': {'type': 'array', 'items': {
        'type': 'object', 'properties': {
            'name': {'type': 'string'}, 'prefix': {'type': 'string'},
            'properties_target': {'type': 'string'}}}},
    'properties': {'$ref': '#/definitions/property'},
    'objects': {'type': 'array', 'items': {'type': 'object', 'properties': {
        'name': {'type': 'string'}, 'description': {'type': 'string'},
        'required': {'$ref': '#/definitions/stringArray'},
        'properties': {'$ref': '#/definitions/property'}}}},
    'tags': {'type': 'array', 'items': {
        'type': 'object', 'properties': {'name': {'type': 'string'}}}},
}


# --- what requests are held against: the same without references, and with the bounds of the store

_WISH_NAME = schema.string(1, 80)
_WISH_TEXT = schema.string(0, 65535)
_NUMBER = {'type': 'integer', 'minimum': 0}
_TEXTS = schema.array({'type': 'string'}, unique=True)
_WISH_ITEMS = schema.obj(additional=True, type={'enum': _KINDS}, enum={'type': 'array'})
_WISH_PROPERTY = {
    **PROPERTY, 'name': _WISH_NAME, 'required': _TEXTS, 'maxLength': _NUMBER,
    'minLength': _NUMBER, 'maxItems': _NUMBER, 'minItems': _NUMBER, 'items': _WISH_ITEMS,
    'pattern': {'type': 'string'}, 'type': {'enum': _KINDS}}


def _property(required: list[str]) -> dict[str, Any]:
    return {'type': 'object', 'properties': _WISH_PROPERTY, 'additionalProperties': False,
            'required': required}


_WISH_PROPERTIES = {
    'type': 'object', 'propertyNames': schema.string(1, 80),
    'additionalProperties': _property(['title', 'type'])}
_SENT_BACK = {'schema': {'type': 'string'}, 'self': {'type': 'string'}}

WISH_PROPERTY = _property(['name', 'title', 'type'])
WISH_OBJECT = {
    'type': 'object', 'required': ['name'], 'additionalProperties': False, 'properties': {
        'name': _WISH_NAME, 'description': _WISH_TEXT, 'required': _TEXTS,
        'properties': _WISH_PROPERTIES, **_SENT_BACK}}
WISH_ASSOCIATION = schema.obj(
    ['name'], name=_WISH_NAME, prefix=schema.string(0, 80),
    properties_target=schema.string(0, 80))
WISH_TAG = schema.obj(['name'], name=_WISH_NAME)
WISH_TAGS = schema.obj(['tags'], tags=schema.array(WISH_TAG))
WISH_NAMESPACE = schema.obj(
    ['namespace'], namespace=_WISH_NAME, display_name=schema.string(0, 80),
    description=schema.string(0, 500), visibility=schema.enum('public', 'private'),
    protected={'type': 'boolean'}, owner=schema.string(0, 255),
    resource_type_associations=schema.array(WISH_ASSOCIATION),
    properties=_WISH_PROPERTIES, objects=schema.array(WISH_OBJECT),
    tags=schema.array(WISH_TAG), **_SENT_BACK)

REPLY_NAMESPACE = schema.obj(
    ['namespace', 'visibility', 'protected', 'owner', 'created_at', 'updated_at', 'self',
     'schema'], additional=True)
REPLY_NAMESPACES = schema.obj(
    ['namespaces', 'first', 'schema'], namespaces=schema.array(REPLY_NAMESPACE),
    first={'type': 'string'}, next={'type': 'string'}, schema={'type': 'string'})
REPLY_PROPERTY = schema.obj(['name', 'title', 'type'], additional=True)
REPLY_PROPERTIES = schema.obj(['properties'], properties={'type': 'object'})
REPLY_OBJECT = schema.obj(['name', 'created_at', 'updated_at', 'self', 'schema'], additional=True)
REPLY_OBJECTS = schema.obj(['objects', 'schema'], objects=schema.array(REPLY_OBJECT),
                           schema={'type': 'string'})
REPLY_TAG = schema.obj(['name'], name={'type': 'string'}, created_at={'type': 'string'},
                       updated_at={'type': 'string'})
REPLY_TAGS = schema.obj(['tags'], tags=schema.array(REPLY_TAG))
REPLY_ASSOCIATION = schema.obj(['name', 'created_at', 'updated_at'], additional=True)
REPLY_ASSOCIATIONS = schema.obj(
    ['resource_type_associations'],
    resource_type_associations=schema.array(REPLY_ASSOCIATION))
REPLY_RESOURCE_TYPES = schema.obj(
    ['resource_types'], resource_types=schema.array(REPLY_ASSOCIATION))
