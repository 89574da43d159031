"""Limits of projects and domains."""
from __future__ import annotations

import dataclasses
from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.common.listing import Filter, Query
from jumpgate.identity import lists, personas
from jumpgate.identity.models.limits import Limit, LimitChanges, NewLimit
from jumpgate.identity.schemas import limits as schemas
from jumpgate.identity.views.limits import LIMIT

LIMITS = lists.Collection('limits', LIMIT, texts=(
    'service_id', 'region_id', 'resource_name', 'project_id', 'domain_id'))
_READ = (f'{personas.ADMIN_OR_SYSTEM_READER} or domain_id:%(target.limit.domain.id)s '
         'or domain_id:%(target.limit.project.domain_id)s '
         'or (project_id:%(target.limit.project_id)s and not None:%(target.limit.project_id)s)')
_SEE_ALL = frozenset(('admin', 'service'))
_MODEL = {'name': 'flat',
          'description': 'A limit of a project has nothing to do with those of the projects above '
                         'and below it.'}


def _target(call: Call, limit_id: str) -> tuple[dict[str, Any], Limit]:
    limit = call.driver.get_limit(call.context, limit_id)
    if limit.project_id is None:
        return {'target.limit.domain.id': limit.domain_id}, limit
    project = call.driver.get_project(call.context, limit.project_id)
    return {'target.limit.project_id': limit.project_id,
            'target.limit.project.domain_id': project.domain_id}, limit


@operation('list_limits', needs=('list_limits', 'list_projects'), query=schemas.QUERY,
           reply=schemas.LIST, policy=personas.ANYBODY)
def index(call: Call) -> dict[str, Any]:
    """List limits: those of the project or domain that one acts in."""
    query = LIMITS.query(call)
    page = call.driver.list_limits(call.context, query)
    if call.context.system_scope is None and _SEE_ALL.isdisjoint(call.context.roles):
        owners = _owners(call)
        page = dataclasses.replace(page, items=tuple(
            limit for limit in page.items if (limit.project_id or limit.domain_id) in owners))
    return LIMITS.reply(call, page, query)


def _owners(call: Call) -> set[str | None]:
    """The projects and the domain that the caller's token is for."""
    domain_id = call.context.domain_id
    if domain_id is None:
        return {call.context.project_id} - {None}
    found = call.driver.list_projects(call.context, Query(filters=(
        Filter('domain_id', domain_id),)))
    return {domain_id, *(project.id for project in found.items
                         if project.domain_id == domain_id)}


@operation('get_limit_model', needs=('list_limits',), reply=schemas.MODEL,
           policy=personas.ANYBODY)
def model(call: Call) -> dict[str, Any]:
    """Show limit enforcement model."""
    return {'model': dict(_MODEL)}


@operation('create_limits', body=schemas.CREATE, reply=schemas.CREATED, code=201,
           policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create limits."""
    made = call.driver.create_limits(call.context, tuple(
        NewLimit(**one) for one in call.body['limits']))
    return {'limits': LIMIT.many(made, call)}


@operation('get_limit', needs=('get_limit', 'get_project'), reply=schemas.SHOWN, policy=_READ,
           target=_target)
def show(call: Call, limit_id: str) -> dict[str, Any]:
    """Show limit."""
    return {'limit': LIMIT.one(call.thing, call)}


@operation('update_limit', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, limit_id: str) -> dict[str, Any]:
    """Update limit."""
    changed = call.driver.update_limit(
        call.context, limit_id, LimitChanges(**call.body['limit']))
    return {'limit': LIMIT.one(changed, call)}


@operation('delete_limit', code=204, policy=personas.ADMIN)
def delete(call: Call, limit_id: str) -> None:
    """Delete limit."""
    call.driver.delete_limit(call.context, limit_id)
