"""Bodies of endpoint groups."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import nullable, obj, one, query, string
from jumpgate.identity.schemas import parts
from jumpgate.identity.schemas.endpoints import INTERFACE

_FILTERS = obj(additional=True, interface=INTERFACE, service_id=parts.TEXT,
               region_id=nullable(string(0, 255)), enabled=parts.BOOLEAN)
_PROPERTIES: dict[str, Any] = {
    'name': parts.NAME, 'filters': _FILTERS, 'description': parts.DESCRIPTION}

CREATE = parts.one('endpoint_group', required=('name', 'filters'), additional=False,
                   **_PROPERTIES)
UPDATE = parts.change('endpoint_group', additional=False, **_PROPERTIES)
QUERY = query(additional=False, name=one(parts.NAME), limit={}, marker={})

_GROUP = parts.shown(additional=False, id=parts.ANY_ID, **_PROPERTIES)
SHOWN = parts.reply('endpoint_group', _GROUP)
LIST = parts.replies('endpoint_groups', _GROUP)
LINKED = parts.reply('project_endpoint_group', parts.shown(
    additional=False, endpoint_group_id=parts.ANY_ID, project_id=parts.ANY_ID))
