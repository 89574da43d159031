"""What policies are bound to: an endpoint, a service, or a service in a region."""
from __future__ import annotations

from jumpgate.common.controller import Call, operation
from jumpgate.identity import personas
from jumpgate.identity.models.policies import PolicyTarget

_READ, _WRITE = personas.ADMIN_OR_SYSTEM_READER, personas.ADMIN
_RULE = '{}_policy_association_for_{}'


@operation(_RULE.format('check', 'endpoint'), needs=('check_policy',), code=204, policy=_READ)
def check_endpoint(call: Call, policy_id: str, endpoint_id: str) -> None:
    """Check policy is bound to endpoint."""
    call.driver.check_policy(call.context, policy_id, PolicyTarget(endpoint_id=endpoint_id))


@operation(_RULE.format('create', 'endpoint'), needs=('bind_policy',), code=204, policy=_WRITE)
def bind_endpoint(call: Call, policy_id: str, endpoint_id: str) -> None:
    """Bind policy to endpoint."""
    call.driver.bind_policy(call.context, policy_id, PolicyTarget(endpoint_id=endpoint_id))


@operation(_RULE.format('delete', 'endpoint'), needs=('unbind_policy',), code=204, policy=_WRITE)
def unbind_endpoint(call: Call, policy_id: str, endpoint_id: str) -> None:
    """Unbind policy from endpoint."""
    call.driver.unbind_policy(call.context, policy_id, PolicyTarget(endpoint_id=endpoint_id))


@operation(_RULE.format('check', 'service'), needs=('check_policy',), code=204, policy=_READ)
def check_service(call: Call, policy_id: str, service_id: str) -> None:
    """Check policy is bound to service."""
    call.driver.check_policy(call.context, policy_id, PolicyTarget(service_id=service_id))


@operation(_RULE.format('create', 'service'), needs=('bind_policy',), code=204, policy=_WRITE)
def bind_service(call: Call, policy_id: str, service_id: str) -> None:
    """Bind policy to service."""
    call.driver.bind_policy(call.context, policy_id, PolicyTarget(service_id=service_id))


@operation(_RULE.format('delete', 'service'), needs=('unbind_policy',), code=204, policy=_WRITE)
def unbind_service(call: Call, policy_id: str, service_id: str) -> None:
    """Unbind policy from service."""
    call.driver.unbind_policy(call.context, policy_id, PolicyTarget(service_id=service_id))


@operation(_RULE.format('check', 'region_and_service'), needs=('check_policy',), code=204,
           policy=_READ)
def check_region(call: Call, policy_id: str, service_id: str, region_id: str) -> None:
    """Check policy is bound to service in region."""
    call.driver.check_policy(
        call.context, policy_id, PolicyTarget(service_id=service_id, region_id=region_id))


@operation(_RULE.format('create', 'region_and_service'), needs=('bind_policy',), code=204,
           policy=_WRITE)
def bind_region(call: Call, policy_id: str, service_id: str, region_id: str) -> None:
    """Bind policy to service in region."""
    call.driver.bind_policy(
        call.context, policy_id, PolicyTarget(service_id=service_id, region_id=region_id))


@operation(_RULE.format('delete', 'region_and_service'), needs=('unbind_policy',), code=204,
           policy=_WRITE)
def unbind_region(call: Call, policy_id: str, service_id: str, region_id: str) -> None:
    """Unbind policy from service in region."""
    call.driver.unbind_policy(
        call.context, policy_id, PolicyTarget(service_id=service_id, region_id=region_id))
