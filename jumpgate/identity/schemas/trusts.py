"""Bodies of trusts."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import array, nullable, obj
from jumpgate.identity.schemas import parts, roles

_COUNT = {'type': ['integer', 'null'], 'minimum': 0}
_ROLE_WISH = {**obj(additional=True, id=parts.TEXT, name=parts.TEXT),
              'anyOf': [{'required': ['id']}, {'required': ['name']}]}
CREATE = parts.one(
    'trust', required=('trustor_user_id', 'trustee_user_id', 'impersonation'),
    trustor_user_id=parts.TEXT, trustee_user_id=parts.TEXT, impersonation=parts.BOOLEAN,
    project_id=nullable(parts.TEXT), roles=array(_ROLE_WISH), expires_at=nullable(parts.TEXT),
    remaining_uses={'type': ['integer', 'null'], 'minimum': 1}, redelegation_count=_COUNT,
    allow_redelegation=nullable(parts.BOOLEAN))

_COMMON: dict[str, Any] = {
    'id': parts.ANY_ID, 'trustor_user_id': parts.ANY_ID, 'trustee_user_id': parts.ANY_ID,
    'impersonation': parts.BOOLEAN, 'project_id': nullable(parts.ANY_ID),
    'expires_at': parts.TIME, 'deleted_at': parts.TIME, 'remaining_uses': _COUNT,
    'redelegated_trust_id': nullable(parts.ANY_ID), 'redelegation_count': _COUNT}
_LINKS = obj(['self', 'next', 'previous'], self=parts.TEXT, next=nullable(parts.TEXT),
             previous=nullable(parts.TEXT))
_ROLES = array(roles.SHOWN['properties']['role'])

SHOWN = parts.reply('trust', parts.shown(roles=_ROLES, roles_links=_LINKS, **_COMMON))
LIST = parts.replies('trusts', parts.shown(roles={'not': {}}, **_COMMON))
LIST['properties']['trusts']['items']['required'].remove('roles')
ROLES = obj(['roles', 'links'], roles=_ROLES, links=_LINKS)
