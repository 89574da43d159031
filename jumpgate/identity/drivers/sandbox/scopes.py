"""What somebody is in a scope: the roles they have there, and the names of everything."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.identity.drivers.sandbox.effective import Effective
from jumpgate.identity.drivers.sandbox.passwords import Passwords
from jumpgate.identity.models.assignments import SYSTEM
from jumpgate.identity.models.projects import Project
from jumpgate.identity.models.roles import Role
from jumpgate.identity.models.tokens import (
    DomainRef,
    DomainWish,
    Principal,
    ProjectRef,
    RoleRef,
    ScopeKind,
    ScopeWish,
    UserRef,
    UserWish,
)
from jumpgate.identity.models.users import User


class Scopes(Effective, Passwords):
    """Who somebody is, and for what."""

    # --- who

    def find_by_wish(self, wish: UserWish | None) -> User | None:
        if wish is None:
            return None
        if wish.name is None:
            return self.users.get(wish.id or '')
        domain = self.find_domain_by_wish(wish.domain)
        if domain is None:
            return None
        return self.users.first(domain_id=domain.id, name=wish.name)

    def find_domain_by_wish(self, wish: DomainWish | None) -> Project | None:
        if wish is None:
            return None
        if wish.name is not None:
            return self.projects.first(owner_id='', name=wish.name)
        return self.projects.first(id=wish.id or '', is_domain=True)

    def refuse_disabled(self, user: User) -> None:
        """:raises Unauthorized: if the user or their domain is disabled"""
        domain = self.projects.get(user.domain_id)
        if not user.enabled or domain is None or not domain.enabled or self.is_inactive(user):
            raise errors.Unauthorized()

    # --- for what

    def in_scope(self, user: User, scope: ScopeWish) -> Principal:
        """The user with the roles that they have in a scope given by id.

        :raises Unauthorized: if they have none, or the scope is gone or disabled
        """
        principal = Principal(user=self.user_ref(user))
        if scope.kind == ScopeKind.UNSCOPED:
            return principal
        if scope.kind == ScopeKind.SYSTEM:
            roles = self.roles_on(user.id, SYSTEM)
            return dataclasses.replace(principal, system=True, roles=role_refs(roles))
        target = self.projects.get(scope.id or '')
        if target is None or not target.enabled:
            raise errors.Unauthorized()
        if scope.kind == ScopeKind.DOMAIN:
            if not target.is_domain:
                raise errors.Unauthorized()
            return dataclasses.replace(
                principal, domain=DomainRef(id=target.id, name=target.name),
                roles=role_refs(self.roles_on(user.id, target.id)))
        return dataclasses.replace(
            principal, project=self.project_ref(target),
            roles=role_refs(self.roles_on_project(user.id, target)))

    def user_ref(self, user: User) -> UserRef:
        return UserRef(id=user.id, name=user.name, domain=self._domain_ref(user.domain_id),
                       password_expires_at=user.password_expires_at)

    def project_ref(self, project: Project) -> ProjectRef:
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


def role_refs(roles: list[Role]) -> tuple[RoleRef, ...]:
    """:raises Unauthorized: for no roles at all"""
    if not roles:
        raise errors.Unauthorized()
    return tuple(RoleRef(id=role.id, name=role.name) for role in roles)
