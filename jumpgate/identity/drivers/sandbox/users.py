"""Users."""
from __future__ import annotations

import dataclasses
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import users as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.passwords import Passwords
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.models.users import NewUser, User, UserChanges
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import in_unit, unit_of_work

TABLE = sa.Table(
    'identity_users', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('domain_id', sa.String(64), nullable=False),
    sa.Column('name', sa.String(255), nullable=False),
    sa.Column('default_project_id', sa.String(64), index=True),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('domain_id', 'name', name='uq_identity_users_name'),
    **OPTIONS)


class UserShelf(base.Base):
    """The table of users, for every noun that looks into it."""

    @functools.cached_property
    def users(self) -> Shelf[User]:
        return Shelf(self.store, TABLE, User, ('domain_id', 'name', 'default_project_id'))

    def find_user(self, user_id: str) -> User:
        """:raises NotFound: if there is none with this id"""
        user = self.users.get(user_id)
        if user is None:
            raise base.not_found('user', user_id)
        return user


class Users(UserShelf, ProjectShelf, Passwords, interface.Users):
    """Users on SQL."""

    def list_users(self, context: RequestContext, query: Query) -> Page[User]:
        domain_id = query.value('domain_id')
        found = self.users.find() if domain_id is None else self.users.find(domain_id=domain_id)
        return Page.whole(found, applied=('domain_id',))

    def get_user(self, context: RequestContext, user_id: str) -> User:
        return self.find_user(user_id)

    def create_user(self, context: RequestContext, new: NewUser) -> User:
        hashed = None
        if new.password is not None:
            self.check_strength(new.password)
            hashed = self.hash_password(new.password)
        return in_unit(self.store, lambda: self._insert_user(new, hashed))

    def _insert_user(self, new: NewUser, hashed: str | None) -> User:
        if not self.projects.has(id=new.domain_id, is_domain=True):
            raise base.not_found('domain', new.domain_id)
        self._refuse_domain_as_default(new.default_project_id)
        user = User(
            id=base.new_id(), name=new.name, domain_id=new.domain_id, enabled=new.enabled,
            description=new.description, default_project_id=new.default_project_id,
            options=base.merged({}, new.options), extra=new.extra)
        user = dataclasses.replace(
            user, password_expires_at=self.expiry_of(user, hashed, by_admin=True))
        self.users.insert(user, base.duplicate('user', user.name, user.domain_id))
        self.start_secrets(user, hashed)
        return user

    def update_user(self, context: RequestContext, user_id: str, changes: UserChanges) -> User:
        hashed = None
        if isinstance(changes.password, str):
            self.check_strength(changes.password)
            self.find_user(user_id)
            hashed = self.hash_password(changes.password)
        return in_unit(self.store, lambda: self._update_user(user_id, changes, hashed))

    def _update_user(self, user_id: str, changes: UserChanges, hashed: str | None) -> User:
        old = self.find_user(user_id)
        if changes.domain_id is not UNSET and changes.domain_id != old.domain_id:
            raise errors.Invalid('Cannot change Domain ID')
        default = (old.default_project_id if changes.default_project_id is UNSET
                   else changes.default_project_id)
        if default != old.default_project_id:
            self._refuse_domain_as_default(default)
        new = dataclasses.replace(
            old,
            name=old.name if changes.name is UNSET else changes.name,
            enabled=old.enabled if changes.enabled is UNSET else changes.enabled,
            description=old.description if changes.description is UNSET else changes.description,
            default_project_id=default,
            options=base.merged(old.options, changes.options),
            extra=base.added(old.extra, changes.extra))
        if changes.password is not UNSET:
            new = dataclasses.replace(
                new, password_expires_at=self.expiry_of(new, hashed, by_admin=True))
            self.replace_password(new, hashed)
        if new.enabled and not old.enabled:
            self.unlock(user_id)
        if old.enabled and not new.enabled:
            self.user_disabled(user_id)
        self.users.update(new, base.duplicate('user', new.name, new.domain_id))
        self.end_remembered_tokens()
        return new

    def _refuse_domain_as_default(self, project_id: str | None) -> None:
        """:raises Invalid: if the project acts as a domain; that it exists is not asked"""
        if project_id and self.projects.has(id=project_id, is_domain=True):
            raise errors.Invalid("User's default project ID cannot be a domain ID: "
                                 f'{project_id}')

    @unit_of_work
    def delete_user(self, context: RequestContext, user_id: str) -> None:
        self.find_user(user_id)
        self._drop_user(user_id)

    def _drop_user(self, user_id: str) -> None:
        self.users.delete(user_id)
        self.user_deleted(user_id)
        self.end_remembered_tokens()

    def change_password(self, context: RequestContext, user_id: str, original: str,
                        password: str) -> None:
        user = self.users.get(user_id)
        self.verify_password(user, original, may_be_expired=True)
        assert user is not None
        self.check_choice(user, password)
        hashed = self.hash_password(password)

        def change() -> None:
            expires = self.expiry_of(user, hashed, by_admin=False)
            self.users.update(dataclasses.replace(user, password_expires_at=expires))
            self.replace_password(user, hashed, by_admin=False)
            self.end_remembered_tokens()
        in_unit(self.store, change)

    @unit_of_work
    def end_user_tokens(self, context: RequestContext, user_id: str) -> None:
        self.find_user(user_id)
        self.end_tokens_of(user_id)
        self.end_remembered_tokens()

    def domain_deleted(self, domain_id: str) -> None:
        for user in self.users.find(domain_id=domain_id):
            self._drop_user(user.id)
        super().domain_deleted(domain_id)

    def project_deleted(self, project_id: str) -> None:
        super().project_deleted(project_id)
        for user in self.users.find(default_project_id=project_id):
            self.users.update(dataclasses.replace(user, default_project_id=None))
