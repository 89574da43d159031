"""Tenants, which v3 calls projects, in v2.0."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call
from jumpgate.identity import personas
from jumpgate.identity.legacy import DOMAIN, legacy, one, query, reply
from jumpgate.identity.models.assignments import (
    ActorKind,
    AssignmentQuery,
    Grant,
    TargetKind,
)
from jumpgate.identity.models.projects import NewProject, ProjectChanges
from jumpgate.identity.schemas.v2_0 import tenants as schemas
from jumpgate.identity.views.v2_0.things import ROLE, TENANT, USER

_KNOWN = ('name', 'description', 'enabled')


@legacy('list_tenants', needs=('list_auth_projects', 'list_projects'), policy=personas.ANYBODY)
def index(call: Call) -> dict[str, Any]:
    """List tenants of caller."""
    if 'name' in call.query and call.context.is_admin:
        wanted = query(call)
        return one(call, 'tenant', TENANT, call.driver.list_projects(call.context, wanted), wanted)
    found = [project for project in call.driver.list_auth_projects(call.context)
             if project.domain_id == DOMAIN]
    return reply(call, 'tenants', TENANT, found)


@legacy('create_tenant', needs=('create_project',), body=schemas.CREATE, policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create tenant."""
    new = NewProject(domain_id=DOMAIN, **_values(call))
    return {'tenant': TENANT.one(call.driver.create_project(call.context, new), call)}


@legacy('get_tenant', needs=('get_project',), policy=personas.ADMIN)
def show(call: Call, tenant_id: str) -> dict[str, Any]:
    """Show tenant."""
    return {'tenant': TENANT.one(call.driver.get_project(call.context, tenant_id), call)}


@legacy('update_tenant', needs=('update_project',), body=schemas.UPDATE, policy=personas.ADMIN)
def update(call: Call, tenant_id: str) -> dict[str, Any]:
    """Update tenant."""
    changed = call.driver.update_project(call.context, tenant_id, ProjectChanges(**_values(call)))
    return {'tenant': TENANT.one(changed, call)}


def _values(call: Call) -> dict[str, Any]:
    return {name: value for name, value in call.body['tenant'].items() if name in _KNOWN}


@legacy('delete_tenant', needs=('delete_project',), code=204, policy=personas.ADMIN)
def delete(call: Call, tenant_id: str) -> None:
    """Delete tenant."""
    call.driver.delete_project(call.context, tenant_id)


@legacy('list_tenant_users', needs=('list_role_assignments', 'get_user', 'get_project'),
        policy=personas.ADMIN)
def users(call: Call, tenant_id: str) -> dict[str, Any]:
    """List users of tenant."""
    call.driver.get_project(call.context, tenant_id)
    found = call.driver.list_role_assignments(call.context, AssignmentQuery(
        target=TargetKind.PROJECT, target_id=tenant_id, effective=True))
    ids = sorted({one.grant.actor_id for one in found})
    return reply(call, 'users', USER, [call.driver.get_user(call.context, one) for one in ids])


def _grant(tenant_id: str, user_id: str, role_id: str = '') -> Grant:
    return Grant(actor=ActorKind.USER, actor_id=user_id, target=TargetKind.PROJECT,
                 target_id=tenant_id, role_id=role_id)


@legacy('list_tenant_roles', needs=('list_grant_roles',), policy=personas.ADMIN)
def roles(call: Call, tenant_id: str, user_id: str) -> dict[str, Any]:
    """List tenant roles of user."""
    return reply(call, 'roles', ROLE, call.driver.list_grant_roles(
        call.context, _grant(tenant_id, user_id)))


@legacy('add_tenant_role', needs=('create_grant', 'get_role'), policy=personas.ADMIN)
def add_role(call: Call, tenant_id: str, user_id: str, role_id: str) -> dict[str, Any]:
    """Grant tenant role to user."""
    call.driver.create_grant(call.context, _grant(tenant_id, user_id, role_id))
    return {'role': ROLE.one(call.driver.get_role(call.context, role_id), call)}


@legacy('remove_tenant_role', needs=('delete_grant',), code=204, policy=personas.ADMIN)
def remove_role(call: Call, tenant_id: str, user_id: str, role_id: str) -> None:
    """Revoke tenant role from user."""
    call.driver.delete_grant(call.context, _grant(tenant_id, user_id, role_id))
