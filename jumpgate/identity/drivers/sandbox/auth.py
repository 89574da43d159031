"""Logging in to the embedded identity service, and whether a token still counts."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.identity.driver import auth as interface
from jumpgate.identity.drivers.sandbox import application_credentials, credentials
from jumpgate.identity.drivers.sandbox.application_credentials import ApplicationCredentials
from jumpgate.identity.drivers.sandbox.domains import to_domain
from jumpgate.identity.drivers.sandbox.trusts import Trusts
from jumpgate.identity.models.assignments import SYSTEM
from jumpgate.identity.models.domains import Domain
from jumpgate.identity.models.projects import Project
from jumpgate.identity.models.tokens import Claim, Login, Principal, ScopeKind, ScopeWish
from jumpgate.identity.models.users import User

#: By which somebody can log in.
_METHODS = frozenset(('password', 'token', application_credentials.METHOD))
_UNSCOPED = ScopeWish(kind=ScopeKind.UNSCOPED)


class Auth(ApplicationCredentials, Trusts, interface.Auth):
    """Who is it, and are they still."""

    # --- the interface

    def authenticate(self, context: RequestContext, login: Login) -> Principal:
        if not login.methods:
            raise errors.Unauthorized()
        user: User | None = None
        for method in login.methods:
            found = self._log_in(method, login)
            if user is not None and found.id != user.id:
                raise errors.Unauthorized()
            user = found
        assert user is not None
        self.refuse_disabled(user)
        _refuse_too_few(user, login)
        principal = self._principal(user, login)
        principal = dataclasses.replace(principal, methods=tuple(dict.fromkeys(login.methods)))
        return principal if login.token is None else _continued(principal, login.token)

    def check(self, claim: Claim) -> Principal:
        user = self.users.get(claim.user_id)
        if user is None:
            raise errors.Unauthorized()
        self.refuse_disabled(user)
        secrets = self.secrets.get(user.id)
        if secrets is not None and claim.issued_at < secrets.tokens_since:
            raise errors.Unauthorized()
        if claim.trust_id is not None:
            principal = self.of_trust(user, claim.trust_id, claim.issued_at)
        elif claim.application_credential_id is not None:
            principal = self.of_application_credential(user, claim.application_credential_id)
        else:
            principal = self.in_scope(user, ScopeWish(kind=claim.scope, id=claim.scope_id))
        return dataclasses.replace(principal, methods=claim.methods, expires_at=claim.expires_at)

    def list_auth_projects(self, context: RequestContext) -> list[Project]:
        found = self.projects_of(context.user_id or '')
        domains = self.projects.get_many(
            project.domain_id for project in found if project.domain_id)
        return [project for project in found if project.enabled
                and domains[project.domain_id or ''].enabled]

    def list_auth_domains(self, context: RequestContext) -> list[Domain]:
        found = self.domains_of(context.user_id or '')
        return [to_domain(domain) for domain in found if domain.enabled]

    def has_auth_system(self, context: RequestContext) -> bool:
        return bool(self.roles_on(context.user_id or '', SYSTEM))

    # --- who is it

    def _log_in(self, method: str, login: Login) -> User:
        """The user that one method proves.

        :raises Unauthorized: if it proves nobody
        """
        if method == 'password':
            user = self.find_by_wish(login.user)
            self.verify_password(user, login.password or '')
        elif method == 'token' and login.token is not None:
            _refuse_exchange(login.token, login.scope, self.conf.token.allow_rescope_scoped_token)
            user = self.users.get(login.token.user_id)
        elif method == application_credentials.METHOD:
            user = self.log_in_with_application_credential(login)
        else:
            raise errors.Unauthorized('Attempted to authenticate with an unsupported method.')
        if user is None:
            raise errors.Unauthorized()
        return user

    # --- for what

    def _principal(self, user: User, login: Login) -> Principal:
        """The user in the scope that is asked for.

        :raises Unauthorized: if they have no role there
        :raises Forbidden: if a trust does not let them
        """
        if application_credentials.METHOD in login.methods:
            return self.by_application_credential(user, login)
        if login.scope is not None and login.scope.kind == ScopeKind.TRUST:
            return self.use_trust(user, login.scope.id or '')
        scope = login.scope or self._default_scope(user)
        return self.in_scope(user, self._find_scope(scope))

    def _default_scope(self, user: User) -> ScopeWish:
        """The default project, if the user may act there; else none."""
        if not user.default_project_id:
            return _UNSCOPED
        scope = ScopeWish(kind=ScopeKind.PROJECT, id=user.default_project_id)
        try:
            self.in_scope(user, scope)
        except errors.Unauthorized:
            return _UNSCOPED
        return scope

    def _find_scope(self, scope: ScopeWish) -> ScopeWish:
        """The scope by id.

        :raises Unauthorized: if there is none of that name
        """
        if scope.name is None or scope.kind not in (ScopeKind.PROJECT, ScopeKind.DOMAIN):
            return scope
        if scope.kind == ScopeKind.DOMAIN:
            found = self.projects.first(owner_id='', name=scope.name)
        else:
            domain = self.find_domain_by_wish(scope.domain)
            if domain is None:
                raise errors.Unauthorized()
            found = self.projects.first(owner_id=domain.id, name=scope.name)
        if found is None:
            raise errors.Unauthorized()
        return ScopeWish(kind=scope.kind, id=found.id)


def _refuse_exchange(token: Claim, scope: ScopeWish | None, may_rescope: bool) -> None:
    """:raises Forbidden: if this token must not be made into another"""
    why = None
    wanted = scope.kind if scope is not None else ScopeKind.UNSCOPED
    if token.trust_id is not None:
        why = ('Using trust-scoped token to create another token. Create a new trust-scoped token '
               'instead')
    elif token.application_credential_id is not None or credentials.METHOD in token.methods:
        why = 'Using a delegated token to create another token is not allowed'
    elif token.scope == ScopeKind.SYSTEM and wanted in (ScopeKind.PROJECT, ScopeKind.DOMAIN):
        why = ('Using a system-scoped token to create a project-scoped or domain-scoped token is '
               'not allowed')
    elif token.scope != ScopeKind.UNSCOPED and not may_rescope:
        why = 'rescope a scoped token'
    if why is not None:
        raise errors.Forbidden(f'You are not authorized to perform the requested action: {why}.')


def _refuse_too_few(user: User, login: Login) -> None:
    """:raises Unauthorized: if the user has to show more than was shown

    As in Keystone, methods that nobody could use here do not count, and a rule of nothing else is
    none.
    """
    rules = user.options.get('multi_factor_auth_rules')
    if not isinstance(rules, list) or user.options.get('multi_factor_auth_enabled') is False:
        return
    shown = {*login.methods, *(login.token.methods if login.token is not None else ())}
    usable = [wanted for rule in rules if (wanted := _METHODS.intersection(rule))]
    if usable and not any(wanted <= shown for wanted in usable):
        raise errors.Unauthorized(
            f'Insufficient auth methods received for {user.id}. Auth Methods Provided: '
            f'[{",".join(sorted(shown))}].')


def _continued(principal: Principal, token: Claim) -> Principal:
    """A token from a token ends when that one ends, and belongs to its chain."""
    return dataclasses.replace(
        principal, methods=tuple(dict.fromkeys((*principal.methods, *token.methods))),
        expires_at=min(token.expires_at, principal.expires_at or token.expires_at),
        chain=token.audit_ids[-1] if token.audit_ids else None)
