"""Bodies of endpoints."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import enum, nullable, one, query, string
from jumpgate.identity.schemas import parts

INTERFACE = enum('admin', 'internal', 'public')
_REGION = nullable(string(0, 255))
_URL = string(0, 225, pattern='^[a-zA-Z0-9+.-]+:.+')
_PROPERTIES: dict[str, Any] = {
    'interface': INTERFACE, 'service_id': parts.TEXT, 'url': _URL, 'region_id': _REGION,
    'region': _REGION, 'enabled': parts.BOOLEAN, 'name': parts.TEXT,
    'description': parts.DESCRIPTION}

CREATE = parts.one('endpoint', required=('interface', 'service_id', 'url'), **_PROPERTIES)
UPDATE = parts.change('endpoint', **_PROPERTIES)
QUERY = query(interface=one(INTERFACE))

_ENDPOINT = parts.shown(
    id=parts.ANY_ID, interface=INTERFACE, service_id=parts.ANY_ID, url=_URL, region_id=_REGION,
    region=_REGION, enabled=parts.BOOLEAN)
SHOWN = parts.reply('endpoint', _ENDPOINT)
LIST = parts.replies('endpoints', _ENDPOINT)
