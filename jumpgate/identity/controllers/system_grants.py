"""Roles on the whole system."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.assignments import SYSTEM, ActorKind, Grant, TargetKind
from jumpgate.identity.schemas import roles as schemas
from jumpgate.identity.views.roles import ROLE

_READ, _WRITE = personas.ADMIN_OR_SYSTEM_READER, personas.ADMIN


def _grant(actor: ActorKind, actor_id: str, role_id: str = '') -> Grant:
    return Grant(actor=actor, actor_id=actor_id, target=TargetKind.SYSTEM, target_id=SYSTEM,
                 role_id=role_id)


def _roles(call: Call, grant: Grant) -> dict[str, Any]:
    return lists.plain(call, 'roles', ROLE, call.driver.list_grant_roles(call.context, grant))


@operation('list_system_grants_for_user', needs=('list_grant_roles',), reply=schemas.LIST,
           policy=_READ)
def user_roles(call: Call, user_id: str) -> dict[str, Any]:
    """List system roles of user."""
    return _roles(call, _grant(ActorKind.USER, user_id))


@operation('check_system_grant_for_user', needs=('check_grant',), code=204, policy=_READ)
def check_user(call: Call, user_id: str, role_id: str) -> None:
    """Check system role of user."""
    call.driver.check_grant(call.context, _grant(ActorKind.USER, user_id, role_id))


@operation('create_system_grant_for_user', needs=('create_grant',), code=204, policy=_WRITE)
def create_user(call: Call, user_id: str, role_id: str) -> None:
    """Grant system role to user."""
    call.driver.create_grant(call.context, _grant(ActorKind.USER, user_id, role_id))


@operation('revoke_system_grant_for_user', needs=('delete_grant',), code=204, policy=_WRITE)
def delete_user(call: Call, user_id: str, role_id: str) -> None:
    """Revoke system role from user."""
    call.driver.delete_grant(call.context, _grant(ActorKind.USER, user_id, role_id))


@operation('list_system_grants_for_group', needs=('list_grant_roles',), reply=schemas.LIST,
           policy=_READ)
def group_roles(call: Call, group_id: str) -> dict[str, Any]:
    """List system roles of group."""
    return _roles(call, _grant(ActorKind.GROUP, group_id))


@operation('check_system_grant_for_group', needs=('check_grant',), code=204, policy=_READ)
def check_group(call: Call, group_id: str, role_id: str) -> None:
    """Check system role of group."""
    call.driver.check_grant(call.context, _grant(ActorKind.GROUP, group_id, role_id))


@operation('create_system_grant_for_group', needs=('create_grant',), code=204, policy=_WRITE)
def create_group(call: Call, group_id: str, role_id: str) -> None:
    """Grant system role to group."""
    call.driver.create_grant(call.context, _grant(ActorKind.GROUP, group_id, role_id))


@operation('revoke_system_grant_for_group', needs=('delete_grant',), code=204, policy=_WRITE)
def delete_group(call: Call, group_id: str, role_id: str) -> None:
    """Revoke system role from group."""
    call.driver.delete_grant(call.context, _grant(ActorKind.GROUP, group_id, role_id))
