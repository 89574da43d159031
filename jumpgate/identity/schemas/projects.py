"""Bodies of projects and their tags."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import nullable, obj
from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {'name': parts.SHORT_NAME, 'description': parts.DESCRIPTION,
               'enabled': parts.BOOLEAN, 'options': parts.OPTIONS, 'tags': parts.TAGS,
               'domain_id': nullable(parts.ID), 'parent_id': nullable(parts.ID),
               'is_domain': parts.BOOLEAN}

CREATE = parts.one('project', required=('name',), **_PROPERTIES)
UPDATE = parts.change('project', **_PROPERTIES)

_PROJECT = parts.shown(
    id=parts.ANY_ID, name=parts.TEXT, description=parts.DESCRIPTION, enabled=parts.BOOLEAN,
    options=parts.OPTIONS, tags=parts.TAGS, domain_id=nullable(parts.ANY_ID),
    parent_id=nullable(parts.ANY_ID), is_domain=parts.BOOLEAN)
SHOWN = parts.reply('project', _PROJECT)
LIST = parts.replies('projects', _PROJECT)

TAGS = obj(['tags'], additional=True, tags=parts.TAGS)
