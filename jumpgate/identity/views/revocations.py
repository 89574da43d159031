"""How the end of a token looks."""
from __future__ import annotations

import datetime
from typing import Any

from jumpgate.identity.models.tokens import Revocation


def event(revocation: Revocation) -> dict[str, Any]:
    """One revoked token."""
    moment = revocation.revoked_at.astimezone(datetime.UTC)
    text = moment.strftime('%Y-%m-%dT%H:%M:%S.%fZ')
    return {'audit_id': revocation.audit_id, 'issued_before': text, 'revoked_at': text}
