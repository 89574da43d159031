"""Services."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.services import NewService, ServiceChanges
from jumpgate.identity.schemas import services as schemas
from jumpgate.identity.views.services import SERVICE

SERVICES = lists.Collection('services', SERVICE, texts=('type', 'name'))
_KNOWN = ('type', 'name', 'enabled', 'description')


@operation('list_services', reply=schemas.LIST, policy=personas.ADMIN_OR_SYSTEM_READER)
def index(call: Call) -> dict[str, Any]:
    """List services."""
    query = SERVICES.query(call)
    return SERVICES.reply(call, call.driver.list_services(call.context, query), query)


@operation('create_service', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create service."""
    new = NewService(**lists.changes(call.body['service'], _KNOWN))
    return {'service': SERVICE.one(call.driver.create_service(call.context, new), call)}


@operation('get_service', reply=schemas.SHOWN, policy=personas.ADMIN_OR_SYSTEM_READER)
def show(call: Call, service_id: str) -> dict[str, Any]:
    """Show service."""
    return {'service': SERVICE.one(call.driver.get_service(call.context, service_id), call)}


@operation('update_service', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, service_id: str) -> dict[str, Any]:
    """Update service."""
    body = call.body['service']
    lists.refuse_other_id(body, service_id)
    changes = ServiceChanges(**lists.changes(body, _KNOWN))
    return {'service': SERVICE.one(
        call.driver.update_service(call.context, service_id, changes), call)}


@operation('delete_service', code=204, policy=personas.ADMIN)
def delete(call: Call, service_id: str) -> None:
    """Delete service."""
    call.driver.delete_service(call.context, service_id)
