"""Registered limits: what holds for everybody."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.limits import NewRegisteredLimit, RegisteredLimitChanges
from jumpgate.identity.schemas import limits as schemas
from jumpgate.identity.views.limits import REGISTERED_LIMIT

LIMITS = lists.Collection(
    'registered_limits', REGISTERED_LIMIT, texts=('service_id', 'region_id', 'resource_name'))


@operation('list_registered_limits', query=schemas.QUERY_REGISTERED,
           reply=schemas.LIST_REGISTERED, policy=personas.ANYBODY)
def index(call: Call) -> dict[str, Any]:
    """List registered limits."""
    query = LIMITS.query(call)
    return LIMITS.reply(call, call.driver.list_registered_limits(call.context, query), query)


@operation('create_registered_limits', body=schemas.CREATE_REGISTERED,
           reply=schemas.CREATED_REGISTERED, code=201, policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create registered limits."""
    made = call.driver.create_registered_limits(call.context, tuple(
        NewRegisteredLimit(**one) for one in call.body['registered_limits']))
    return {'registered_limits': REGISTERED_LIMIT.many(made, call)}


@operation('get_registered_limit', reply=schemas.SHOWN_REGISTERED, policy=personas.ANYBODY)
def show(call: Call, registered_limit_id: str) -> dict[str, Any]:
    """Show registered limit."""
    found = call.driver.get_registered_limit(call.context, registered_limit_id)
    return {'registered_limit': REGISTERED_LIMIT.one(found, call)}


@operation('update_registered_limit', body=schemas.UPDATE_REGISTERED,
           reply=schemas.SHOWN_REGISTERED, policy=personas.ADMIN)
def update(call: Call, registered_limit_id: str) -> dict[str, Any]:
    """Update registered limit."""
    changed = call.driver.update_registered_limit(
        call.context, registered_limit_id,
        RegisteredLimitChanges(**call.body['registered_limit']))
    return {'registered_limit': REGISTERED_LIMIT.one(changed, call)}


@operation('delete_registered_limit', code=204, policy=personas.ADMIN)
def delete(call: Call, registered_limit_id: str) -> None:
    """Delete registered limit."""
    call.driver.delete_registered_limit(call.context, registered_limit_id)
