"""The JSON schemas that the API publishes about itself."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jumpgate.image.schemas import images, members, namespaces, tasks

_DESCRIBED_BY = {'rel': 'describedby', 'href': '{schema}'}
_PAGE_LINKS = [{'rel': 'first', 'href': '{first}'}, {'rel': 'next', 'href': '{next}'},
               _DESCRIBED_BY]
_TEXT = {'type': 'string'}


def _thing(name: str, properties: Mapping[str, Any], required: list[str] | None = None,
           definitions: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {'name': name, 'properties': properties, **more}
    if definitions:
        found['definitions'] = definitions
    if required:
        found['required'] = required
    return found


def _page(name: str, thing: Mapping[str, Any]) -> dict[str, Any]:
    """A list with links to its first and its next page; the pieces it refers to are at its top."""
    item = {key: value for key, value in thing.items() if key != 'definitions'}
    found: dict[str, Any] = {
        'name': name, 'links': _PAGE_LINKS, 'properties': {
            name: {'type': 'array', 'items': item}, 'first': _TEXT, 'next': _TEXT,
            'schema': _TEXT}}
    if 'definitions' in thing:
        found['definitions'] = thing['definitions']
    return found


def _list(name: str, thing: Mapping[str, Any]) -> dict[str, Any]:
    """A list that is always whole."""
    return {'name': name, 'links': [_DESCRIBED_BY],
            'properties': {name: {'type': 'array', 'items': thing}, 'schema': _TEXT}}


_CLOSED: dict[str, Any] = {'additionalProperties': False}
_IMAGE = _thing('image', images.PROPERTIES, additionalProperties={'type': 'string'}, links=[
    {'rel': 'self', 'href': '{self}'}, {'rel': 'enclosure', 'href': '{file}'}, _DESCRIBED_BY])
_MEMBER = _thing('member', members.PROPERTIES)
_TASK = _thing('task', tasks.PUBLISHED)
_BRIEF_TASK = _thing('task', {
    name: value for name, value in tasks.PUBLISHED.items()
    if name not in ('input', 'result', 'message')})
_NAMESPACE = _thing('namespace', namespaces.NAMESPACE, ['namespace'],
                    namespaces.ALL_DEFINITIONS, **_CLOSED)
_OBJECT = _thing('object', namespaces.OBJECT, ['name'], namespaces.ALL_DEFINITIONS, **_CLOSED)
_PROPERTY = _thing('property', namespaces.PROPERTY, ['type', 'title', 'name'],
                   namespaces.PROPERTY_DEFINITIONS, **_CLOSED)
_ASSOCIATION = _thing('resource_type_association', namespaces.ASSOCIATION, ['name'], **_CLOSED)
_TAG = _thing('tag', namespaces.TAG, ['name'], **_CLOSED)

_PROPERTIES = {
    'name': 'properties', 'links': _PAGE_LINKS, 'definitions': namespaces.PROPERTY_DEFINITIONS,
    'properties': {
        'properties': {'type': 'object', 'additionalProperties': {
            'name': 'property', 'properties': namespaces.PROPERTY,
            'required': ['type', 'title'], **_CLOSED}},
        'first': _TEXT, 'next': _TEXT, 'schema': _TEXT}}

#: path below ``/v2/schemas/`` → document
DOCUMENTS: Mapping[str, dict[str, Any]] = {
    'image': _IMAGE,
    'images': _page('images', _IMAGE),
    'member': _MEMBER,
    'members': _list('members', _MEMBER),
    'task': _TASK,
    'tasks': _list('tasks', _BRIEF_TASK),
    'metadefs/namespace': _NAMESPACE,
    'metadefs/namespaces': _page('namespaces', _NAMESPACE),
    'metadefs/object': _OBJECT,
    'metadefs/objects': _page('objects', _OBJECT),
    'metadefs/property': _PROPERTY,
    'metadefs/properties': _PROPERTIES,
    'metadefs/resource_type': _ASSOCIATION,
    'metadefs/resource_types': _page('resource_type_associations', _ASSOCIATION),
    'metadefs/tag': _TAG,
    'metadefs/tags': _page('tags', _TAG),
}
