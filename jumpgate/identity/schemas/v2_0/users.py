"""Bodies of users in v2.0."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import nullable
from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {
    'name': parts.NAME, 'username': parts.NAME, 'password': nullable(parts.TEXT),
    'email': nullable(parts.TEXT), 'enabled': parts.BOOLEAN, 'tenantId': nullable(parts.ID)}

CREATE = parts.one('user', **_PROPERTIES)
CREATE['properties']['user']['anyOf'] = [{'required': ['name']}, {'required': ['username']}]
UPDATE = parts.one('user', **_PROPERTIES)
PASSWORD = parts.one('user', required=('password', 'original_password'),
                     password=parts.TEXT, original_password=parts.TEXT)
ROLE = parts.one('role', required=('name',), name=parts.NAME, description=parts.DESCRIPTION)
