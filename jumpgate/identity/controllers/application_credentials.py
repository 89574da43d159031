"""Application credentials."""
from __future__ import annotations

import secrets
from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import delegation, expiry, lists, personas
from jumpgate.identity.models.application_credentials import (
    AccessRuleWish,
    ApplicationCredential,
    NewApplicationCredential,
    RoleWish,
)
from jumpgate.identity.schemas import application_credentials as schemas
from jumpgate.identity.views.application_credentials import APPLICATION_CREDENTIAL

CREDENTIALS = lists.Collection(
    'application_credentials', APPLICATION_CREDENTIAL, texts=('name',))
_SECRET_BYTES = 64
_RULE = ('id', 'service', 'path', 'method')


def _of_path(call: Call, user_id: str) -> tuple[dict[str, Any], None]:
    return {'user_id': user_id}, None


def _of_credential(call: Call, user_id: str, application_credential_id: str
                   ) -> tuple[dict[str, Any], ApplicationCredential | None]:
    """Whose it is counts, and not whose the path says it is."""
    try:
        found = call.driver.get_application_credential(call.context, application_credential_id)
    except errors.NotFound:
        return {'user_id': user_id}, None
    return {'user_id': found.user_id}, found


@operation('list_application_credentials', reply=schemas.LIST,
           policy=personas.ADMIN_OR_SYSTEM_READER_OR_OWNER, target=_of_path)
def index(call: Call, user_id: str) -> dict[str, Any]:
    """List user application credentials."""
    delegation.refuse_application_credentials(call)
    query = CREDENTIALS.query(call)
    page = call.driver.list_application_credentials(call.context, user_id, query)
    return CREDENTIALS.reply(call, page, query)


@operation('create_application_credential', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.OWNER, target=_of_path)
def create(call: Call, user_id: str) -> dict[str, Any]:
    """Create user application credential."""
    delegation.refuse_application_credentials(call, managing=True)
    if call.context.project_id is None:
        raise errors.Forbidden('An application credential is made with a token for a project.')
    body = call.body['application_credential']
    secret = body.get('secret') or secrets.token_urlsafe(_SECRET_BYTES)
    made = call.driver.create_application_credential(call.context, NewApplicationCredential(
        name=body['name'], secret=secret, description=body.get('description'),
        expires_at=expiry.parse(body.get('expires_at')), unrestricted=body.get('unrestricted'),
        roles=role_wishes(body.get('roles')),
        access_rules=tuple(AccessRuleWish(**{name: rule.get(name) for name in _RULE})
                           for rule in body.get('access_rules') or ())))
    return {'application_credential': {
        **APPLICATION_CREDENTIAL.one(made, call), 'secret': secret}}


def role_wishes(shown: list[dict[str, str]] | None) -> tuple[RoleWish, ...]:
    """Roles by id or by name."""
    return tuple(RoleWish(id=role.get('id') or None, name=role.get('name'))
                 for role in shown or ())


@operation('get_application_credential', reply=schemas.SHOWN,
           policy=personas.ADMIN_OR_SYSTEM_READER_OR_OWNER, target=_of_credential)
def show(call: Call, user_id: str, application_credential_id: str) -> dict[str, Any]:
    """Show user application credential."""
    delegation.refuse_application_credentials(call)
    found = call.thing or call.driver.get_application_credential(
        call.context, application_credential_id)
    return {'application_credential': APPLICATION_CREDENTIAL.one(found, call)}


@operation('delete_application_credential', code=204, policy=personas.ADMIN_OR_OWNER,
           target=_of_credential)
def delete(call: Call, user_id: str, application_credential_id: str) -> None:
    """Delete user application credential."""
    delegation.refuse_application_credentials(call, managing=True)
    call.driver.delete_application_credential(call.context, application_credential_id)
