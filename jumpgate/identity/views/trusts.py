"""How a trust looks."""
from __future__ import annotations

from typing import Any

from jumpgate.common.view import Caller, Field, Link, Nested, Spread, Time, View
from jumpgate.identity.models.trusts import Trust
from jumpgate.identity.views.roles import ROLE

#: As in lists.
TRUST = View(
    Spread('extra'),
    Field('id'), Field('trustor_user_id'), Field('trustee_user_id'), Field('project_id'),
    Field('impersonation'), Field('expires_at', Time('keystone', 'expires_at')),
    Field('remaining_uses'), Field('deleted_at', Time('keystone', 'deleted_at')),
    Field('redelegated_trust_id'), Field('redelegation_count'),
    Field('links', Nested(Field('self', Link('v3_os_trust_trust', trust_id='id')))),
)


def whole(trust: Trust, call: Caller) -> dict[str, Any]:
    """A trust with its roles."""
    shown = roles(trust, call)
    return {**TRUST.one(trust, call), 'roles': shown['roles'], 'roles_links': shown['links']}


def roles(trust: Trust, call: Caller) -> dict[str, Any]:
    """The roles of a trust."""
    url = call.url('v3_os_trust_trust_roles', trust_id=trust.id)
    return {'roles': ROLE.many(trust.roles, call),
            'links': {'self': url, 'next': None, 'previous': None}}
