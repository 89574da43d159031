"""Bodies of tenants in v2.0."""
from __future__ import annotations

from typing import Any

from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {'name': parts.SHORT_NAME, 'description': parts.DESCRIPTION,
                               'enabled': parts.BOOLEAN}

CREATE = parts.one('tenant', required=('name',), **_PROPERTIES)
UPDATE = parts.one('tenant', **_PROPERTIES)
