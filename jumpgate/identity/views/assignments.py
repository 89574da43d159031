"""How a role assignment looks."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jumpgate.identity.models.assignments import ActorKind, Assignment, Grant, TargetKind

#: What stands for an id where names were asked for: name and domain.
Names = Mapping[str, Mapping[str, Any]]


def assignment(shown: Assignment, base: str, names: Names) -> dict[str, Any]:
    """One assignment.

    :param base: the URL that the paths in links stand below
    :param names: by id; empty where names were not asked for
    """
    grant = shown.grant
    scope: dict[str, Any] = {'system': {'all': True}}
    if grant.target != TargetKind.SYSTEM:
        scope = {grant.target.value: _ref(grant.target_id, names)}
    if shown.is_inherited:
        scope['OS-INHERIT:inherited_to'] = 'projects'
    return {'links': _links(shown, base), 'role': _ref(grant.role_id, names), 'scope': scope,
            grant.actor.value: _ref(grant.actor_id, names)}


def _ref(identifier: str, names: Names) -> dict[str, Any]:
    return {'id': identifier, **names.get(identifier, {})}


def _links(shown: Assignment, base: str) -> dict[str, str]:
    origin = shown.origin or shown.grant
    links = {'assignment': base + _path(origin)}
    if origin.actor == ActorKind.GROUP and shown.grant.actor == ActorKind.USER:
        links['membership'] = f'{base}/groups/{origin.actor_id}/users/{shown.grant.actor_id}'
    if origin.role_id != shown.grant.role_id:
        links['prior_role'] = (
            f'{base}/prior_role/{origin.role_id}/implies/{shown.grant.role_id}')
    return links


def _path(grant: Grant) -> str:
    """Where the grant itself can be looked at."""
    target = '/system' if grant.target == TargetKind.SYSTEM else (
        f'/{grant.target.value}s/{grant.target_id}')
    path = f'{target}/{grant.actor.value}s/{grant.actor_id}/roles/{grant.role_id}'
    return f'/OS-INHERIT{path}/inherited_to_projects' if grant.inherited else path
