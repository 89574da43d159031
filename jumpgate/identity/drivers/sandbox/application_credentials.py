"""Application credentials and access rules on SQL, and logging in with one."""
from __future__ import annotations

import dataclasses
import datetime
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page, Query
from jumpgate.common.model import model
from jumpgate.identity.driver import application_credentials as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.scopes import Scopes
from jumpgate.identity.models.application_credentials import (
    AccessRule,
    AccessRuleWish,
    ApplicationCredential,
    NewApplicationCredential,
    RoleWish,
)
from jumpgate.identity.models.assignments import ActorKind, Grant, TargetKind
from jumpgate.identity.models.roles import Role
from jumpgate.identity.models.tokens import (
    ApplicationCredentialRef,
    Login,
    Principal,
    ScopeKind,
    ScopeWish,
)
from jumpgate.identity.models.users import User
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import in_unit, unit_of_work

METHOD = 'application_credential'

TABLE = sa.Table(
    'identity_application_credentials', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('user_id', sa.String(64), nullable=False),
    sa.Column('name', sa.String(255), nullable=False),
    sa.Column('project_id', sa.String(64), nullable=False, index=True),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('user_id', 'name', name='uq_identity_application_credentials_name'),
    **OPTIONS)

RULES = sa.Table(
    'identity_access_rules', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('user_id', sa.String(64), nullable=False),
    sa.Column('service', sa.String(64), nullable=False),
    sa.Column('path', sa.String(225), nullable=False),
    sa.Column('method', sa.String(16), nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('user_id', 'service', 'path', 'method', name='uq_identity_access_rules'),
    **OPTIONS)


@model
class StoredCredential:
    """An application credential as the table has it.

    :param rule_ids: None: it has no access rules
    """

    id: str
    name: str
    user_id: str
    project_id: str
    secret_hash: str = dataclasses.field(repr=False)
    description: str | None = None
    expires_at: datetime.datetime | None = None
    unrestricted: bool | None = None
    role_ids: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] | None = None


@model
class StoredRule:
    """An access rule as the table has it."""

    id: str
    user_id: str
    service: str
    path: str
    method: str


