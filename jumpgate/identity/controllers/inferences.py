"""Which roles imply which."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.roles import Inference, Role
from jumpgate.identity.schemas import roles as schemas
from jumpgate.identity.views import roles as views

_READ = personas.ADMIN_OR_SYSTEM_READER


@operation('list_role_inference_rules', needs=('list_inferences', 'get_role'),
           reply=schemas.INFERENCES, policy=_READ)
def rules(call: Call) -> dict[str, Any]:
    """List role inference rules."""
    implied: dict[str, list[str]] = {}
    for inference in call.driver.list_inferences(call.context):
        implied.setdefault(inference.prior_role_id, []).append(inference.implied_role_id)
    return {'role_inferences': [
        views.implied(_role(call, prior), [_role(call, one) for one in some], call)
        for prior, some in implied.items()]}


@operation('list_implied_roles', needs=('list_inferences', 'get_role'), reply=schemas.IMPLIED,
           policy=_READ)
def index(call: Call, role_id: str) -> dict[str, Any]:
    """List roles implied by role."""
    prior = _role(call, role_id)
    found = [_role(call, one.implied_role_id)
             for one in call.driver.list_inferences(call.context)
             if one.prior_role_id == role_id]
    return {'role_inference': views.implied(prior, found, call), 'links': lists.own_link(call)}


@operation('get_implied_role', needs=('list_inferences', 'get_role'), reply=schemas.INFERENCE,
           policy=_READ)
def show(call: Call, role_id: str, implied_role_id: str) -> dict[str, Any]:
    """Show one implied role."""
    return _shown(call, *_existing(call, role_id, implied_role_id))


@operation('check_implied_role', needs=('list_inferences', 'get_role'), code=204, policy=_READ)
def check(call: Call, role_id: str, implied_role_id: str) -> None:
    """Check one implied role."""
    _existing(call, role_id, implied_role_id)


@operation('create_implied_role', needs=('create_inference', 'get_role'),
           reply=schemas.INFERENCE, code=201, policy=personas.ADMIN)
def create(call: Call, role_id: str, implied_role_id: str) -> dict[str, Any]:
    """Make one role imply another."""
    call.driver.create_inference(call.context, Inference(
        prior_role_id=role_id, implied_role_id=implied_role_id))
    return _shown(call, _role(call, role_id), _role(call, implied_role_id))


@operation('delete_implied_role', needs=('delete_inference',), code=204, policy=personas.ADMIN)
def delete(call: Call, role_id: str, implied_role_id: str) -> None:
    """Remove role implication."""
    call.driver.delete_inference(call.context, Inference(
        prior_role_id=role_id, implied_role_id=implied_role_id))


def _role(call: Call, role_id: str) -> Role:
    role: Role = call.driver.get_role(call.context, role_id)
    return role


def _existing(call: Call, role_id: str, implied_role_id: str) -> tuple[Role, Role]:
    """:raises NotFound: if the one does not imply the other"""
    both = _role(call, role_id), _role(call, implied_role_id)
    wanted = Inference(prior_role_id=role_id, implied_role_id=implied_role_id)
    if wanted not in call.driver.list_inferences(call.context):
        raise errors.NotFound(f'{role_id} does not imply {implied_role_id}')
    return both


def _shown(call: Call, prior: Role, implied: Role) -> dict[str, Any]:
    return {'role_inference': views.inference(prior, implied, call), 'links': lists.own_link(call)}
