"""The access rules of users' application credentials."""
from __future__ import annotations

from typing import Any

from jumpgate.common import listing
from jumpgate.common.controller import Call, operation
from jumpgate.identity import delegation, lists, personas
from jumpgate.identity.schemas import application_credentials as schemas
from jumpgate.identity.views import access_rules as views

_FILTERS = ('service', 'path', 'method')
_OWNER = 'user_id:%(target.user.id)s'
_READ = f'{personas.SYSTEM_READER} or {_OWNER}'
_WRITE = f'(role:admin and system_scope:all) or {_OWNER}'


def _target(call: Call, user_id: str, **path: str) -> tuple[dict[str, Any], None]:
    return {'target.user.id': user_id}, None


@operation('list_access_rules', reply=schemas.LIST_RULES, policy=_READ, target=_target)
def index(call: Call, user_id: str) -> dict[str, Any]:
    """List user access rules."""
    delegation.refuse_application_credentials(call)
    query = listing.Query(filters=tuple(
        listing.Filter(name, call.query[name][-1]) for name in _FILTERS if name in call.query))
    page = listing.finish(
        call.driver.list_access_rules(call.context, user_id, query), query)
    return {'access_rules': views.many(page.items, call, user_id), 'links': lists.links(call)}


@operation('get_access_rule', reply=schemas.SHOWN_RULE, policy=_READ, target=_target)
def show(call: Call, user_id: str, access_rule_id: str) -> dict[str, Any]:
    """Show user access rule."""
    delegation.refuse_application_credentials(call)
    rule = call.driver.get_access_rule(call.context, user_id, access_rule_id)
    return {'access_rule': views.one(rule, call, user_id)}


@operation('delete_access_rule', code=204, policy=_WRITE, target=_target)
def delete(call: Call, user_id: str, access_rule_id: str) -> None:
    """Delete user access rule."""
    delegation.refuse_application_credentials(call, managing=True)
    call.driver.delete_access_rule(call.context, user_id, access_rule_id)
