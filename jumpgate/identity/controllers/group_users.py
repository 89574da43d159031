"""Who is in a group."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import personas
from jumpgate.identity.controllers import groups
from jumpgate.identity.controllers.users import USERS
from jumpgate.identity.schemas import users as schemas


def _target(call: Call, group_id: str, user_id: str) -> tuple[dict[str, Any], None]:
    """Both ends; the one that is not there decides nothing."""
    found: dict[str, Any] = {}
    for name, get, identifier in (('group', call.driver.get_group, group_id),
                                  ('user', call.driver.get_user, user_id)):
        try:
            thing = get(call.context, identifier)
        except errors.NotFound:
            continue
        found[f'target.{name}.domain_id'] = thing.domain_id
    return found, None


@operation('list_users_in_group', needs=('list_group_users',), reply=schemas.LIST,
           policy=personas.GET_GROUP, target=groups.target)
def index(call: Call, group_id: str) -> dict[str, Any]:
    """List users in group."""
    query = USERS.query(call)
    return USERS.reply(call, call.driver.list_group_users(call.context, group_id, query), query)


@operation('check_user_in_group', code=204, policy=personas.CHECK_MEMBER, target=_target)
def check(call: Call, group_id: str, user_id: str) -> None:
    """Check user is in group."""
    call.driver.check_user_in_group(call.context, group_id, user_id)


@operation('add_user_to_group', code=204, policy=personas.MANAGE_MEMBER, target=_target)
def add(call: Call, group_id: str, user_id: str) -> None:
    """Add user to group."""
    call.driver.add_user_to_group(call.context, group_id, user_id)


@operation('remove_user_from_group', code=204, policy=personas.MANAGE_MEMBER, target=_target)
def remove(call: Call, group_id: str, user_id: str) -> None:
    """Remove user from group."""
    call.driver.remove_user_from_group(call.context, group_id, user_id)
