"""Giving and taking roles, on projects, domains and the system.

One operation serves all rows of its kind: who and where is told by the path's variables, and
whether projects inherit it by the path's end.
"""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.assignments import SYSTEM, ActorKind, Grant, TargetKind
from jumpgate.identity.schemas import roles as schemas
from jumpgate.identity.views.roles import ROLE

_INHERITED = 'inherited_to_projects'


def _grant(call: Call, role_id: str = '', user_id: str | None = None,
           group_id: str | None = None, project_id: str | None = None,
           domain_id: str | None = None) -> Grant:
    """The grant that a path is about."""
    if project_id is not None:
        target, target_id = TargetKind.PROJECT, project_id
    elif domain_id is not None:
        target, target_id = TargetKind.DOMAIN, domain_id
    else:
        target, target_id = TargetKind.SYSTEM, SYSTEM
    return Grant(
        actor=ActorKind.USER if user_id is not None else ActorKind.GROUP,
        actor_id=user_id or group_id or '', target=target, target_id=target_id, role_id=role_id,
        inherited=(call.match.name or '').endswith(_INHERITED))


def _target(call: Call, **ids: str) -> tuple[dict[str, Any], None]:
    """What policy decides by: the domains of both ends, and the role."""
    driver, context = call.driver, call.context
    lookups = {'user_id': driver.get_user, 'group_id': driver.get_group,
               'project_id': driver.get_project, 'domain_id': driver.get_domain,
               'role_id': driver.get_role}
    found: dict[str, Any] = {}
    for variable, identifier in ids.items():
        noun = variable.removesuffix('_id')
        try:
            thing = lookups[variable](context, identifier)
        except errors.NotFound:
            continue
        found[f'target.{noun}.id'] = thing.id
        if noun != 'domain':
            found[f'target.{noun}.domain_id'] = thing.domain_id
        if noun == 'role':
            found['target.role.name'] = thing.name
    return found, None


@operation('list_grants', needs=('list_grant_roles',), reply=schemas.LIST,
           policy=personas.LIST_GRANTS, target=_target)
def index(call: Call, user_id: str | None = None, group_id: str | None = None,
          project_id: str | None = None, domain_id: str | None = None) -> dict[str, Any]:
    """List roles on a project or domain."""
    grant = _grant(call, user_id=user_id, group_id=group_id, project_id=project_id,
                   domain_id=domain_id)
    return lists.plain(call, 'roles', ROLE, call.driver.list_grant_roles(call.context, grant))


@operation('check_grant', code=204, policy=personas.CHECK_GRANT, target=_target)
def check(call: Call, role_id: str, user_id: str | None = None, group_id: str | None = None,
          project_id: str | None = None, domain_id: str | None = None) -> None:
    """Check role on a project or domain."""
    call.driver.check_grant(
        call.context, _grant(call, role_id, user_id, group_id, project_id, domain_id))


@operation('create_grant', code=204, policy=personas.MANAGE_GRANT, target=_target)
def create(call: Call, role_id: str, user_id: str | None = None, group_id: str | None = None,
           project_id: str | None = None, domain_id: str | None = None) -> None:
    """Grant role on a project or domain."""
    call.driver.create_grant(
        call.context, _grant(call, role_id, user_id, group_id, project_id, domain_id))


@operation('revoke_grant', needs=('delete_grant',), code=204, policy=personas.MANAGE_GRANT,
           target=_target)
def delete(call: Call, role_id: str, user_id: str | None = None, group_id: str | None = None,
           project_id: str | None = None, domain_id: str | None = None) -> None:
    """Revoke role on a project or domain."""
    call.driver.delete_grant(
        call.context, _grant(call, role_id, user_id, group_id, project_id, domain_id))