class ApplicationCredentials(Scopes, interface.ApplicationCredentials):
    """Application credentials."""

    @functools.cached_property
    def application_credentials(self) -> Shelf[StoredCredential]:
        return Shelf(self.store, TABLE, StoredCredential, ('user_id', 'name', 'project_id'))

    @functools.cached_property
    def access_rules(self) -> Shelf[StoredRule]:
        return Shelf(self.store, RULES, StoredRule, ('user_id', 'service', 'path', 'method'))

    # --- the interface

    def list_application_credentials(self, context: RequestContext, user_id: str,
                                     query: Query) -> Page[ApplicationCredential]:
        return Page.whole([self._to_credential(one) for one in
                           self.application_credentials.find(user_id=user_id)])

    def get_application_credential(self, context: RequestContext,
                                   credential_id: str) -> ApplicationCredential:
        return self._to_credential(self._find_credential(credential_id))

    def create_application_credential(self, context: RequestContext,
                                      new: NewApplicationCredential) -> ApplicationCredential:
        self.refuse_past(new.expires_at)
        hashed = self.hash_password(new.secret)
        return in_unit(self.store, lambda: self._create_credential(context, new, hashed))

    def _create_credential(self, context: RequestContext, new: NewApplicationCredential,
                           hashed: str) -> ApplicationCredential:
        user_id = context.user_id or ''
        rules = [self._rule(user_id, wish) for wish in new.access_rules]
        return self._to_credential(self.application_credentials.insert(StoredCredential(
            id=base.new_id(), name=new.name, user_id=user_id,
            project_id=context.project_id or '', secret_hash=hashed,
            description=new.description, expires_at=new.expires_at,
            unrestricted=new.unrestricted, role_ids=self._chosen_roles(context, new.roles),
            rule_ids=tuple(dict.fromkeys(rule.id for rule in rules)) if rules else None),
            base.duplicate(METHOD, new.name)))

    @unit_of_work
    def delete_application_credential(self, context: RequestContext, credential_id: str) -> None:
        self._find_credential(credential_id)
        self.application_credentials.delete(credential_id)
        self.end_remembered_tokens()

    def list_access_rules(self, context: RequestContext, user_id: str,
                          query: Query) -> Page[AccessRule]:
        return Page.whole([_to_rule(rule) for rule in self.access_rules.find(user_id=user_id)])

    def get_access_rule(self, context: RequestContext, user_id: str, rule_id: str) -> AccessRule:
        return _to_rule(self._find_rule(user_id, rule_id))

    @unit_of_work
    def delete_access_rule(self, context: RequestContext, user_id: str, rule_id: str) -> None:
        self._find_rule(user_id, rule_id)
        if any(rule_id in (credential.rule_ids or ())
               for credential in self.application_credentials.find(user_id=user_id)):
            raise errors.Forbidden('May not delete access rule in use')
        self.access_rules.delete(rule_id)

    # --- logging in with one

    def log_in_with_application_credential(self, login: Login) -> User | None:
        """The user whose application credential it is; None where the secret is wrong.

        :raises NotFound: if there is none with the id
        """
        stored = self._credential_of(login)
        is_right = self.matches_hash(login.application_credential_secret or '',
                                     None if stored is None else stored.secret_hash)
        if stored is None or not is_right or self.is_past(stored.expires_at):
            return None
        return self.users.get(stored.user_id)

    def by_application_credential(self, user: User, login: Login) -> Principal:
        """What somebody is who logged in with an application credential.

        :raises Unauthorized: if another scope is asked for, or its roles are gone
        """
        if login.scope is not None:
            raise errors.Unauthorized('Error authenticating with application credential: '
                                      'Application credentials cannot request a scope.')
        stored = self._credential_of(login)
        return self.of_application_credential(user, '' if stored is None else stored.id)

    def of_application_credential(self, user: User, credential_id: str) -> Principal:
        """What somebody is now who has a token of an application credential.

        :raises Unauthorized: if it or its roles are gone
        """
        stored = self.application_credentials.get(credential_id)
        if stored is None or stored.user_id != user.id:
            raise errors.Unauthorized()
        principal = self.in_scope(
            user, ScopeWish(kind=ScopeKind.PROJECT, id=stored.project_id))
        kept = [role for role in principal.roles if role.id in stored.role_ids]
        if not kept:
            raise errors.Unauthorized()
        rules = self._rules_of(stored)
        return dataclasses.replace(
            principal, roles=tuple(kept),
            expires_at=None if stored.expires_at is None else stored.expires_at.timestamp(),
            application_credential=ApplicationCredentialRef(
                id=stored.id, name=stored.name, restricted=not stored.unrestricted,
                access_rules=None if rules is None else tuple(
                    {'id': rule.id, 'service': rule.service, 'path': rule.path,
                     'method': rule.method} for rule in rules)))

    def _credential_of(self, login: Login) -> StoredCredential | None:
        if login.application_credential_id is not None:
            return self._find_credential(login.application_credential_id)
        user = self.find_by_wish(login.user)
        return None if user is None else self.application_credentials.first(
            user_id=user.id, name=login.application_credential_name)

    # --- pieces

    def _find_credential(self, credential_id: str) -> StoredCredential:
        found = self.application_credentials.get(credential_id)
        if found is None:
            raise base.not_found('Application Credential', credential_id)
        return found

    def _find_rule(self, user_id: str, rule_id: str) -> StoredRule:
        found = self.access_rules.first(id=rule_id, user_id=user_id)
        if found is None:
            raise base.not_found('Access Rule', rule_id)
        return found

    def _chosen_roles(self, context: RequestContext,
                      wishes: tuple[RoleWish, ...]) -> tuple[str, ...]:
        """:raises Invalid: if the token has not all of them"""
        if wishes:
            chosen = self.with_implied(self.role_of(wish).id for wish in wishes)
        else:
            chosen = [role for role in self.roles.find(owner_id='') if role.name in context.roles]
        if not chosen or any(role.name not in context.roles for role in chosen):
            raise _unassigned()
        return tuple(role.id for role in chosen)

    def role_of(self, wish: RoleWish) -> Role:
        """The role that is meant.

        :raises Invalid: if there is none with the id
        :raises NotFound: if there is none with the name
        """
        if wish.id is not None:
            role = self.roles.get(wish.id)
            if role is None:
                raise _unassigned()
            return role
        role = self.roles.first(owner_id='', name=wish.name)
        if role is None:
            raise errors.NotFound(f'Role {wish.name} is not defined')
        return role

    def _rule(self, user_id: str, wish: AccessRuleWish) -> StoredRule:
        """The user's rule that says this, made where there is none.

        :raises NotFound: if the user has none with the id
        """
        if wish.service is None or wish.path is None or wish.method is None:
            return self._find_rule(user_id, wish.id or '')
        known = self.access_rules.first(
            user_id=user_id, service=wish.service, path=wish.path, method=wish.method)
        return known or self.access_rules.insert(StoredRule(
            id=base.new_id(), user_id=user_id, service=wish.service, path=wish.path,
            method=wish.method))

    def _rules_of(self, stored: StoredCredential) -> tuple[AccessRule, ...] | None:
        if stored.rule_ids is None:
            return None
        return tuple(_to_rule(rule) for rule in self.access_rules.find(id=stored.rule_ids))

    def _to_credential(self, stored: StoredCredential) -> ApplicationCredential:
        return ApplicationCredential(
            id=stored.id, name=stored.name, user_id=stored.user_id,
            project_id=stored.project_id, description=stored.description,
            expires_at=stored.expires_at, unrestricted=stored.unrestricted,
            roles=tuple(self.roles.find(id=stored.role_ids)),
            access_rules=self._rules_of(stored))

    # --- what they rely on

    def user_deleted(self, user_id: str) -> None:
        self._forget_credentials_of(user_id)
        super().user_deleted(user_id)

    def user_disabled(self, user_id: str) -> None:
        self._forget_credentials_of(user_id)
        super().user_disabled(user_id)

    def _forget_credentials_of(self, user_id: str) -> None:
        self.application_credentials.delete_where(user_id=user_id)
        self.access_rules.delete_where(user_id=user_id)

    def project_deleted(self, project_id: str) -> None:
        self.application_credentials.delete_where(project_id=project_id)
        super().project_deleted(project_id)

    def grant_deleted(self, grant: Grant) -> None:
        if grant.actor == ActorKind.USER and grant.target == TargetKind.PROJECT:
            self.application_credentials.delete_where(
                user_id=grant.actor_id, project_id=grant.target_id)
        super().grant_deleted(grant)


def _to_rule(stored: StoredRule) -> AccessRule:
    return AccessRule(id=stored.id, service=stored.service, path=stored.path,
                      method=stored.method)


def _unassigned() -> errors.Invalid:
    return errors.Invalid('Invalid application credential: Cannot create an application '
                          'credential with unassigned role')
