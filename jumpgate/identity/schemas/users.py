"""Bodies of users."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import array, nullable, obj
from jumpgate.identity.schemas import parts

_FLAG = nullable(parts.BOOLEAN)
OPTIONS = obj(
    ignore_change_password_upon_first_use=_FLAG, ignore_password_expiry=_FLAG,
    ignore_lockout_failure_attempts=_FLAG, lock_password=_FLAG, ignore_user_inactivity=_FLAG,
    multi_factor_auth_enabled=_FLAG,
    multi_factor_auth_rules=nullable(array(array(parts.NAME, minimum=1, unique=True))))
_PASSWORD = nullable(parts.TEXT)

_PROPERTIES: dict[str, Any] = {'name': parts.NAME, 'domain_id': parts.ID, 'password': _PASSWORD,
               'enabled': parts.BOOLEAN, 'description': parts.DESCRIPTION,
               'default_project_id': nullable(parts.ID), 'options': OPTIONS}

CREATE = parts.one('user', required=('name',), **_PROPERTIES)
UPDATE = parts.change('user', **_PROPERTIES)
PASSWORD = parts.one('user', required=('original_password', 'password'),
                     original_password=parts.TEXT, password=parts.TEXT)

_USER = parts.shown(
    id=parts.ANY_ID, name=parts.TEXT, domain_id=parts.ANY_ID, enabled=parts.BOOLEAN,
    options=OPTIONS, password_expires_at=parts.TIME)
_USER['properties'].update(
    description=parts.DESCRIPTION, default_project_id=parts.ANY_ID,
    password={'not': {}}, original_password={'not': {}})
SHOWN = parts.reply('user', _USER)
LIST = parts.replies('users', _USER)
