"""Bodies of regions."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import nullable, one, query, string
from jumpgate.identity.schemas import parts

_ID = nullable(string(1, 255))
_PROPERTIES: dict[str, Any] = {'description': nullable(string(0, 255)), 'parent_region_id': _ID}

CREATE = parts.one('region', id=nullable(string(0, 255)), **_PROPERTIES)
UPDATE = parts.change('region', **_PROPERTIES, id=_ID)
QUERY = query(additional=False, parent_region_id=one(string(1, 255)), limit={}, marker={})

_REGION = parts.shown(id=string(1, 255), description=parts.TEXT, parent_region_id=_ID)
SHOWN = parts.reply('region', _REGION)
LIST = parts.replies('regions', _REGION)
