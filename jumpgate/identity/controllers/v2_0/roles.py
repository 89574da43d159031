"""Roles in v2.0."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call
from jumpgate.common.listing import Query
from jumpgate.identity import personas
from jumpgate.identity.legacy import legacy, reply
from jumpgate.identity.models.roles import NewRole
from jumpgate.identity.schemas.v2_0 import users as schemas
from jumpgate.identity.views.v2_0.things import ROLE


@legacy('list_roles', needs=('list_roles',), policy=personas.ADMIN)
def index(call: Call) -> dict[str, Any]:
    """List roles."""
    return reply(call, 'roles', ROLE, call.driver.list_roles(call.context, Query()))


@legacy('create_role', needs=('create_role',), body=schemas.ROLE, policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create role."""
    body = call.body['role']
    new = NewRole(name=body['name'], description=body.get('description'))
    return {'role': ROLE.one(call.driver.create_role(call.context, new), call)}


@legacy('get_role', needs=('get_role',), policy=personas.ADMIN)
def show(call: Call, role_id: str) -> dict[str, Any]:
    """Show role."""
    return {'role': ROLE.one(call.driver.get_role(call.context, role_id), call)}


@legacy('delete_role', needs=('delete_role',), code=204, policy=personas.ADMIN)
def delete(call: Call, role_id: str) -> None:
    """Delete role."""
    call.driver.delete_role(call.context, role_id)
