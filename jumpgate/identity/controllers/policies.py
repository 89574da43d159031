"""Policies: texts that services may fetch."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.policies import NewPolicy, PolicyChanges
from jumpgate.identity.schemas import endpoints as endpoint_schemas
from jumpgate.identity.schemas import policies as schemas
from jumpgate.identity.views.endpoints import ENDPOINT
from jumpgate.identity.views.policies import POLICY

POLICIES = lists.Collection('policies', POLICY, texts=('type',))
_READ, _WRITE = personas.ADMIN_OR_SYSTEM_READER, personas.ADMIN
_KNOWN = ('blob', 'type')


@operation('list_policies', reply=schemas.LIST, policy=_READ)
def index(call: Call) -> dict[str, Any]:
    """List policies."""
    query = POLICIES.query(call)
    return POLICIES.reply(call, call.driver.list_policies(call.context, query), query)


@operation('create_policy', body=schemas.CREATE, reply=schemas.SHOWN, code=201, policy=_WRITE)
def create(call: Call) -> dict[str, Any]:
    """Create policy."""
    new = NewPolicy(**lists.changes(call.body['policy'], _KNOWN))
    return {'policy': POLICY.one(call.driver.create_policy(call.context, new), call)}


@operation('get_policy', reply=schemas.SHOWN, policy=_READ)
def show(call: Call, policy_id: str) -> dict[str, Any]:
    """Show policy."""
    return {'policy': POLICY.one(call.driver.get_policy(call.context, policy_id), call)}


@operation('update_policy', body=schemas.UPDATE, reply=schemas.SHOWN, policy=_WRITE)
def update(call: Call, policy_id: str) -> dict[str, Any]:
    """Update policy."""
    body = call.body['policy']
    lists.refuse_other_id(body, policy_id, 'policy')
    changes = PolicyChanges(**lists.changes(body, _KNOWN))
    return {'policy': POLICY.one(
        call.driver.update_policy(call.context, policy_id, changes), call)}


@operation('delete_policy', code=204, policy=_WRITE)
def delete(call: Call, policy_id: str) -> None:
    """Delete policy."""
    call.driver.delete_policy(call.context, policy_id)


@operation('list_endpoints_for_policy', reply=endpoint_schemas.LIST, policy=_READ)
def endpoints(call: Call, policy_id: str) -> dict[str, Any]:
    """List endpoints using policy."""
    return lists.plain(call, 'endpoints', ENDPOINT, call.driver.list_endpoints_for_policy(
        call.context, policy_id))


@operation('get_policy_for_endpoint', reply=schemas.SHOWN, policy=_READ)
def of_endpoint(call: Call, endpoint_id: str) -> dict[str, Any]:
    """Show policy applied to endpoint."""
    policy = call.driver.get_policy_for_endpoint(call.context, endpoint_id)
    return {'policy': POLICY.one(policy, call)}
