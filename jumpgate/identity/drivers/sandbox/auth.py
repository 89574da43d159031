"""Logging in to the embedded identity service, and whether a token still counts."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.identity.driver import auth as interface
from jumpgate.identity.drivers.sandbox.domains import to_domain
from jumpgate.identity.drivers.sandbox.effective import Effective
from jumpgate.identity.drivers.sandbox.passwords import Passwords
from jumpgate.identity.models.assignments import SYSTEM
from jumpgate.identity.models.domains import Domain
from jumpgate.identity.models.projects import Project
from jumpgate.identity.models.roles import Role
from jumpgate.identity.models.tokens import (
    Claim,
    DomainRef,
    DomainWish,
    Login,
    Principal,
    ProjectRef,
    RoleRef,
    ScopeKind,
    ScopeWish,
    UserRef,
    UserWish,
)
from jumpgate.identity.models.users import User

_UNSCOPED = ScopeWish(kind=ScopeKind.UNSCOPED)


class Auth(Effective, Passwords, interface.Auth):
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
        self._refuse_disabled(user)
        scope = login.scope or self._default_scope(user)
        principal = self._in_scope(user, self._find_scope(scope))
        principal = dataclasses.replace(principal, methods=tuple(dict.fromkeys(login.methods)))
        return principal if login.token is None else _continued(principal, login.token)

    def check(self, claim: Claim) -> Principal:
        user = self.users.get(claim.user_id)
        if user is None:
            raise errors.Unauthorized()
        self._refuse_disabled(user)
        secrets = self.secrets.get(user.id)
        if secrets is not None and claim.issued_at < secrets.tokens_since:
            raise errors.Unauthorized()
        principal = self._in_scope(user, ScopeWish(kind=claim.scope, id=claim.scope_id))
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
            user = self._find_by_wish(login.user)
            self.verify_password(user, login.password or '')
        elif method == 'token' and login.token is not None:
            _refuse_exchange(login.token, login.scope, self.conf.token.allow_rescope_scoped_token)
            user = self.users.get(login.token.user_id)
        else:
            raise errors.Unauthorized('Attempted to authenticate with an unsupported method.')
        if user is None:
            raise errors.Unauthorized()
        return user

    def _find_by_wish(self, wish: UserWish | None) -> User | None:
        if wish is None:
            return None
        if wish.name is None:
            return self.users.get(wish.id or '')
        domain = self._find_domain_by_wish(wish.domain)
        if domain is None:
            return None
        return self.users.first(domain_id=domain.id, name=wish.name)

    def _find_domain_by_wish(self, wish: DomainWish | None) -> Project | None:
        if wish is None:
            return None
        if wish.name is not None:
            return self.projects.first(owner_id='', name=wish.name)
        return self.projects.first(id=wish.id or '', is_domain=True)

    def _refuse_disabled(self, user: User) -> None:
        """:raises Unauthorized: if the user or their domain is disabled"""
        domain = self.projects.get(user.domain_id)
        if not user.enabled or domain is None or not domain.enabled or self.is_inactive(user):
            raise errors.Unauthorized()

    # --- for what

    def _default_scope(self, user: User) -> ScopeWish:
        """The default project, if the user may act there; else none."""
        if not user.default_project_id:
            return _UNSCOPED
        scope = ScopeWish(kind=ScopeKind.PROJECT, id=user.default_project_id)
        try:
            self._in_scope(user, scope)
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
            domain = self._find_domain_by_wish(scope.domain)
            if domain is None:
                raise errors.Unauthorized()
            found = self.projects.first(owner_id=domain.id, name=scope.name)
        if found is None:
            raise errors.Unauthorized()
        return ScopeWish(kind=scope.kind, id=found.id)

    def _in_scope(self, user: User, scope: ScopeWish) -> Principal:
        """The user with the roles that they have in a scope given by id.

        :raises Unauthorized: if they have none, or the scope is gone or disabled
        """
        principal = Principal(user=self._user_ref(user))
        if scope.kind == ScopeKind.UNSCOPED:
            return principal
        if scope.kind == ScopeKind.SYSTEM:
            roles = self.roles_on(user.id, SYSTEM)
            return dataclasses.replace(principal, system=True, roles=_refs(roles))
        target = self.projects.get(scope.id or '')
        if target is None or not target.enabled:
            raise errors.Unauthorized()
        if scope.kind == ScopeKind.DOMAIN:
            if not target.is_domain:
                raise errors.Unauthorized()
            return dataclasses.replace(
                principal, domain=DomainRef(id=target.id, name=target.name),
                roles=_refs(self.roles_on(user.id, target.id)))
        return dataclasses.replace(
            principal, project=self._project_ref(target),
            roles=_refs(self.roles_on_project(user.id, target)))

    def _user_ref(self, user: User) -> UserRef:
        return UserRef(id=user.id, name=user.name, domain=self._domain_ref(user.domain_id),
                       password_expires_at=user.password_expires_at)

    def _project_ref(self, project: Project) -> ProjectRef:
        if project.is_domain:
            domain = DomainRef(id=project.id, name=project.name)
        else:
            domain = self._domain_ref(project.domain_id or '')
        return ProjectRef(id=project.id, name=project.name, domain=domain,
                          is_domain=project.is_domain)

    def _domain_ref(self, domain_id: str) -> DomainRef:
        """:raises Unauthorized: if the domain is gone or disabled"""
        domain = self.projects.get(domain_id)
        if domain is None or not domain.enabled:
            raise errors.Unauthorized()
        return DomainRef(id=domain.id, name=domain.name)


def _refs(roles: list[Role]) -> tuple[RoleRef, ...]:
    """:raises Unauthorized: for no roles at all"""
    if not roles:
        raise errors.Unauthorized()
    return tuple(RoleRef(id=role.id, name=role.name) for role in roles)


def _refuse_exchange(token: Claim, scope: ScopeWish | None, may_rescope: bool) -> None:
    """:raises Forbidden: if this token must not be made into another"""
    why = None
    wanted = scope.kind if scope is not None else ScopeKind.UNSCOPED
    if token.trust_id is not None:
        why = 'Using trust-scoped token to create another token. Create a new trust-scoped token'
    elif token.application_credential_id is not None:
        why = 'Using a delegated token to create another token is not allowed'
    elif token.scope == ScopeKind.SYSTEM and wanted in (ScopeKind.PROJECT, ScopeKind.DOMAIN):
        why = ('Using a system-scoped token to create a project-scoped or domain-scoped token is '
               'not allowed')
    elif token.scope != ScopeKind.UNSCOPED and not may_rescope:
        why = 'rescope a scoped token'
    if why is not None:
        raise errors.Forbidden(f'You are not authorized to perform the requested action: {why}.')


def _continued(principal: Principal, token: Claim) -> Principal:
    """A token from a token ends when that one ends, and belongs to its chain."""
    return dataclasses.replace(
        principal, methods=tuple(dict.fromkeys((*principal.methods, *token.methods))),
        expires_at=token.expires_at, chain=token.audit_ids[-1] if token.audit_ids else None)
