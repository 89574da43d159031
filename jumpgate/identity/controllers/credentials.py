"""Credentials of users."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import access_keys, delegation, lists, personas
from jumpgate.identity.models.credentials import EC2, Credential, NewCredential
from jumpgate.identity.schemas import credentials as schemas
from jumpgate.identity.views.credentials import CREDENTIAL

CREDENTIALS = lists.Collection('credentials', CREDENTIAL, texts=('user_id', 'type'))
_KNOWN = ('user_id', 'type', 'blob', 'project_id')
_READ, _WRITE = personas.READ_CREDENTIAL, personas.WRITE_CREDENTIAL


def owned_by(user_id: str | None) -> dict[str, Any]:
    """The target of a policy about somebody's credential."""
    return {'target.credential.user_id': user_id}


def _target(call: Call, credential_id: str) -> tuple[dict[str, Any], Credential]:
    credential = call.driver.get_credential(call.context, credential_id)
    return owned_by(credential.user_id), credential


def _list_target(call: Call) -> tuple[dict[str, Any], None]:
    return owned_by(call.context.user_id), None


def _create_target(call: Call) -> tuple[dict[str, Any], None]:
    return owned_by(call.body['credential'].get('user_id')), None


@operation('list_credentials', reply=schemas.LIST, policy=_READ, target=_list_target)
def index(call: Call) -> dict[str, Any]:
    """List credentials: those that one may look at."""
    fixed = {}
    if call.context.trust_id is not None or delegation.is_delegated(call):
        return lists.plain(call, 'credentials', CREDENTIAL, ())
    if not call.app.policy.allowed('identity:get_credential', owned_by(None), call.context):
        fixed['user_id'] = call.context.user_id
        if call.query.get('user_id', [call.context.user_id])[-1] != call.context.user_id:
            return lists.plain(call, 'credentials', CREDENTIAL, ())
    query = CREDENTIALS.query(call, **fixed)
    return CREDENTIALS.reply(call, call.driver.list_credentials(call.context, query), query)


@operation('create_credential', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=_WRITE, target=_create_target)
def create(call: Call) -> dict[str, Any]:
    """Create credential."""
    delegation.refuse_credentials(call)
    ours, extra = lists.split(call.body['credential'], _KNOWN)
    key = access_keys.parse(ours['blob']) if ours['type'].lower() == EC2 else None
    new = NewCredential(id=access_keys.id_of(key['access']) if key else None, extra=extra, **ours)
    return {'credential': CREDENTIAL.one(call.driver.create_credential(call.context, new), call)}


@operation('get_credential', reply=schemas.SHOWN, policy=_READ, target=_target)
def show(call: Call, credential_id: str) -> dict[str, Any]:
    """Show credential."""
    delegation.refuse_credentials(call)
    return {'credential': CREDENTIAL.one(call.thing, call)}


@operation('update_credential', body=schemas.UPDATE, reply=schemas.SHOWN, policy=_WRITE,
           target=_target)
def update(call: Call, credential_id: str) -> dict[str, Any]:
    """Update credential."""
    delegation.refuse_credentials(call)
    blob = call.body['credential']['blob']
    if call.thing.type.lower() == EC2:
        access_keys.refuse_rebinding(call.thing.blob, blob)
    changed = call.driver.update_credential(call.context, credential_id, blob)
    return {'credential': CREDENTIAL.one(changed, call)}


@operation('delete_credential', code=204, policy=_WRITE, target=_target)
def delete(call: Call, credential_id: str) -> None:
    """Delete credential."""
    delegation.refuse_credentials(call)
    call.driver.delete_credential(call.context, credential_id)
