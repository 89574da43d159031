"""Bodies of policies."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import string
from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {'blob': string(0, None), 'type': string(0, 255)}

CREATE = parts.one('policy', required=('blob', 'type'), **_PROPERTIES)
UPDATE = parts.change('policy', **_PROPERTIES)

_POLICY = parts.shown(id=parts.ANY_ID, **_PROPERTIES)
SHOWN = parts.reply('policy', _POLICY)
LIST = parts.replies('policies', _POLICY)
