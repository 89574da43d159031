"""Groups and who is in them."""
from __future__ import annotations

import dataclasses
import functools

import sqlalchemy as sa
from sqlalchemy import exc

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import groups as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.drivers.sandbox.users import UserShelf
from jumpgate.identity.models.groups import Group, GroupChanges, NewGroup
from jumpgate.identity.models.users import User
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_groups', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('domain_id', sa.String(64), nullable=False),
    sa.Column('name', sa.String(64), nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('domain_id', 'name', name='uq_identity_groups_name'),
    **OPTIONS)

MEMBERS = sa.Table(
    'identity_group_members', METADATA,
    sa.Column('user_id', sa.String(64), primary_key=True),
    sa.Column('group_id', sa.String(64), primary_key=True, index=True),
    **OPTIONS)


class GroupShelf(base.Base):
    """The tables of groups, for every noun that looks into them."""

    @functools.cached_property
    def groups(self) -> Shelf[Group]:
        return Shelf(self.store, TABLE, Group, ('domain_id', 'name'))

    def find_group(self, group_id: str) -> Group:
        """:raises NotFound: if there is none with this id"""
        group = self.groups.get(group_id)
        if group is None:
            raise base.not_found('group', group_id)
        return group

    def group_ids_of(self, user_id: str) -> tuple[str, ...]:
        """The groups that a user is in."""
        return self._members('group_id', 'user_id', user_id)

    def member_ids_of(self, group_id: str) -> tuple[str, ...]:
        """The users in a group."""
        return self._members('user_id', 'group_id', group_id)

    def _members(self, column: str, known: str, identifier: str) -> tuple[str, ...]:
        rows = self.store.quick_rows(
            f'SELECT {column} FROM identity_group_members '  # noqa: S608 (constants)
            f'WHERE {known} = {self.store.placeholder}', (identifier,))
        return tuple(row[0] for row in rows)


class Groups(GroupShelf, UserShelf, ProjectShelf, interface.Groups):
    """Groups on SQL."""

    def list_groups(self, context: RequestContext, query: Query) -> Page[Group]:
        domain_id = query.value('domain_id')
        found = self.groups.find() if domain_id is None else self.groups.find(domain_id=domain_id)
        return Page.whole(found, applied=('domain_id',))

    def get_group(self, context: RequestContext, group_id: str) -> Group:
        return self.find_group(group_id)

    @unit_of_work
    def create_group(self, context: RequestContext, new: NewGroup) -> Group:
        if not self.projects.has(id=new.domain_id, is_domain=True):
            raise base.not_found('domain', new.domain_id)
        group = Group(id=base.new_id(), name=new.name, domain_id=new.domain_id,
                      description=new.description, extra=new.extra)
        return self.groups.insert(group, base.duplicate('group', new.name, new.domain_id))

    @unit_of_work
    def update_group(self, context: RequestContext, group_id: str,
                     changes: GroupChanges) -> Group:
        old = self.find_group(group_id)
        if changes.domain_id is not UNSET and changes.domain_id != old.domain_id:
            raise errors.Invalid('Cannot change Domain ID')
        new = dataclasses.replace(
            old,
            name=old.name if changes.name is UNSET else changes.name,
            description=old.description if changes.description is UNSET else changes.description,
            extra=base.added(old.extra, changes.extra))
        return self.groups.update(new, base.duplicate('group', new.name, new.domain_id))

    @unit_of_work
    def delete_group(self, context: RequestContext, group_id: str) -> None:
        self.find_group(group_id)
        self._drop_group(group_id)

    def _drop_group(self, group_id: str) -> None:
        self.groups.delete(group_id)
        self.store.execute(MEMBERS.delete().where(MEMBERS.c.group_id == group_id))
        self.group_deleted(group_id)
        self.end_remembered_tokens()

    def list_group_users(self, context: RequestContext, group_id: str,
                         query: Query) -> Page[User]:
        self.find_group(group_id)
        return Page.whole(self.users.find(id=self.member_ids_of(group_id)))

    def list_user_groups(self, context: RequestContext, user_id: str,
                         query: Query) -> Page[Group]:
        self.find_user(user_id)
        return Page.whole(self.groups.find(id=self.group_ids_of(user_id)))

    @unit_of_work
    def add_user_to_group(self, context: RequestContext, group_id: str, user_id: str) -> None:
        self.find_user(user_id)
        self.find_group(group_id)
        if user_id in self.member_ids_of(group_id):
            return
        try:
            self.store.execute(MEMBERS.insert(), {'user_id': user_id, 'group_id': group_id})
        except exc.IntegrityError as error:
            raise errors.Conflict('The user is being added to the group already.') from error
        self.end_remembered_tokens()

    @unit_of_work
    def remove_user_from_group(self, context: RequestContext, group_id: str,
                               user_id: str) -> None:
        self.check_user_in_group(context, group_id, user_id)
        self.store.execute(MEMBERS.delete().where(
            MEMBERS.c.group_id == group_id, MEMBERS.c.user_id == user_id))
        self.end_remembered_tokens()

    def check_user_in_group(self, context: RequestContext, group_id: str, user_id: str) -> None:
        self.find_user(user_id)
        self.find_group(group_id)
        if user_id not in self.member_ids_of(group_id):
            raise errors.NotFound(f"User '{user_id}' not found in group '{group_id}'")

    def user_deleted(self, user_id: str) -> None:
        super().user_deleted(user_id)
        self.store.execute(MEMBERS.delete().where(MEMBERS.c.user_id == user_id))

    def domain_deleted(self, domain_id: str) -> None:
        for group in self.groups.find(domain_id=domain_id):
            self._drop_group(group.id)
        super().domain_deleted(domain_id)
