"""Endpoint groups, and which projects they are linked to."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.endpoint_groups import EndpointGroupChanges, NewEndpointGroup
from jumpgate.identity.schemas import endpoint_groups as schemas
from jumpgate.identity.schemas import endpoints as endpoint_schemas
from jumpgate.identity.schemas import projects as project_schemas
from jumpgate.identity.views.endpoint_groups import ENDPOINT_GROUP
from jumpgate.identity.views.endpoints import ENDPOINT
from jumpgate.identity.views.projects import PROJECT

GROUPS = lists.Collection('endpoint_groups', ENDPOINT_GROUP, texts=('name',))
_READ, _WRITE = personas.ADMIN_OR_SYSTEM_READER, personas.ADMIN
_FILTERS = frozenset(('service_id', 'region_id', 'interface', 'enabled'))


@operation('list_endpoint_groups', query=schemas.QUERY, reply=schemas.LIST, policy=_READ)
def index(call: Call) -> dict[str, Any]:
    """List endpoint groups."""
    query = GROUPS.query(call)
    return GROUPS.reply(call, call.driver.list_endpoint_groups(call.context, query), query)


@operation('create_endpoint_group', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=_WRITE)
def create(call: Call) -> dict[str, Any]:
    """Create endpoint group."""
    body = call.body['endpoint_group']
    if not body['filters']:
        raise errors.Invalid('filters field is required and cannot be empty')
    _refuse_bad_filters(body)
    group = call.driver.create_endpoint_group(call.context, NewEndpointGroup(**body))
    return {'endpoint_group': ENDPOINT_GROUP.one(group, call)}


@operation('get_endpoint_group', reply=schemas.SHOWN, policy=_READ)
def show(call: Call, endpoint_group_id: str) -> dict[str, Any]:
    """Show endpoint group."""
    group = call.driver.get_endpoint_group(call.context, endpoint_group_id)
    return {'endpoint_group': ENDPOINT_GROUP.one(group, call)}


@operation('update_endpoint_group', body=schemas.UPDATE, reply=schemas.SHOWN, policy=_WRITE)
def update(call: Call, endpoint_group_id: str) -> dict[str, Any]:
    """Update endpoint group."""
    body = call.body['endpoint_group']
    _refuse_bad_filters(body)
    group = call.driver.update_endpoint_group(
        call.context, endpoint_group_id, EndpointGroupChanges(**body))
    return {'endpoint_group': ENDPOINT_GROUP.one(group, call)}


@operation('delete_endpoint_group', code=204, policy=_WRITE)
def delete(call: Call, endpoint_group_id: str) -> None:
    """Delete endpoint group."""
    call.driver.delete_endpoint_group(call.context, endpoint_group_id)


def _refuse_bad_filters(body: dict[str, Any]) -> None:
    """:raises Invalid: if a filter is no attribute that endpoints have"""
    if not _FILTERS.issuperset(body.get('filters', ())):
        raise errors.Invalid('Expecting to find service_id or region_id or interface in '
                             'endpoint_group. The server could not comply with the request since '
                             'it is either malformed or otherwise incorrect. The client is '
                             'assumed to be in error.')


# --- links

@operation('list_endpoints_associated_with_endpoint_group', needs=('list_endpoints_in_group',),
           reply=endpoint_schemas.LIST, policy=_READ)
def endpoints(call: Call, endpoint_group_id: str) -> dict[str, Any]:
    """List endpoints of endpoint group."""
    return lists.plain(call, 'endpoints', ENDPOINT, call.driver.list_endpoints_in_group(
        call.context, endpoint_group_id))


@operation('list_projects_associated_with_endpoint_group',
           needs=('list_projects_of_endpoint_group',), reply=project_schemas.LIST, policy=_READ)
def projects(call: Call, endpoint_group_id: str) -> dict[str, Any]:
    """List projects of endpoint group."""
    return lists.plain(call, 'projects', PROJECT, call.driver.list_projects_of_endpoint_group(
        call.context, endpoint_group_id))


@operation('list_endpoint_groups_for_project', reply=schemas.LIST, policy=_READ)
def of_project(call: Call, project_id: str) -> dict[str, Any]:
    """List endpoint groups of project."""
    return lists.plain(
        call, 'endpoint_groups', ENDPOINT_GROUP,
        call.driver.list_endpoint_groups_for_project(call.context, project_id))


@operation('get_endpoint_group_in_project', needs=('check_endpoint_group_in_project',),
           reply=schemas.LINKED, policy=_READ)
def check_project(call: Call, endpoint_group_id: str, project_id: str) -> dict[str, Any]:
    """Check endpoint group is linked to project."""
    call.driver.check_endpoint_group_in_project(call.context, endpoint_group_id, project_id)
    ids = {'endpoint_group_id': endpoint_group_id, 'project_id': project_id}
    url = call.url('v3_os_ep_filter_endpoint_group_project', **ids)
    return {'project_endpoint_group': {**ids, 'links': {'self': url}}}


@operation('add_endpoint_group_to_project', code=204, policy=_WRITE)
def add_project(call: Call, endpoint_group_id: str, project_id: str) -> None:
    """Link endpoint group to project."""
    call.driver.add_endpoint_group_to_project(call.context, endpoint_group_id, project_id)


@operation('remove_endpoint_group_from_project', code=204, policy=_WRITE)
def remove_project(call: Call, endpoint_group_id: str, project_id: str) -> None:
    """Unlink endpoint group from project."""
    call.driver.remove_endpoint_group_from_project(call.context, endpoint_group_id, project_id)
