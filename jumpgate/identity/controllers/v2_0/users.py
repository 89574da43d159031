"""Users in v2.0."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call
from jumpgate.identity import personas
from jumpgate.identity.legacy import DOMAIN, legacy, one, query, reply
from jumpgate.identity.models.assignments import SYSTEM, ActorKind, Grant, TargetKind
from jumpgate.identity.models.users import NewUser, UserChanges
from jumpgate.identity.schemas.v2_0 import users as schemas
from jumpgate.identity.views.v2_0.things import ROLE, USER

#: What v2.0 calls it → what the model calls it.
_NAMES = {'username': 'name', 'name': 'name', 'password': 'password', 'enabled': 'enabled',
          'tenantId': 'default_project_id'}


@legacy('list_users', needs=('list_users',), policy=personas.ADMIN)
def index(call: Call) -> dict[str, Any]:
    """List users or find by name."""
    wanted = query(call)
    found = call.driver.list_users(call.context, wanted)
    if 'name' in call.query:
        return one(call, 'user', USER, found, wanted)
    return reply(call, 'users', USER, found, wanted)


@legacy('create_user', needs=('create_user',), body=schemas.CREATE, policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create user."""
    new = NewUser(domain_id=DOMAIN, **_values(call))
    return {'user': USER.one(call.driver.create_user(call.context, new), call)}


@legacy('get_user', needs=('get_user',), policy=personas.ADMIN)
def show(call: Call, user_id: str) -> dict[str, Any]:
    """Show user."""
    return {'user': USER.one(call.driver.get_user(call.context, user_id), call)}


@legacy('update_user', needs=('update_user',), body=schemas.UPDATE, policy=personas.ADMIN)
def update(call: Call, user_id: str) -> dict[str, Any]:
    """Update user."""
    changed = call.driver.update_user(call.context, user_id, UserChanges(**_values(call)))
    return {'user': USER.one(changed, call)}


def _values(call: Call) -> dict[str, Any]:
    body = call.body['user']
    values = {_NAMES[name]: value for name, value in body.items() if name in _NAMES}
    if 'email' in body:
        values['extra'] = {'email': body['email']}
    return values


@legacy('delete_user', needs=('delete_user',), code=204, policy=personas.ADMIN)
def delete(call: Call, user_id: str) -> None:
    """Delete user."""
    call.driver.delete_user(call.context, user_id)


@legacy('change_password', needs=('change_password',), body=schemas.PASSWORD,
        policy=personas.OWNER, target=lambda call, user_id: ({'user_id': user_id}, None))
def change_password(call: Call, user_id: str) -> dict[str, Any]:
    """Change own password."""
    body = call.body['user']
    call.driver.change_password(
        call.context, user_id, body['original_password'], body['password'])
    return {'access': {'user': {'id': user_id}}}


@legacy('list_global_roles', needs=('list_grant_roles',), policy=personas.ADMIN)
def roles(call: Call, user_id: str) -> dict[str, Any]:
    """List global roles of user: those on the system."""
    grant = Grant(actor=ActorKind.USER, actor_id=user_id, target=TargetKind.SYSTEM,
                  target_id=SYSTEM, role_id='')
    return reply(call, 'roles', ROLE, call.driver.list_grant_roles(call.context, grant))
