"""Bodies of credentials, and of requests that were signed with one."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import nullable, obj, string
from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {
    'user_id': string(0, 255), 'type': string(0, 255), 'blob': parts.TEXT,
    'project_id': nullable(string(0, 64))}

CREATE = parts.one('credential', required=('user_id', 'type', 'blob'), **_PROPERTIES)
CREATE['properties']['credential'].update({
    'if': {'properties': {'type': {'const': 'ec2'}}}, 'then': {'required': ['project_id']}})
UPDATE = parts.one('credential', required=('blob',), additional=False, blob=parts.TEXT)

_CREDENTIAL = parts.shown(id=string(1, 64), **_PROPERTIES)
SHOWN = parts.reply('credential', _CREDENTIAL)
LIST = parts.replies('credentials', _CREDENTIAL)

CREATE_EC2 = obj(additional=True, tenant_id=nullable(parts.TEXT))
_EC2 = parts.shown(
    additional=False, user_id=parts.TEXT, tenant_id=nullable(parts.TEXT), access=parts.TEXT,
    secret=nullable(parts.TEXT), trust_id=nullable(parts.TEXT))
SHOWN_EC2 = parts.reply('credential', _EC2)
LIST_EC2 = parts.replies('credentials', _EC2)

_MAP = nullable({'type': 'object'})
_SIGNED = obj(additional=True, access=parts.TEXT, signature=nullable(parts.TEXT),
              host=parts.TEXT, verb=parts.TEXT, path=parts.TEXT, params=_MAP, headers=_MAP,
              body_hash=nullable(parts.TEXT), token=parts.TEXT)
SIGNED = {**obj(additional=True, credentials=_SIGNED, credential=_SIGNED,
                ec2Credentials=_SIGNED), 'minProperties': 1}
