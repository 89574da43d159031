"""Access keys (OS-EC2), and tokens for what was signed with them."""
from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.common.listing import Filter, Query, finish
from jumpgate.identity import access_keys, delegation, lists, personas, signatures
from jumpgate.identity.controllers import tokens
from jumpgate.identity.controllers.credentials import owned_by
from jumpgate.identity.models.credentials import EC2, Credential, NewCredential
from jumpgate.identity.schemas import credentials as schemas
from jumpgate.identity.schemas import tokens as token_schemas
from jumpgate.identity.views import credentials as views

_MANAGE = f'{personas.ADMIN} or (role:member and user_id:%(target.credential.user_id)s)'


def _of_path(call: Call, user_id: str) -> tuple[dict[str, Any], None]:
    return {'user_id': user_id, **owned_by(user_id)}, None


def _target(call: Call, user_id: str,
            credential_id: str) -> tuple[dict[str, Any], Credential | None]:
    """A key that there is not is 404 for who could have it."""
    try:
        credential = _find(call, credential_id)
    except errors.NotFound:
        return owned_by(user_id), None
    return owned_by(credential.user_id), credential


def _find(call: Call, access: str) -> Credential:
    credential: Credential = call.driver.get_credential(call.context, access_keys.id_of(access))
    if credential.type != EC2:
        raise errors.NotFound('EC2 access key not found.')
    return credential


@operation('ec2_list_credentials', needs=('list_credentials', 'get_user'), reply=schemas.LIST_EC2,
           policy=personas.ADMIN_OR_SYSTEM_READER_OR_OWNER, target=_of_path)
def index(call: Call, user_id: str) -> dict[str, Any]:
    """List user EC2 credentials."""
    delegation.refuse_credentials(call)
    call.driver.get_user(call.context, user_id)
    query = Query(filters=(Filter('user_id', user_id), Filter('type', EC2)))
    page = finish(call.driver.list_credentials(call.context, query), query)
    return {'credentials': [views.access_key(one, call) for one in page.items],
            'links': lists.links(call)}


@operation('ec2_create_credential', needs=('create_credential', 'get_user', 'get_project'),
           body=schemas.CREATE_EC2, reply=schemas.SHOWN_EC2, code=201, policy=_MANAGE,
           target=_of_path)
def create(call: Call, user_id: str) -> dict[str, Any]:
    """Create user EC2 credential."""
    call.driver.get_user(call.context, user_id)
    project = call.driver.get_project(call.context, str(call.body.get('tenant_id')))
    delegation.refuse_credentials(call)
    key = {'access': uuid.uuid4().hex, 'secret': uuid.uuid4().hex, 'trust_id': None}
    made = call.driver.create_credential(call.context, NewCredential(
        id=access_keys.id_of(str(key['access'])), user_id=user_id, project_id=project.id,
        type=EC2, blob=json.dumps(key)))
    return {'credential': views.access_key(made, call)}


@operation('ec2_get_credential', needs=('get_credential',), reply=schemas.SHOWN_EC2,
           policy=personas.READ_CREDENTIAL, target=_target)
def show(call: Call, user_id: str, credential_id: str) -> dict[str, Any]:
    """Show user EC2 credential."""
    delegation.refuse_credentials(call)
    return {'credential': views.access_key(call.thing or _find(call, credential_id), call)}


@operation('ec2_delete_credential', needs=('get_credential', 'delete_credential'), code=204,
           policy=_MANAGE, target=_target)
def delete(call: Call, user_id: str, credential_id: str) -> None:
    """Delete user EC2 credential."""
    delegation.refuse_credentials(call)
    found = call.thing or _find(call, credential_id)
    call.driver.delete_credential(call.context, found.id)


# --- tokens

@operation('ec2tokens_validate', needs=('get_credential', 'exchange_credential'),
           body=schemas.SIGNED, reply=token_schemas.SHOWN, policy=personas.SERVICE_OR_ADMIN)
def exchange(call: Call) -> Reply:
    """Exchange EC2 signature for token."""
    return _exchange(call, signatures.check)


@operation('s3tokens_validate', needs=('get_credential', 'exchange_credential'),
           body=schemas.SIGNED, reply=token_schemas.SHOWN, policy=personas.SERVICE_OR_ADMIN)
def exchange_s3(call: Call) -> Reply:
    """Exchange S3 signature for token."""
    return _exchange(call, signatures.check_s3)


def _exchange(call: Call, check: Callable[[str, Mapping[str, Any]], None]) -> Reply:
    body = call.body
    signed = body.get('credentials') or body.get('credential') or body.get('ec2Credentials') or {}
    if 'access' not in signed:
        raise errors.Unauthorized()
    try:
        credential = _find(call, signed['access'])
    except errors.NotFound:
        raise errors.NotFound('EC2 access key not found.') from None
    key = access_keys.parse(credential.blob)
    if access_keys.is_bound(key) or not isinstance(key.get('secret'), str):
        raise errors.Unauthorized()
    check(key['secret'], signed)
    principal = call.driver.exchange_credential(
        call.context, credential, signatures.signed_at(signed))
    return tokens.reply(call, call.app.token_validator.issue(principal))
