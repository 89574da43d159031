"""The list of who has which role where."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.assignments import (
    SYSTEM,
    ActorKind,
    Assignment,
    AssignmentQuery,
    TargetKind,
)
from jumpgate.identity.schemas import assignments as schemas
from jumpgate.identity.views import assignments as views


def _target(call: Call) -> tuple[dict[str, Any], None]:
    """A list of one domain's or one of its projects' belongs to that domain."""
    domain_id = call.context.domain_id
    project = _last(call, 'scope.project.id')
    if project is not None and domain_id is not None:
        domain_id = call.driver.get_project(call.context, project).domain_id
    return lists.owned('domain_id', domain_id)


@operation('list_role_assignments', reply=schemas.LIST, policy=personas.LIST_ASSIGNMENTS,
           target=_target)
def index(call: Call) -> dict[str, Any]:
    """List role assignments."""
    found = call.driver.list_role_assignments(call.context, _query(call))
    if call.context.domain_id:
        found = [one for one in found if _is_inside(call, one, call.context.domain_id)]
    names = _names(call, found) if lists.flag(call.query.get('include_names')) else {}
    base = call.prefix()
    return {'role_assignments': [views.assignment(one, base, names) for one in found],
            'links': lists.links(call)}


def _names(call: Call, found: list[Assignment]) -> dict[str, dict[str, Any]]:
    """Name and domain of everything that the assignments name, by id."""
    names: dict[str, dict[str, Any]] = {}
    gets = {ActorKind.USER: call.driver.get_user, ActorKind.GROUP: call.driver.get_group,
            TargetKind.PROJECT: call.driver.get_project,
            TargetKind.DOMAIN: call.driver.get_domain}
    for grant in (one.grant for one in found):
        for kind, identifier in ((grant.actor, grant.actor_id), (grant.target, grant.target_id)):
            if kind in gets and identifier not in names:
                names[identifier] = _named(call, gets[kind](call.context, identifier), names)
        if grant.role_id not in names:
            role = call.driver.get_role(call.context, grant.role_id)
            names[grant.role_id] = _named(call, role, names)
    return names


def _named(call: Call, thing: Any, names: dict[str, dict[str, Any]]) -> dict[str, Any]:
    domain_id = getattr(thing, 'domain_id', None)
    if domain_id is None:
        return {'name': thing.name}
    if domain_id not in names:
        names[domain_id] = {'name': call.driver.get_domain(call.context, domain_id).name}
    return {'name': thing.name, 'domain': {'id': domain_id, 'name': names[domain_id]['name']}}


def _query(call: Call) -> AssignmentQuery:
    """:raises Invalid: for conditions that exclude each other"""
    effective = lists.flag(call.query.get('effective'))
    subtree = lists.flag(call.query.get('include_subtree'))
    user, group = _last(call, 'user.id'), _last(call, 'group.id')
    project, domain = _last(call, 'scope.project.id'), _last(call, 'scope.domain.id')
    system = 'scope.system' in call.query
    inherited = _last(call, 'scope.OS-INHERIT:inherited_to')
    if user is not None and group is not None:
        raise errors.Invalid('Specify a user or group, not both')
    if sum((project is not None, domain is not None, system)) > 1:
        raise errors.Invalid('Specify a domain or project, not both')
    if effective and group is not None:
        raise errors.Invalid('Combining effective and group filter will always result in an '
                             'empty list.')
    if effective and inherited and domain is not None:
        raise errors.Invalid('Combining effective, domain and inherited filters will always '
                             'result in an empty list.')
    if subtree and project is None:
        raise errors.Invalid('scope.project.id must be specified if include_subtree is also '
                             'specified')
    kinds = ((TargetKind.PROJECT, project), (TargetKind.DOMAIN, domain),
             (TargetKind.SYSTEM, SYSTEM if system else None))
    target, target_id = next(((kind, one) for kind, one in kinds if one is not None),
                             (None, None))
    return AssignmentQuery(
        actor=ActorKind.USER if user else ActorKind.GROUP if group else None,
        actor_id=user or group, target=None if subtree else target, target_id=target_id,
        role_id=_last(call, 'role.id'), inherited=True if inherited else None,
        effective=effective, include_subtree=subtree)


def _last(call: Call, name: str) -> str | None:
    values = call.query.get(name)
    return values[-1] if values else None


def _is_inside(call: Call, assignment: Assignment, domain_id: str) -> bool:
    grant = assignment.grant
    if grant.target == TargetKind.PROJECT:
        found = call.driver.get_project(call.context, grant.target_id).domain_id
        return bool(found == domain_id)
    return grant.target_id == domain_id
