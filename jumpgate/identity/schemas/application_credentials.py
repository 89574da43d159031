"""Bodies of application credentials and access rules."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import array, enum, nullable, obj, string
from jumpgate.identity.schemas import parts

_RULE: dict[str, Any] = {
    'path': string(0, 225, pattern=r'^/'), 'service': parts.ID,
    'method': enum('DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT')}
_NEW_RULE = {**obj(additional=True, id=parts.ID, **_RULE),
             'anyOf': [{'required': ['id']}, {'required': ['path', 'service', 'method']}]}
_ROLE_WISH = {**obj(id=parts.ID, name=parts.NAME), 'minProperties': 1, 'maxProperties': 1}

CREATE = parts.one(
    'application_credential', required=('name',), additional=False, id=parts.TEXT,
    name=parts.NAME, description=parts.DESCRIPTION, secret=nullable(parts.TEXT),
    expires_at=nullable(parts.TEXT), project_id=parts.TEXT, system=nullable(parts.TEXT),
    unrestricted=nullable(parts.BOOLEAN), roles=array(_ROLE_WISH),
    access_rules=array(_NEW_RULE))

_ROLE = obj(['id', 'name', 'domain_id', 'description', 'options'], id=parts.ANY_ID,
            name=parts.TEXT, domain_id=nullable(parts.ANY_ID), description=parts.DESCRIPTION,
            options=parts.OPTIONS)
_ENDS_AT = nullable(string(26, 26, pattern=r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$'))
_CREDENTIAL = parts.shown(
    additional=False, id=parts.ANY_ID, name=parts.NAME, user_id=parts.ANY_ID,
    project_id=parts.ANY_ID, description=parts.DESCRIPTION, expires_at=_ENDS_AT,
    unrestricted=nullable(parts.BOOLEAN), system={'type': 'null'}, roles=array(_ROLE))
_CREDENTIAL['properties'].update(
    access_rules=array(obj(['id', *_RULE], id=parts.ANY_ID, **_RULE)), secret=parts.TEXT)
SHOWN = parts.reply('application_credential', _CREDENTIAL)
LIST = parts.replies('application_credentials', _CREDENTIAL)

_SHOWN_RULE = parts.shown(additional=False, id=parts.ANY_ID, **_RULE)
SHOWN_RULE = parts.reply('access_rule', _SHOWN_RULE)
LIST_RULES = parts.replies('access_rules', _SHOWN_RULE)
