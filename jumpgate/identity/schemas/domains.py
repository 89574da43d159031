"""Bodies of domains."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import nullable, string
from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {'name': parts.SHORT_NAME, 'description': parts.DESCRIPTION,
               'enabled': parts.BOOLEAN, 'options': parts.OPTIONS, 'tags': parts.TAGS}
_EXPLICIT_ID = nullable(string(32, 32, pattern=r'^[a-f0-9]{32}$'))

CREATE = parts.one('domain', required=('name',), explicit_domain_id=_EXPLICIT_ID, **_PROPERTIES)
UPDATE = parts.change('domain', **_PROPERTIES)

_DOMAIN = parts.shown(id=parts.ANY_ID, name=parts.TEXT, description=parts.DESCRIPTION,
                      enabled=parts.BOOLEAN, options=parts.OPTIONS, tags=parts.TAGS)
SHOWN = parts.reply('domain', _DOMAIN)
LIST = parts.replies('domains', _DOMAIN)
