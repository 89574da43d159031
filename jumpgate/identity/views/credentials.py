"""How credentials look."""
from __future__ import annotations

import json
from typing import Any

from jumpgate.common.view import Caller, Field, Link, Nested, Spread, View
from jumpgate.identity.models.credentials import Credential

CREDENTIAL = View(
    Spread('extra'),
    Field('id'), Field('user_id'), Field('project_id'), Field('type'), Field('blob'),
    Field('links', Nested(Field('self', Link('v3_credentail', credential_id='id')))),
)


def access_key(credential: Credential, call: Caller) -> dict[str, Any]:
    """An ``ec2`` credential as OS-EC2 shows it."""
    blob = json.loads(credential.blob)
    access = str(blob['access'])
    return {
        'user_id': credential.user_id, 'tenant_id': credential.project_id, 'access': access,
        'secret': blob.get('secret'), 'trust_id': blob.get('trust_id'),
        'links': {'self': call.url('v3_user_credential_os_ec2', user_id=credential.user_id,
                                   credential_id=access)}}
