"""What follows from grants: groups, inheritance and implied roles worked out."""
from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa

from jumpgate.identity.drivers.sandbox.groups import GroupShelf
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.drivers.sandbox.roles import RoleShelf
from jumpgate.identity.drivers.sandbox.users import UserShelf
from jumpgate.identity.models.assignments import (
    SYSTEM,
    ActorKind,
    Assignment,
    AssignmentQuery,
    Grant,
    TargetKind,
)
from jumpgate.identity.models.projects import Project
from jumpgate.identity.models.roles import Role
from jumpgate.store.tables import METADATA, OPTIONS

TABLE = sa.Table(
    'identity_grants', METADATA,
    sa.Column('actor_id', sa.String(64), primary_key=True),
    sa.Column('target_id', sa.String(64), primary_key=True, index=True),
    sa.Column('role_id', sa.String(64), primary_key=True),
    sa.Column('inherited', sa.Boolean, primary_key=True),
    sa.Column('actor', sa.String(8), nullable=False),
    sa.Column('target', sa.String(8), nullable=False),
    **OPTIONS)

_SELECT = 'SELECT actor, actor_id, target, target_id, role_id, inherited FROM identity_grants'


class Effective(GroupShelf, UserShelf, ProjectShelf, RoleShelf):
    """The table of grants, and what they come to."""

    # --- the table

    def grants(self, *, like: Grant | None = None, actor_ids: Collection[str] | None = None,
               target_ids: Collection[str] | None = None) -> list[Grant]:
        """The grants of these actors on these targets; None: any.

        :param like: only the very same one
        """
        if like is not None:
            found = self.grants(actor_ids=(like.actor_id,), target_ids=(like.target_id,))
            return [grant for grant in found if grant == like]
        mark = self.store.placeholder
        conditions: list[str] = []
        values: list[str] = []
        for column, ids in (('actor_id', actor_ids), ('target_id', target_ids)):
            if ids is None:
                continue
            if not ids:
                return []
            conditions.append(f'{column} IN ({", ".join([mark] * len(ids))})')
            values.extend(ids)
        where = ' WHERE ' + ' AND '.join(conditions) if conditions else ''
        rows = self.store.quick_rows(
            f'{_SELECT}{where} ORDER BY actor_id, target_id, role_id', values)
        return [Grant(actor=ActorKind(row[0]), actor_id=row[1], target=TargetKind(row[2]),
                      target_id=row[3], role_id=row[4], inherited=bool(row[5])) for row in rows]

    def insert_grant(self, grant: Grant) -> None:
        """:raises sqlalchemy.exc.IntegrityError: if it is there already"""
        self.store.execute(TABLE.insert(), {
            'actor': grant.actor, 'actor_id': grant.actor_id, 'target': grant.target,
            'target_id': grant.target_id, 'role_id': grant.role_id,
            'inherited': grant.inherited})

    def remove_grant(self, grant: Grant) -> bool:
        """Returns whether it was there."""
        return self.store.execute(TABLE.delete().where(
            TABLE.c.actor_id == grant.actor_id, TABLE.c.target_id == grant.target_id,
            TABLE.c.role_id == grant.role_id, TABLE.c.inherited == grant.inherited,
            TABLE.c.actor == grant.actor, TABLE.c.target == grant.target)) > 0

    # --- what somebody has

    def roles_on_project(self, user_id: str, project: Project) -> list[Role]:
        """The roles that a token of the user for the project has, implied ones among them."""
        above = self.ancestors(project)
        found = self.grants(actor_ids=self._actors(user_id),
                            target_ids=(project.id, *(one.id for one in above)))
        return self.with_implied(
            grant.role_id for grant in found
            if (grant.target_id == project.id and not grant.inherited)
            or (grant.target_id != project.id and grant.inherited))

    def roles_on(self, user_id: str, target_id: str) -> list[Role]:
        """The roles that the user has on a domain or, by `SYSTEM`, on the system."""
        found = self.grants(actor_ids=self._actors(user_id), target_ids=(target_id,))
        return self.with_implied(grant.role_id for grant in found if not grant.inherited)

    def with_implied(self, role_ids: Iterable[str]) -> list[Role]:
        """The roles and those they imply; roles of domains are left out, as in tokens."""
        ids = self.implied_by(role_ids)
        found = self.roles.find(id=tuple(ids))
        return [role for role in found if role.domain_id is None]

    def projects_of(self, user_id: str) -> list[Project]:
        """The enabled projects on which the user has a role, by id."""
        found: dict[str, Project] = {}
        for grant in self.grants(actor_ids=self._actors(user_id)):
            for project_id in self._reach(grant):
                if project_id not in found:
                    project = self.projects.get(project_id)
                    if project is not None and not project.is_domain:
                        found[project_id] = project
        return [found[project_id] for project_id in sorted(found)]

    def domains_of(self, user_id: str) -> list[Project]:
        """The domains on which the user has a role."""
        ids = {grant.target_id for grant in self.grants(actor_ids=self._actors(user_id))
               if grant.target == TargetKind.DOMAIN and not grant.inherited}
        return self.projects.find(id=tuple(ids), is_domain=True)

    def _actors(self, user_id: str) -> tuple[str, ...]:
        return (user_id, *self.group_ids_of(user_id))

    def _reach(self, grant: Grant) -> Iterator[str]:
        """The projects on which a grant counts."""
        if grant.target == TargetKind.SYSTEM:
            return
        if grant.inherited:
            yield from (below.id for below in self.subtree(grant.target_id))
        elif grant.target == TargetKind.PROJECT:
            yield grant.target_id

    # --- listing

    def effective_assignments(self, wanted: AssignmentQuery,
                              targets: Collection[str] | None) -> list[Assignment]:
        """What follows from the grants, narrowed down to what is wanted."""
        found: dict[Grant, Assignment] = {}
        for grant in self.grants(actor_ids=self._actors_of_query(wanted)):
            for assignment in self._expand(grant):
                effective = assignment.grant
                if _fits(assignment, wanted, targets):
                    found.setdefault(effective, assignment)
        return sorted(found.values(), key=lambda one: (
            one.grant.actor_id, one.grant.target_id, one.grant.role_id))

    def _actors_of_query(self, wanted: AssignmentQuery) -> tuple[str, ...] | None:
        return None if wanted.actor_id is None else self._actors(wanted.actor_id)

    def _expand(self, grant: Grant) -> Iterator[Assignment]:
        """Every effective assignment that follows from one grant."""
        users: tuple[str, ...] = (grant.actor_id,)
        if grant.actor == ActorKind.GROUP:
            users = self.member_ids_of(grant.actor_id)
        targets = [(grant.target, grant.target_id)]
        if grant.inherited:
            targets = [(TargetKind.PROJECT, project_id) for project_id in self._reach(grant)]
        # a role of a domain counts by what it implies, and is in no token itself
        role_ids = [role.id for role in self.with_implied([grant.role_id])]
        for role_id, user_id, (target, target_id) in itertools.product(role_ids, users, targets):
            effective = Grant(actor=ActorKind.USER, actor_id=user_id, target=target,
                              target_id=target_id, role_id=role_id)
            yield Assignment(grant=effective, origin=None if effective == grant else grant)

    # --- what goes

    def user_deleted(self, user_id: str) -> None:
        super().user_deleted(user_id)
        self.store.execute(TABLE.delete().where(TABLE.c.actor_id == user_id))

    def group_deleted(self, group_id: str) -> None:
        super().group_deleted(group_id)
        self.store.execute(TABLE.delete().where(TABLE.c.actor_id == group_id))

    def project_deleted(self, project_id: str) -> None:
        super().project_deleted(project_id)
        self.store.execute(TABLE.delete().where(TABLE.c.target_id == project_id))

    def role_deleted(self, role_id: str) -> None:
        super().role_deleted(role_id)
        self.store.execute(TABLE.delete().where(TABLE.c.role_id == role_id))


def _fits(assignment: Assignment, wanted: AssignmentQuery,
          targets: Collection[str] | None) -> bool:
    grant = assignment.grant
    return ((wanted.actor_id is None or grant.actor_id == wanted.actor_id)
            and (wanted.target is None or grant.target == wanted.target)
            and (targets is None or grant.target_id in targets)
            and (wanted.role_id is None or grant.role_id == wanted.role_id)
            and (wanted.inherited is None or assignment.is_inherited == wanted.inherited))


__all__ = ['SYSTEM', 'TABLE', 'Effective']
