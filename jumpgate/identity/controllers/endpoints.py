"""Endpoints."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.endpoints import EndpointChanges, Interface, NewEndpoint
from jumpgate.identity.schemas import endpoints as schemas
from jumpgate.identity.views.endpoints import ENDPOINT

ENDPOINTS = lists.Collection(
    'endpoints', ENDPOINT, texts=('interface', 'service_id', 'region_id'))
_KNOWN = ('interface', 'service_id', 'url', 'region_id', 'region', 'enabled')
#: What the address of an endpoint may name: ``$(project_id)s``.
_VARIABLES = dict.fromkeys(
    ('tenant_id', 'project_id', 'user_id', 'public_bind_host', 'admin_bind_host', 'compute_host',
     'admin_port', 'public_port', 'public_endpoint', 'admin_endpoint'), '')


@operation('list_endpoints', query=schemas.QUERY, reply=schemas.LIST,
           policy=personas.ADMIN_OR_SYSTEM_READER)
def index(call: Call) -> dict[str, Any]:
    """List endpoints."""
    query = ENDPOINTS.query(call)
    return ENDPOINTS.reply(call, call.driver.list_endpoints(call.context, query), query)


@operation('create_endpoint', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create endpoint."""
    body = call.body['endpoint']
    _refuse_bad_url(body['url'])
    new = NewEndpoint(**_parsed(body))
    return {'endpoint': ENDPOINT.one(call.driver.create_endpoint(call.context, new), call)}


@operation('get_endpoint', reply=schemas.SHOWN, policy=personas.ADMIN_OR_SYSTEM_READER)
def show(call: Call, endpoint_id: str) -> dict[str, Any]:
    """Show endpoint."""
    return {'endpoint': ENDPOINT.one(
        call.driver.get_endpoint(call.context, endpoint_id), call)}


@operation('update_endpoint', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, endpoint_id: str) -> dict[str, Any]:
    """Update endpoint."""
    body = call.body['endpoint']
    lists.refuse_other_id(body, endpoint_id)
    changes = EndpointChanges(**_parsed(body))
    return {'endpoint': ENDPOINT.one(
        call.driver.update_endpoint(call.context, endpoint_id, changes), call)}


@operation('delete_endpoint', code=204, policy=personas.ADMIN)
def delete(call: Call, endpoint_id: str) -> None:
    """Delete endpoint."""
    call.driver.delete_endpoint(call.context, endpoint_id)


def _parsed(body: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a wish or of changes.

    The old name of the region's attribute makes a region that does not exist.
    """
    values = lists.changes(body, _KNOWN)
    old_name = values.pop('region', None)
    if old_name is not None and values.get('region_id') is None:
        values.update(region_id=old_name, make_region=True)
    if 'interface' in values:
        values['interface'] = Interface(values['interface'])
    return values


def _refuse_bad_url(url: str) -> None:
    """:raises Invalid: if it names a variable that there is not"""
    try:
        _ = url.replace('$(', '%(') % _VARIABLES
    except (KeyError, TypeError, ValueError):
        raise errors.Invalid(
            f'Cannot create an endpoint with an invalid URL: {url}.') from None
