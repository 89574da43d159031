"""Tokens of the real Keystone, validated there, where something of ours answers."""
from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import cache, errors
from jumpgate.common.context import RequestContext
from jumpgate.common.http import Environ
from jumpgate.common.passthrough.cloud import OpenStack

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate


class UpstreamValidator:
    """Asks the upstream's Keystone whose a token is, and remembers the answer for a while.

    The memory is keyed by a digest and holds no token, so that whoever sees it has none. A token
    that is revoked through this gateway is forgotten at once; one that is revoked elsewhere is
    good here for ``validation_seconds`` longer.
    """

    def __init__(self, app: Jumpgate) -> None:
        self._cloud = OpenStack.of(app)
        seconds = app.config.openstack.validation_seconds
        self._memory = cache.region(app.config, 'token', seconds) if seconds else None
        self._cloud.on_revoked(self.forget)

    def validate(self, token: str, environ: Environ | None = None) -> RequestContext:
        """The context of a token.

        :raises errors.Unauthorized: if Keystone does not know it, or it has expired
        :raises errors.CloudUnavailable, errors.CloudTimeout: if Keystone cannot be asked
        """
        key = _key(token)
        known: Any = self._memory.get(key) if self._memory is not None else cache.NO_VALUE
        if known is cache.NO_VALUE:
            known = self._ask(token)
            if self._memory is not None:
                self._memory.set(key, known)
        if known['expires'] <= time.time():
            raise errors.Unauthorized()
        return _context(known, token)

    def forget(self, token: str) -> None:
        """Do not believe in a token any longer: it was revoked."""
        if self._memory is not None:
            self._memory.delete(_key(token))

    def _ask(self, token: str) -> dict[str, Any]:
        if not token.isascii() or not token.isprintable():
            raise errors.Unauthorized()
        response, document = self._cloud.ask_identity('/v3/auth/tokens', token, token)
        if response.status in (401, 403, 404):
            raise errors.Unauthorized()
        if response.status != 200:
            raise errors.CloudUnavailable()
        try:
            body = document['token']
            known = {key: body.get(key) for key in _KEPT}
            known['expires'] = _moment(body['expires_at']).timestamp()
            _context(known, token)
            return known
        except (KeyError, TypeError, ValueError):
            raise errors.BadGateway() from None


_KEPT = ('user', 'project', 'domain', 'system', 'roles', 'audit_ids', 'methods', 'OS-TRUST:trust',
         'application_credential')


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _moment(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _context(known: Mapping[str, Any], token: str) -> RequestContext:
    user = known['user']
    project = known['project'] or {}
    domain = known['domain'] or {}
    trust = known['OS-TRUST:trust'] or {}
    roles = tuple(role['name'] for role in known['roles'] or ())
    return RequestContext(
        user_id=user['id'], user_name=user.get('name'),
        user_domain_id=(user.get('domain') or {}).get('id'),
        user_domain_name=(user.get('domain') or {}).get('name'),
        project_id=project.get('id'), project_name=project.get('name'),
        project_domain_id=(project.get('domain') or {}).get('id'),
        project_domain_name=(project.get('domain') or {}).get('name'),
        domain_id=domain.get('id'), domain_name=domain.get('name'),
        system_scope='all' if (known['system'] or {}).get('all') else None,
        trust_id=trust.get('id'), trustor_id=(trust.get('trustor_user') or {}).get('id'),
        trustee_id=(trust.get('trustee_user') or {}).get('id'),
        application_credential_id=(known['application_credential'] or {}).get('id'),
        roles=roles, is_admin='admin' in roles,
        expires_at=datetime.datetime.fromtimestamp(known['expires'], datetime.UTC),
        audit_ids=tuple(known['audit_ids'] or ()), methods=tuple(known['methods'] or ()),
        token=token)
