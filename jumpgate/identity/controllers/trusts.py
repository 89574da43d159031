"""Trusts."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import delegation, expiry, lists, personas
from jumpgate.identity.controllers.application_credentials import role_wishes
from jumpgate.identity.models.trusts import NewTrust, Trust
from jumpgate.identity.schemas import roles as role_schemas
from jumpgate.identity.schemas import trusts as schemas
from jumpgate.identity.views import trusts as views
from jumpgate.identity.views.roles import ROLE

_TRUSTOR = 'user_id:%(target.trust.trustor_user_id)s'
_TRUSTEE = 'user_id:%(target.trust.trustee_user_id)s'
_READ = f'{personas.ADMIN_OR_SYSTEM_READER} or {_TRUSTOR} or {_TRUSTEE}'
TRUSTS = lists.Collection('trusts', views.TRUST)
_SIDES = ('trustor_user_id', 'trustee_user_id')
_KNOWN = ('trustor_user_id', 'trustee_user_id', 'impersonation', 'project_id', 'roles',
          'expires_at', 'remaining_uses', 'allow_redelegation', 'redelegation_count')


def _list_target(call: Call) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """The side that is asked for, by which policy decides; without one only readers of all may."""
    for side in _SIDES:
        if call.query.get(side, [''])[-1]:
            return {f'target.trust.{side}': call.query[side][-1]}, (side, call.query[side][-1])
    return {}, None


def _create_target(call: Call) -> tuple[dict[str, Any], None]:
    return {'target.trust.trustor_user_id': call.body['trust']['trustor_user_id']}, None


def _target(call: Call, trust_id: str, **path: str) -> tuple[dict[str, Any], Trust | None]:
    """A trust that there is not is 404 for everybody."""
    try:
        trust = call.driver.get_trust(call.context, trust_id)
    except errors.NotFound:
        return {'target.trust.trustor_user_id': call.context.user_id}, None
    return {'target.trust.trustor_user_id': trust.trustor_user_id,
            'target.trust.trustee_user_id': trust.trustee_user_id}, trust


def _found(call: Call, trust_id: str) -> Trust:
    delegation.refuse_trusts(call)
    trust: Trust = call.thing or call.driver.get_trust(call.context, trust_id)
    return trust


@operation('list_trusts', reply=schemas.LIST, policy=_READ, target=_list_target)
def index(call: Call) -> dict[str, Any]:
    """List trusts."""
    delegation.refuse_trusts(call)
    query = TRUSTS.query(call, **(dict([call.thing]) if call.thing else {}))
    return TRUSTS.reply(call, call.driver.list_trusts(call.context, query), query)


@operation('create_trust', body=schemas.CREATE, reply=schemas.SHOWN, code=201, policy=_TRUSTOR,
           target=_create_target)
def create(call: Call) -> dict[str, Any]:
    """Create trust."""
    delegation.refuse_trusts(call)
    body = call.body['trust']
    if body.get('project_id') and not body.get('roles'):
        raise errors.Forbidden('You are not authorized to perform the requested action: At least '
                               'one role should be specified.')
    ours, extra = lists.split(body, _KNOWN)
    ours.update(
        roles=role_wishes(body.get('roles')),
        expires_at=expiry.parse_seconds(body.get('expires_at')),
        project_id=body.get('project_id') or None,
        allow_redelegation=bool(body.get('allow_redelegation')))
    trust = call.driver.create_trust(call.context, NewTrust(extra=extra, **ours))
    return {'trust': views.whole(trust, call)}


@operation('get_trust', reply=schemas.SHOWN, policy=_READ, target=_target)
def show(call: Call, trust_id: str) -> dict[str, Any]:
    """Show trust."""
    return {'trust': views.whole(_found(call, trust_id), call)}


@operation('delete_trust', code=204, policy=f'{personas.ADMIN} or {_TRUSTOR}', target=_target)
def delete(call: Call, trust_id: str) -> None:
    """Delete trust."""
    _found(call, trust_id)
    call.driver.delete_trust(call.context, trust_id)


@operation('list_roles_for_trust', needs=('get_trust',), reply=schemas.ROLES, policy=_READ,
           target=_target)
def roles(call: Call, trust_id: str) -> dict[str, Any]:
    """List trust roles."""
    return views.roles(_found(call, trust_id), call)


@operation('get_role_for_trust', needs=('get_trust',), reply=role_schemas.SHOWN, policy=_READ,
           target=_target)
def role(call: Call, trust_id: str, role_id: str) -> dict[str, Any]:
    """Show trust role."""
    for one in _found(call, trust_id).roles:
        if one.id == role_id:
            return {'role': ROLE.one(one, call)}
    raise errors.NotFound(f'Could not find role: {role_id}.')
