"""Is this token still good, and what does it allow?"""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.identity import access
from jumpgate.identity.driver import IdentityDriver
from jumpgate.identity.keys import KeyRepository
from jumpgate.identity.models.tokens import Claim, Principal, Revocation, ScopeKind
from jumpgate.identity.tokens import InvalidToken, Tokens, new_audit_id
from jumpgate.store.clock import to_datetime
from jumpgate.store.engine import open_store
from jumpgate.store.revocations import Revocations

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate

_MOST_REMEMBERED = 5_000
_ALONE = '='


@dataclasses.dataclass(frozen=True, slots=True)
class Issued:
    """A token with all that it says and stands for."""

    token: str
    claim: Claim
    principal: Principal


@dataclasses.dataclass(frozen=True, slots=True)
class _Remembered:
    """A token that was found good.

    :param revision: what the store's revision was before it was looked at
    :param expires_at: when to look again, seconds since 1970
    """

    revision: int
    expires_at: float
    issued: Issued
    context: RequestContext

    @property
    def access_rules(self) -> tuple[Mapping[str, object], ...] | None:
        """The only requests that it is good for; None: any."""
        credential = self.issued.principal.application_credential
        return None if credential is None else credential.access_rules


class Validator:
    """Makes tokens, and judges those that come back.

    :param app: its identity service has a typed driver
    """

    def __init__(self, app: Jumpgate) -> None:
        self._app = app
        self._lifetime: int = app.config.token.expiration
        self._window: int = app.config.token.allow_expired_window
        self._cache_time: int = app.config.token.cache_time
        self._tokens = Tokens(KeyRepository.of(app.config))
        self._revocations = Revocations(open_store(app.config))
        self._rules = access.AccessRules(app)
        self._remembered: dict[str, _Remembered] = {}

    @property
    def _driver(self) -> IdentityDriver:
        driver = self._app.get_driver('identity')
        assert isinstance(driver, IdentityDriver)
        return driver

    # --- for the auth filter

    def validate(self, token: str, environ: dict[str, Any]) -> RequestContext:
        """The context of whoever sent this token.

        :raises Unauthorized: if it is no longer good, or never was, or not for this request
        :raises CloudUnavailable: if that could not be found out
        """
        try:
            known = self._known(token)
        except InvalidToken as error:
            raise errors.Unauthorized() from error
        if known.access_rules is not None:
            self._rules.enforce(known.access_rules, environ)
        return known.context

    def _known(self, token: str) -> _Remembered:
        """:raises InvalidToken: if it is none of ours
        :raises Unauthorized: if it has ended
        """
        state = self._revocations.state()
        known = self._remembered.get(token)
        if known is not None and known.revision == state.revision and state.now < known.expires_at:
            return known
        issued = self._look(token, state.now)
        known = _Remembered(
            state.revision, min(issued.claim.expires_at, state.now + self._cache_time), issued,
            _context(issued))
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._forget_some()
        self._remembered[token] = known
        return known

    def _forget_some(self) -> None:
        """Drop the older half: dicts keep the order in which things came."""
        for token in list(self._remembered)[:_MOST_REMEMBERED // 2]:
            self._remembered.pop(token, None)

    # --- for the controllers

    def inspect(self, token: str | None, *, allow_expired: bool = False) -> Issued:
        """What a token says and stands for.

        :param allow_expired: also for a while after its end
        :raises NotFound: if it is no longer good, or never was
        """
        try:
            if not allow_expired:
                return self._known(token or '').issued
            return self._look(token or '', self._revocations.state().now - self._window)
        except (InvalidToken, errors.Unauthorized) as error:
            raise errors.NotFound('Failed to validate token') from error

    def issue(self, principal: Principal) -> Issued:
        """A new token for somebody who has shown who they are."""
        now = self._revocations.state().now
        audit_id = new_audit_id()
        expires_at = now + self._lifetime
        if principal.expires_at is not None:
            expires_at = min(expires_at, principal.expires_at)
        scope, scope_id = _scope(principal)
        app_credential = principal.application_credential
        claim = Claim(
            user_id=_holder(principal), methods=principal.methods, scope=scope,
            scope_id=scope_id, issued_at=now, expires_at=expires_at,
            audit_ids=(audit_id,) if principal.chain is None else (audit_id, principal.chain),
            trust_id=None if principal.trust is None else principal.trust.id,
            application_credential_id=None if app_credential is None else app_credential.id,
            credential=principal.credential)
        return Issued(self._tokens.make(claim), claim, principal)

    def revoke(self, claim: Claim, *, cascade: bool = True) -> None:
        """End a token, and unless told otherwise those made from it."""
        now = self._revocations.state().now
        audit_id = claim.audit_ids[0]
        self._revocations.add(audit_id if cascade else _alone(audit_id), now=now,
                              expires_at=max(claim.expires_at, now) + self._window)

    def revocations(self) -> list[Revocation]:
        """The tokens that were ended early and would not have ended by now."""
        return [Revocation(audit_id=audit_id.removeprefix(_ALONE), revoked_at=to_datetime(moment))
                for audit_id, moment in self._revocations.all()]

    def _look(self, token: str, now: float) -> Issued:
        """:raises InvalidToken: if it is none of ours
        :raises Unauthorized: if it has ended
        """
        claim = self._tokens.open(token)
        ids = (*claim.audit_ids, *(_alone(audit_id) for audit_id in claim.audit_ids[:1]))
        if claim.expires_at <= now or self._revocations.are_revoked(ids):
            raise errors.Unauthorized()
        return Issued(token, claim, self._driver.check(claim))


def _alone(audit_id: str) -> str:
    """The revocation of one token that leaves those made from it."""
    return _ALONE + audit_id


def _holder(principal: Principal) -> str:
    """Whose token it is: with a trust, the trustee's, whoever they act for."""
    return principal.user.id if principal.trust is None else principal.trust.trustee_user_id


def _scope(principal: Principal) -> tuple[ScopeKind, str | None]:
    if principal.trust is not None:
        return ScopeKind.TRUST, None if principal.project is None else principal.project.id
    if principal.project is not None:
        return ScopeKind.PROJECT, principal.project.id
    if principal.domain is not None:
        return ScopeKind.DOMAIN, principal.domain.id
    return (ScopeKind.SYSTEM if principal.system else ScopeKind.UNSCOPED), None


def _context(issued: Issued) -> RequestContext:
    """The context that the rest of the gateway works with."""
    claim, principal = issued.claim, issued.principal
    roles = tuple(role.name for role in principal.roles)
    project, domain, trust = principal.project, principal.domain, principal.trust
    return RequestContext(
        user_id=principal.user.id, user_name=principal.user.name,
        user_domain_id=principal.user.domain.id, user_domain_name=principal.user.domain.name,
        project_id=None if project is None else project.id,
        project_name=None if project is None else project.name,
        project_domain_id=None if project is None else project.domain.id,
        project_domain_name=None if project is None else project.domain.name,
        domain_id=None if domain is None else domain.id,
        domain_name=None if domain is None else domain.name,
        system_scope='all' if principal.system else None,
        trust_id=None if trust is None else trust.id,
        trustor_id=None if trust is None else trust.trustor_user_id,
        trustee_id=None if trust is None else trust.trustee_user_id,
        application_credential_id=claim.application_credential_id,
        roles=roles, is_admin='admin' in roles, expires_at=to_datetime(claim.expires_at),
        audit_ids=claim.audit_ids, methods=claim.methods, token=issued.token,
        credential=claim.credential)
