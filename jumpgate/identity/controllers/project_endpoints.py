"""Single endpoints that are linked to projects."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.schemas import endpoints as endpoint_schemas
from jumpgate.identity.schemas import projects as project_schemas
from jumpgate.identity.views.endpoints import ENDPOINT
from jumpgate.identity.views.projects import PROJECT

_READ, _WRITE = personas.ADMIN_OR_SYSTEM_READER, personas.ADMIN


@operation('list_endpoints_for_project', reply=endpoint_schemas.LIST, policy=_READ)
def index(call: Call, project_id: str) -> dict[str, Any]:
    """List endpoints linked to project."""
    return lists.plain(call, 'endpoints', ENDPOINT, call.driver.list_endpoints_for_project(
        call.context, project_id))


@operation('list_projects_for_endpoint', reply=project_schemas.LIST, policy=_READ)
def projects(call: Call, endpoint_id: str) -> dict[str, Any]:
    """List projects linked to endpoint."""
    return lists.plain(call, 'projects', PROJECT, call.driver.list_projects_for_endpoint(
        call.context, endpoint_id))


@operation('check_endpoint_in_project', code=204, policy=_READ)
def check(call: Call, project_id: str, endpoint_id: str) -> None:
    """Check endpoint is linked to project."""
    call.driver.check_endpoint_in_project(call.context, endpoint_id, project_id)


@operation('add_endpoint_to_project', code=204, policy=_WRITE)
def add(call: Call, project_id: str, endpoint_id: str) -> None:
    """Link endpoint to project."""
    call.driver.add_endpoint_to_project(call.context, endpoint_id, project_id)


@operation('remove_endpoint_from_project', code=204, policy=_WRITE)
def remove(call: Call, project_id: str, endpoint_id: str) -> None:
    """Unlink endpoint from project."""
    call.driver.remove_endpoint_from_project(call.context, endpoint_id, project_id)
