"""Bodies of services."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import string
from jumpgate.identity.schemas import parts

_SHORT = string(1, 255)
_PROPERTIES: dict[str, Any] = {'type': _SHORT, 'name': _SHORT, 'enabled': parts.BOOLEAN,
               'description': parts.DESCRIPTION}

CREATE = parts.one('service', required=('type',), **_PROPERTIES)
UPDATE = parts.change('service', **_PROPERTIES)

_SERVICE = parts.shown(id=parts.ANY_ID, type=_SHORT, name=parts.TEXT, enabled=parts.BOOLEAN)
SHOWN = parts.reply('service', _SERVICE)
LIST = parts.replies('services', _SERVICE)
