"""Groups."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.groups import Group, GroupChanges, NewGroup
from jumpgate.identity.schemas import groups as schemas
from jumpgate.identity.views.groups import GROUP

GROUPS = lists.Collection('groups', GROUP, texts=('name', 'domain_id'))
_KNOWN = ('name', 'domain_id', 'description')


def target(call: Call, group_id: str) -> tuple[dict[str, Any], Group]:
    """What policy decides about a group by."""
    group = call.driver.get_group(call.context, group_id)
    return {'target.group.id': group.id, 'target.group.domain_id': group.domain_id}, group


def _list_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('group.domain_id', call.context.domain_id)


def _create_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('group.domain_id', call.body['group'].get('domain_id')
                       or call.context.domain_id or call.context.project_domain_id)


@operation('list_groups', reply=schemas.LIST, policy=personas.GET_GROUP, target=_list_target)
def index(call: Call) -> dict[str, Any]:
    """List groups."""
    own = {'domain_id': call.context.domain_id} if call.context.domain_id else {}
    query = GROUPS.query(call, **own)
    return GROUPS.reply(call, call.driver.list_groups(call.context, query), query)


@operation('create_group', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.MANAGE_GROUP, target=_create_target)
def create(call: Call) -> dict[str, Any]:
    """Create group."""
    body = call.body['group']
    ours, extra = lists.split(body, _KNOWN)
    ours['name'] = ours['name'].strip()
    ours['domain_id'] = lists.own_domain(call, body)
    new = NewGroup(extra=extra, **ours)
    return {'group': GROUP.one(call.driver.create_group(call.context, new), call)}


@operation('get_group', reply=schemas.SHOWN, policy=personas.GET_GROUP, target=target)
def show(call: Call, group_id: str) -> dict[str, Any]:
    """Show group."""
    return {'group': GROUP.one(call.thing, call)}


@operation('update_group', body=schemas.UPDATE, reply=schemas.SHOWN,
           policy=personas.MANAGE_GROUP, target=target)
def update(call: Call, group_id: str) -> dict[str, Any]:
    """Update group."""
    body = call.body['group']
    lists.refuse_other_id(body, group_id, 'group')
    changes = GroupChanges(**lists.changes(body, _KNOWN))
    return {'group': GROUP.one(call.driver.update_group(call.context, group_id, changes), call)}


@operation('delete_group', code=204, policy=personas.MANAGE_GROUP, target=target)
def delete(call: Call, group_id: str) -> None:
    """Delete group."""
    call.driver.delete_group(call.context, group_id)
