"""Bodies of groups."""
from __future__ import annotations

from typing import Any

from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {'name': parts.SHORT_NAME, 'description': parts.DESCRIPTION,
               'domain_id': parts.ID}

CREATE = parts.one('group', required=('name',), **_PROPERTIES)
UPDATE = parts.change('group', **_PROPERTIES)

_GROUP = parts.shown(id=parts.ANY_ID, name=parts.TEXT, domain_id=parts.ANY_ID,
                     description=parts.DESCRIPTION)
SHOWN = parts.reply('group', _GROUP)
LIST = parts.replies('groups', _GROUP)
