"""Revoked tokens, and what PKI tokens needed."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.views import revocations as views


@operation('list_revoke_events', needs=('check',), policy=personas.SERVICE_OR_ADMIN)
def events(call: Call) -> dict[str, Any]:
    """List revocation events."""
    found = call.app.token_validator.revocations()
    return {'events': [views.event(one) for one in found], 'links': lists.links(call)}


@operation('revocation_list', needs=('check',), policy=personas.SERVICE_OR_ADMIN)
def pki_list(call: Call) -> None:
    """List revoked PKI tokens: there are none, nor will there be."""
    raise errors.Forbidden()


@operation('show_ca_certificate', needs=(), public=True)
def certificate(call: Call) -> None:
    """Fetch a certificate (gone)."""
    raise errors.Gone('This API is no longer available due to the removal of support for PKI '
                      'tokens.')
