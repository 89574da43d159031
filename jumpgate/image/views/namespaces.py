"""Metadata definitions on the wire."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jumpgate.image.models.namespaces import (
    Association,
    Contents,
    Namespace,
    Object,
    Property,
    ResourceType,
    Tag,
)
from jumpgate.image.views.images import links

_ROOT = '/v2/metadefs/namespaces'


def one(namespace: Namespace, contents: Contents | None = None,
        prefix: str = '') -> dict[str, Any]:
    """A namespace, with what is in it where that is wanted.

    :param prefix: what the names of properties begin with for the resource type asked for
    """
    found: dict[str, Any] = {
        'namespace': namespace.name, 'visibility': namespace.visibility,
        'protected': namespace.protected, 'owner': namespace.owner or '',
        'created_at': namespace.created_at, 'updated_at': namespace.updated_at,
        'self': f'{_ROOT}/{namespace.name}', 'schema': '/v2/schemas/metadefs/namespace'}
    found.update(_known(display_name=namespace.display_name, description=namespace.description))
    if contents is not None:
        found.update(_contents(namespace.name, contents, prefix))
    return found


def _contents(namespace: str, contents: Contents, prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if contents.associations:
        found['resource_type_associations'] = [association(one) for one in contents.associations]
    if contents.properties:
        found['properties'] = {prefix + one.name: _definition(one)
                               for one in contents.properties}
    if contents.objects:
        found['objects'] = [_prefixed(object_(namespace, one), prefix)
                            for one in contents.objects]
    if contents.tags:
        found['tags'] = [{'name': one.name} for one in contents.tags]
    return found


def _prefixed(thing: dict[str, Any], prefix: str) -> dict[str, Any]:
    if prefix:
        thing['properties'] = {prefix + name: value
                               for name, value in thing['properties'].items()}
        thing['required'] = [prefix + name for name in thing['required']]
    return thing


def many(namespaces: Iterable[Namespace], associations: Mapping[str, tuple[Association, ...]],
         first: str, following: str | None) -> dict[str, Any]:
    """A page; :param first: and :param following: query strings, as of images"""
    return {
        'namespaces': [
            one(namespace, Contents(associations=associations.get(namespace.name, ())))
            for namespace in namespaces],
        **links(_ROOT, first, following), 'schema': '/v2/schemas/metadefs/namespaces'}


def property_(one: Property) -> dict[str, Any]:
    return {**_definition(one), 'name': one.name}


def _definition(one: Property) -> dict[str, Any]:
    return {name: value for name, value in one.definition.items() if name != 'name'}


def properties(found: Iterable[Property]) -> dict[str, Any]:
    return {'properties': {one.name: _definition(one) for one in found}}


def object_(namespace: str, one: Object) -> dict[str, Any]:
    """An object as it is shown and listed."""
    return {**made(namespace, one), 'properties': dict(one.properties),
            'required': one.required}


def made(namespace: str, one: Object) -> dict[str, Any]:
    """An object as it is answered to who made or changed it: without what was left out."""
    found: dict[str, Any] = {
        'name': one.name, 'created_at': one.created_at, 'updated_at': one.updated_at,
        'self': f'{_ROOT}/{namespace}/objects/{one.name}',
        'schema': '/v2/schemas/metadefs/object'}
    if one.properties:
        found['properties'] = dict(one.properties)
    if one.required:
        found['required'] = one.required
    return {**found, **_known(description=one.description)}


def objects(namespace: str, found: Iterable[Object]) -> dict[str, Any]:
    return {'objects': [object_(namespace, one) for one in found],
            'schema': 'v2/schemas/metadefs/objects'}


def tag(one: Tag) -> dict[str, Any]:
    return {'name': one.name, 'created_at': one.created_at, 'updated_at': one.updated_at}


def tags(found: Iterable[Tag]) -> dict[str, Any]:
    return {'tags': [{'name': one.name} for one in found]}


def association(one: Association) -> dict[str, Any]:
    return {'name': one.name, **_known(prefix=one.prefix,
                                       properties_target=one.properties_target),
            'created_at': one.created_at, 'updated_at': one.updated_at}


def associations(found: Iterable[Association]) -> dict[str, Any]:
    return {'resource_type_associations': [association(one) for one in found]}


def resource_types(found: Iterable[ResourceType]) -> dict[str, Any]:
    return {'resource_types': [
        {'name': one.name, 'created_at': one.created_at, 'updated_at': one.updated_at}
        for one in found]}


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
