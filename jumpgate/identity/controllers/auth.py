"""What a caller could have a token for, and the catalog of the one they have."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import catalogs, lists, personas
from jumpgate.identity.schemas import domains as domain_schemas
from jumpgate.identity.schemas import projects as project_schemas
from jumpgate.identity.schemas import tokens as schemas
from jumpgate.identity.views import tokens as views
from jumpgate.identity.views.domains import DOMAIN
from jumpgate.identity.views.projects import PROJECT


@operation('get_auth_catalog', needs=('check',), reply=schemas.SHOWN_CATALOG,
           policy=personas.ANYBODY)
def catalog(call: Call) -> dict[str, Any]:
    """Show catalog of current scope."""
    if call.context.project_id is None:
        raise errors.Forbidden('A project-scoped token is required to produce a service catalog.')
    found = catalogs.for_project(call, call.context.project_id)
    return {'catalog': views.services(found), 'links': lists.own_link(call)}


@operation('get_auth_projects', needs=('list_auth_projects',), reply=project_schemas.LIST,
           policy=personas.ANYBODY)
def projects(call: Call) -> dict[str, Any]:
    """List projects one may scope to."""
    return lists.plain(call, 'projects', PROJECT, call.driver.list_auth_projects(call.context))


@operation('get_auth_domains', needs=('list_auth_domains',), reply=domain_schemas.LIST,
           policy=personas.ANYBODY)
def domains(call: Call) -> dict[str, Any]:
    """List domains one may scope to."""
    return lists.plain(call, 'domains', DOMAIN, call.driver.list_auth_domains(call.context))


@operation('get_auth_system', needs=('has_auth_system',), reply=schemas.SYSTEM,
           policy=personas.ANYBODY)
def system(call: Call) -> dict[str, Any]:
    """List system scopes available."""
    has = call.driver.has_auth_system(call.context)
    return {'system': [{'all': True}] if has else [], 'links': lists.own_link(call)}
