"""Patches of images: JSON documents that say what to add, replace and remove.

Of both drafts of JSON Patch that the API takes, an older one names the operation by a key.
"""
from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.image.models.images import Image, ImageChanges, Visibility
from jumpgate.image.schemas import images as schemas

OLD_TYPE = 'application/openstack-images-v2.0-json-patch'
TYPE = 'application/openstack-images-v2.1-json-patch'

#: wire name → attribute of the model
ATTRIBUTES: Mapping[str, str] = {
    'name': 'name', 'owner': 'owner', 'visibility': 'visibility', 'protected': 'protected',
    'os_hidden': 'hidden', 'container_format': 'container_format', 'disk_format': 'disk_format',
    'min_disk': 'min_disk', 'min_ram': 'min_ram', 'tags': 'tags'}
DISALLOWED = ('direct_url', 'self', 'file', 'schema', 'stores')
READ_ONLY = frozenset((
    *DISALLOWED, 'created_at', 'updated_at', 'status', 'checksum', 'size', 'virtual_size', 'id',
    'os_hash_algo', 'os_hash_value'))
RESERVED = frozenset(('location', 'deleted', 'deleted_at'))
RESERVED_PREFIX = 'os_glance'
_OPERATIONS = ('add', 'remove', 'replace')


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One operation of a patch.

    :param verb: ``add``, ``remove`` or ``replace``
    :param name: of the attribute or property
    """

    verb: str
    name: str
    value: Any = None


def parse(body: Any, *, is_old: bool) -> list[Change]:
    """The operations of a patch.

    :param is_old: whether it is written as the older draft has it
    :raises Invalid: for what is no patch
    :raises Forbidden: for one of something that clients do not set
    """
    if not isinstance(body, list):
        raise errors.Invalid('Request body must be a JSON array of operation objects.')
    return [_change(raw, is_old) for raw in body]


def _change(raw: Any, is_old: bool) -> Change:
    if not isinstance(raw, dict):
        raise errors.Invalid('Operations must be JSON objects.')
    verb, pointer = (_old_verb if is_old else _verb)(raw)
    path = _path(pointer)
    name = path[0]
    if name == 'locations':
        # a place in the list, but for the list as a whole
        if len(path) != (1 if verb == 'replace' else 2):
            raise _bad_pointer(path)
        raise errors.Forbidden(_LOCATIONS[verb])
    if len(path) != 1 or not name:
        raise _bad_pointer(path)
    if verb != 'remove' and 'value' not in raw:
        raise errors.Invalid(f'Operation "{verb}" requires a member named "value".')
    refuse_reserved(name)
    if verb == 'remove':
        return Change(verb, name)
    schemas.ATTRIBUTE.validate({name: raw['value']})
    if name not in ATTRIBUTES and len(name) > 255:
        raise errors.Invalid('Custom property should not be greater than 255 characters.')
    return Change(verb, name, raw['value'])


_LOCATIONS = {
    verb: f"It's not allowed to {words} locations if locations are invisible."
    for verb, words in (('add', 'add'), ('remove', 'remove'), ('replace', 'update'))}


def refuse_reserved(name: str) -> None:
    """:raises Forbidden: for an attribute that clients do not set"""
    if name in READ_ONLY:
        raise errors.Forbidden(f"Attribute '{name}' is read-only.")
    if name in RESERVED or name.startswith(RESERVED_PREFIX):
        raise errors.Forbidden(f"Attribute '{name}' is reserved.")


def _verb(raw: Mapping[str, Any]) -> tuple[str, Any]:
    verb = raw.get('op')
    known = f'It must be one of the following: {", ".join(_OPERATIONS)}.'
    if verb is None:
        raise errors.Invalid(f'Unable to find `op` in JSON Schema change. {known}')
    if verb not in _OPERATIONS:
        raise errors.Invalid(f'Invalid operation: `{str(verb)[:80]}`. {known}')
    if 'path' not in raw:
        raise errors.Invalid("Unable to find 'path' in JSON Schema change")
    return verb, raw['path']


def _old_verb(raw: Mapping[str, Any]) -> tuple[str, Any]:
    found = [verb for verb in _OPERATIONS if verb in raw]
    if len(found) != 1:
        raise errors.Invalid('Operation objects must contain exactly one member named "add", '
                             '"remove", or "replace".')
    return found[0], raw[found[0]]


def _path(pointer: Any) -> list[str]:
    """The steps of a JSON pointer.

    :raises Invalid: if it is none
    """
    if not isinstance(pointer, str):
        raise errors.Invalid('A JSON pointer must be a text.')
    shown = pointer[:200]
    if not pointer.startswith('/'):
        raise errors.Invalid(f'Pointer `{shown}` does not start with "/".')
    if re.search(r'/\s*/', pointer[1:]):
        raise errors.Invalid(f'Pointer `{shown}` contains adjacent "/".')
    if len(pointer) > 1 and pointer.endswith('/'):
        raise errors.Invalid(f'Pointer `{shown}` end with "/".')
    if re.search('~(?![01])', pointer):
        raise errors.Invalid(f'Pointer `{shown}` contains "~" not part of a recognized escape '
                             'sequence.')
    return [part.replace('~1', '/').replace('~0', '~').strip()
            for part in pointer[1:].split('/')]


def _bad_pointer(path: list[str]) -> errors.Invalid:
    return errors.Invalid(
        f"Invalid JSON pointer for this resource: '/{'/'.join(path)[:200]}'")


def apply(changes: list[Change], image: Image, *, is_old: bool) -> ImageChanges:
    """What a patch amounts to, its operations taken one after the other.

    :raises Conflict: if it adds what is there, or replaces or removes what is not
    :raises Forbidden: if it removes what every image has
    """
    attributes: dict[str, Any] = {}
    properties = dict(image.properties)
    for change in changes:
        name = change.name
        is_there = name in ATTRIBUTES or name in properties
        if change.verb == 'remove':
            if name in ATTRIBUTES:
                raise errors.Forbidden(f'Property {name} may not be removed.')
            if not is_there:
                raise errors.Conflict(f'Property {name} does not exist.')
            del properties[name]
            continue
        if change.verb == 'replace' and not is_there:
            raise errors.Conflict(f'Property {name} does not exist.')
        if change.verb == 'add' and is_old and is_there:
            raise errors.Conflict(f'Property {name} already present.')
        if name in ATTRIBUTES:
            attributes[ATTRIBUTES[name]] = model_value(name, change.value)
        else:
            properties[name] = change.value
    before = image.properties
    return ImageChanges(
        **attributes,
        properties={name: value for name, value in properties.items()
                    if before.get(name) != value},
        removed=tuple(name for name in before if name not in properties))


def model_value(name: str, value: Any) -> Any:
    """An attribute's value on the wire, as the model has it."""
    if name == 'visibility':
        return Visibility(value)
    return tuple(value) if name == 'tags' else value
