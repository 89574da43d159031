"""Users."""
from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.common.listing import Filter
from jumpgate.identity import lists, personas
from jumpgate.identity.controllers.groups import GROUPS
from jumpgate.identity.controllers.projects import PROJECTS
from jumpgate.identity.models.users import NewUser, User, UserChanges
from jumpgate.identity.schemas import groups as group_schemas
from jumpgate.identity.schemas import projects as project_schemas
from jumpgate.identity.schemas import users as schemas
from jumpgate.identity.views.groups import OF_USER
from jumpgate.identity.views.users import USER

_OPERATORS = ('eq', 'neq', 'lt', 'lte', 'gt', 'gte')


def _expires(user: User, wanted: Filter) -> bool:
    """``password_expires_at=lt:2026-11-23T15:00:00Z``.

    :raises Invalid: for an unknown operator, or a time that is none
    """
    operator, _, text = wanted.value.partition(':')
    if operator not in _OPERATORS:
        raise errors.Invalid(f'The given operator {operator[:20]} is not valid. It must be one of '
                             f'the following: {", ".join(_OPERATORS)}.')
    try:
        moment = datetime.datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ')
    except ValueError:
        raise errors.Invalid('Timestamp not in expected format.') from None
    return Filter('password_expires_at', moment.replace(tzinfo=datetime.UTC),
                  operator).accepts(user.password_expires_at)


USERS = lists.Collection(
    'users', USER, texts=('name', 'domain_id'), flags=('enabled',),
    predicates={
        'password_expires_at': _expires,
        # Nobody comes from an identity provider here.
        'idp_id': lambda user, wanted: False,
        'protocol_id': lambda user, wanted: False,
        'unique_id': lambda user, wanted: False,
    })
_OWN_GROUPS = dataclasses.replace(GROUPS, view=OF_USER)
_KNOWN = ('name', 'domain_id', 'password', 'enabled', 'description', 'default_project_id',
          'options')


def target(call: Call, user_id: str) -> tuple[dict[str, Any], User]:
    """What policy decides about a user by."""
    user = call.driver.get_user(call.context, user_id)
    return {'user_id': user.id, 'target.user.id': user.id,
            'target.user.domain_id': user.domain_id}, user


def _list_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('domain_id', call.context.domain_id)


def _create_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('user.domain_id', call.body['user'].get('domain_id')
                       or call.context.domain_id or call.context.project_domain_id)


@operation('list_users', reply=schemas.LIST, policy=personas.LIST_IN_DOMAIN, target=_list_target)
def index(call: Call) -> dict[str, Any]:
    """List users."""
    own = {'domain_id': call.context.domain_id} if call.context.domain_id else {}
    query = USERS.query(call, **own)
    return USERS.reply(call, call.driver.list_users(call.context, query), query)


@operation('create_user', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.MANAGE_USER, target=_create_target)
def create(call: Call) -> dict[str, Any]:
    """Create user."""
    body = call.body['user']
    ours, extra = lists.split(body, _KNOWN)
    ours['name'] = ours['name'].strip()
    ours['domain_id'] = lists.own_domain(call, body)
    new = NewUser(extra=extra, **ours)
    return {'user': USER.one(call.driver.create_user(call.context, new), call)}


@operation('get_user', reply=schemas.SHOWN, policy=personas.GET_USER, target=target)
def show(call: Call, user_id: str) -> dict[str, Any]:
    """Show user."""
    return {'user': USER.one(call.thing, call)}


@operation('update_user', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.MANAGE_USER,
           target=target)
def update(call: Call, user_id: str) -> dict[str, Any]:
    """Update user."""
    body = call.body['user']
    lists.refuse_other_id(body, user_id, 'user')
    changes = UserChanges(**lists.changes(body, _KNOWN))
    return {'user': USER.one(call.driver.update_user(call.context, user_id, changes), call)}


@operation('delete_user', code=204, policy=personas.MANAGE_USER, target=target)
def delete(call: Call, user_id: str) -> None:
    """Delete user."""
    call.driver.delete_user(call.context, user_id)


@operation('change_password', body=schemas.PASSWORD, code=204, public=True)
def change_password(call: Call, user_id: str) -> None:
    """Change own password."""
    body = call.body['user']
    call.driver.change_password(
        call.context, user_id, body['original_password'], body['password'])


@operation('list_groups_for_user', needs=('list_user_groups',), reply=group_schemas.LIST,
           policy=personas.LIST_USER_GROUPS, target=target)
def groups(call: Call, user_id: str) -> dict[str, Any]:
    """List groups of user."""
    query = _OWN_GROUPS.query(call)
    return _OWN_GROUPS.reply(
        call, call.driver.list_user_groups(call.context, user_id, query), query)


@operation('list_user_projects', reply=project_schemas.LIST, policy=personas.LIST_USER_PROJECTS,
           target=target)
def projects(call: Call, user_id: str) -> dict[str, Any]:
    """List projects of user."""
    query = PROJECTS.query(call)
    return PROJECTS.reply(
        call, call.driver.list_user_projects(call.context, user_id, query), query)


@operation('revoke_tokens_for_user', needs=('end_user_tokens',), code=204,
           policy=personas.ADMIN_OR_OWNER, target=target)
def revoke_tokens(call: Call, user_id: str) -> None:
    """Revoke all tokens of user."""
    call.driver.end_user_tokens(call.context, user_id)
