"""Roles."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.roles import NewRole, Role, RoleChanges
from jumpgate.identity.schemas import roles as schemas
from jumpgate.identity.views.roles import ROLE

ROLES = lists.Collection('roles', ROLE, texts=('name', 'domain_id'))
_KNOWN = ('name', 'description', 'options', 'domain_id')


def target(call: Call, role_id: str) -> tuple[dict[str, Any], Role]:
    """What policy decides about a role by."""
    role = call.driver.get_role(call.context, role_id)
    return {'target.role.id': role.id, 'target.role.name': role.name,
            'target.role.domain_id': role.domain_id}, role


@operation('list_roles', reply=schemas.LIST, policy=personas.LIST_ROLES)
def index(call: Call) -> dict[str, Any]:
    """List roles."""
    # Without a domain only roles of no domain are listed.
    domain = {} if call.query.get('domain_id') else {'domain_id': None}
    query = ROLES.query(call, **domain)
    return ROLES.reply(call, call.driver.list_roles(call.context, query), query)


@operation('create_role', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create role."""
    ours, extra = lists.split(call.body['role'], _KNOWN)
    ours['name'] = ours['name'].strip()
    new = NewRole(extra=extra, **ours)
    return {'role': ROLE.one(call.driver.create_role(call.context, new), call)}


@operation('get_role', reply=schemas.SHOWN, policy=personas.GET_ROLE, target=target)
def show(call: Call, role_id: str) -> dict[str, Any]:
    """Show role."""
    return {'role': ROLE.one(call.thing, call)}


@operation('update_role', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, role_id: str) -> dict[str, Any]:
    """Update role."""
    body = call.body['role']
    lists.refuse_other_id(body, role_id, 'role')
    changes = RoleChanges(**lists.changes(body, set(_KNOWN) - {'domain_id'},
                                          ('id', 'links', 'domain_id')))
    return {'role': ROLE.one(call.driver.update_role(call.context, role_id, changes), call)}


@operation('delete_role', code=204, policy=personas.ADMIN)
def delete(call: Call, role_id: str) -> None:
    """Delete role."""
    call.driver.delete_role(call.context, role_id)
