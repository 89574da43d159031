"""Bodies of limits and registered limits."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import UUID, array, nullable, obj, one, query, string
from jumpgate.identity.schemas import parts

_NUMBER = {'type': 'integer', 'minimum': -1, 'maximum': 0x7FFFFFFF}
_REGION = nullable(string(1, 255))
_DESCRIPTION = nullable(string(0, 255))
_OWNER = nullable(parts.ID)


def _all(key: str, items: dict[str, Any]) -> dict[str, Any]:
    return obj([key], **{key: array(items, minimum=1)})


_REGISTERED: dict[str, Any] = {
    'service_id': UUID, 'region_id': _REGION, 'resource_name': parts.NAME,
    'default_limit': _NUMBER, 'description': _DESCRIPTION}
CREATE_REGISTERED = _all('registered_limits', obj(
    ['service_id', 'resource_name', 'default_limit'], **_REGISTERED))
UPDATE_REGISTERED = parts.one('registered_limit', additional=False, **_REGISTERED)
QUERY_REGISTERED = query(
    service_id=one(UUID), region_id=one(string(1, 255)), resource_name=one(parts.NAME))

_SHOWN_REGISTERED = parts.shown(additional=False, id=parts.ANY_ID, **_REGISTERED)
SHOWN_REGISTERED = parts.reply('registered_limit', _SHOWN_REGISTERED)
CREATED_REGISTERED = obj(['registered_limits'], registered_limits=array(_SHOWN_REGISTERED))
LIST_REGISTERED = parts.replies('registered_limits', _SHOWN_REGISTERED)

_LIMIT: dict[str, Any] = {
    'service_id': UUID, 'region_id': _REGION, 'resource_name': parts.NAME,
    'resource_limit': _NUMBER, 'description': _DESCRIPTION, 'project_id': _OWNER,
    'domain_id': _OWNER}
CREATE = _all('limits', {
    **obj(['service_id', 'resource_name', 'resource_limit'], **_LIMIT),
    'oneOf': [{'required': ['project_id']}, {'required': ['domain_id']}]})
UPDATE = parts.one('limit', additional=False, resource_limit=_NUMBER, description=_DESCRIPTION)
QUERY = query(
    service_id=one(UUID), region_id=one(string(1, 255)), resource_name=one(parts.NAME),
    project_id=one(parts.ID), domain_id=one(parts.ID))

_SHOWN = parts.shown(additional=False, id=parts.ANY_ID, **_LIMIT)
SHOWN = parts.reply('limit', _SHOWN)
CREATED = obj(['limits'], limits=array(_SHOWN))
LIST = parts.replies('limits', _SHOWN)
MODEL = obj(['model'], model=obj(['name', 'description'], name=parts.TEXT,
                                 description=parts.TEXT))
