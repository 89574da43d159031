"""Bodies of token requests and replies."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import BOOLEAN, array, nullable, obj, string

_TEXT = string(0, None)
_DOMAIN = obj(additional=True, id=_TEXT, name=_TEXT)
_USER = obj(additional=True, id=_TEXT, name=_TEXT, password=_TEXT, passcode=_TEXT,
            domain=_DOMAIN)

_IDENTITY = obj(
    ['methods'], additional=True,
    methods=array(_TEXT),
    password=obj(additional=True, user=_USER),
    token=obj(['id'], additional=True, id=_TEXT),
    totp=obj(additional=True, user=_USER),
    application_credential=obj(
        additional=True, id=_TEXT, name=_TEXT, secret=_TEXT,
        user=obj(additional=True, id=_TEXT, name=_TEXT, domain=_DOMAIN)))

_TRUST_WISH: dict[str, Any] = {'OS-TRUST:trust': obj(additional=True, id=_TEXT)}
_SCOPE = {
    'oneOf': [
        # Old clients say {"unscoped": {}}, newer ones "unscoped".
        {'const': 'unscoped'},
        obj(additional=True, unscoped={},
            project=obj(additional=True, id=_TEXT, name=_TEXT, domain=_DOMAIN),
            domain=_DOMAIN,
            system=obj(additional=True, all=BOOLEAN),
            **_TRUST_WISH),
    ],
}

CREATE = obj(['auth'], additional=True,
             auth=obj(['identity'], additional=True, identity=_IDENTITY, scope=_SCOPE))

_ID = string(1, 64)
_NAMED = obj(['id', 'name'], id=_ID, name=_TEXT)
_IN_DOMAIN = obj(['id', 'name', 'domain'], id=_ID, name=_TEXT, domain=_NAMED,
                 password_expires_at=nullable(_TEXT))
CATALOG = array(obj(
    ['endpoints', 'id', 'type', 'name'], id=_ID, type=_TEXT, name=_TEXT,
    endpoints=array(obj(
        ['id', 'interface', 'region', 'region_id', 'url'], id=_ID, interface=_TEXT,
        region=nullable(_TEXT), region_id=nullable(_TEXT), url=_TEXT))))

_TIME = string(1, 40, pattern=r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$')

_TRUST: dict[str, Any] = {'OS-TRUST:trust': obj(
    ['id', 'trustor_user', 'trustee_user', 'impersonation'], id=_ID,
    trustor_user=obj(['id'], id=_ID), trustee_user=obj(['id'], id=_ID),
    impersonation={'type': 'boolean'})}

SHOWN = obj(['token'], token=obj(
    ['methods', 'user', 'audit_ids', 'expires_at', 'issued_at'],
    methods=array(_TEXT), user=_IN_DOMAIN, audit_ids=array(_TEXT, minimum=1, maximum=2),
    expires_at=_TIME, issued_at=_TIME,
    project=_IN_DOMAIN, is_domain={'type': 'boolean'}, domain=_NAMED,
    system=obj(['all'], all={'const': True}), roles=array(_NAMED, minimum=1), catalog=CATALOG,
    application_credential=obj(
        ['id', 'name', 'restricted'], id=_ID, name=_TEXT, restricted={'type': 'boolean'},
        access_rules=array({'type': 'object'})),
    **_TRUST))

_LINKS = obj(['self'], self=_TEXT)
SHOWN_CATALOG = obj(['catalog', 'links'], catalog=CATALOG, links=_LINKS)
SYSTEM = obj(['system', 'links'], system=array(obj(['all'], all={'const': True})), links=_LINKS)
