"""Who was given which role where."""
from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exc

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import assignments as interface
from jumpgate.identity.drivers.sandbox.effective import Effective
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
from jumpgate.store.unit_of_work import unit_of_work


class Assignments(Effective, interface.Assignments):
    """Grants on SQL."""

    @unit_of_work
    def create_grant(self, context: RequestContext, grant: Grant) -> None:
        self._check_ends(grant)
        role = self.find_role(grant.role_id)
        if role.domain_id is not None and grant.target == TargetKind.SYSTEM:
            raise errors.Invalid(f'Role {role.id} is a domain-specific role. Unable to use a '
                                 'domain-specific role in a system assignment.')
        if role.domain_id is not None and role.domain_id != self._domain_of(grant):
            raise errors.Forbidden(
                f'The role {role.id} of the domain {role.domain_id} cannot be assigned to '
                f'something of another domain.')
        if self.grants(like=grant):
            return
        try:
            self.insert_grant(grant)
        except exc.IntegrityError:
            # Somebody gave it in the same moment, which is as good.
            return
        self.end_remembered_tokens()

    def check_grant(self, context: RequestContext, grant: Grant) -> None:
        self._check_ends(grant)
        self.find_role(grant.role_id)
        if not self.grants(like=grant):
            raise _no_grant(grant)

    @unit_of_work
    def delete_grant(self, context: RequestContext, grant: Grant) -> None:
        self.find_role(grant.role_id)
        if not self.remove_grant(grant):
            raise _no_grant(grant)
        self.grant_deleted(grant)
        self.end_remembered_tokens()

    def list_grant_roles(self, context: RequestContext, grant: Grant) -> list[Role]:
        self._check_ends(grant)
        found = self.grants(actor_ids=(grant.actor_id,), target_ids=(grant.target_id,))
        ids = [one.role_id for one in found
               if one.inherited == grant.inherited and one.actor == grant.actor]
        return self.roles.find(id=tuple(ids))

    def list_role_assignments(self, context: RequestContext,
                              wanted: AssignmentQuery) -> list[Assignment]:
        targets = self._targets(wanted)
        if wanted.effective:
            return self.effective_assignments(wanted, targets)
        found = self.grants(
            actor_ids=None if wanted.actor_id is None else (wanted.actor_id,),
            target_ids=targets)
        return [Assignment(grant=grant) for grant in found
                if (wanted.role_id is None or grant.role_id == wanted.role_id)
                and (wanted.inherited is None or grant.inherited == wanted.inherited)
                and (wanted.actor is None or grant.actor == wanted.actor)
                and (wanted.target is None or grant.target == wanted.target)]

    def _targets(self, wanted: AssignmentQuery) -> Collection[str] | None:
        if wanted.target_id is None:
            return (SYSTEM,) if wanted.target == TargetKind.SYSTEM else None
        if wanted.include_subtree:
            return (wanted.target_id, *(below.id for below in self.subtree(wanted.target_id)))
        return (wanted.target_id,)

    def _check_ends(self, grant: Grant) -> None:
        """:raises NotFound: if actor or target are not there"""
        if grant.actor == ActorKind.USER:
            self.find_user(grant.actor_id)
        else:
            self.find_group(grant.actor_id)
        if grant.target == TargetKind.PROJECT:
            self.find_project(grant.target_id)
        elif grant.target == TargetKind.DOMAIN:
            self.find_domain(grant.target_id)

    def _domain_of(self, grant: Grant) -> str | None:
        if grant.target == TargetKind.PROJECT:
            return self.find_project(grant.target_id).domain_id
        return grant.target_id

    def list_user_projects(self, context: RequestContext, user_id: str,
                           query: Query) -> Page[Project]:
        self.find_user(user_id)
        return Page.whole(self.projects_of(user_id))


def _no_grant(grant: Grant) -> errors.NotFound:
    return errors.NotFound(
        f'Could not find role assignment with role: {grant.role_id}, user or group: '
        f'{grant.actor_id}, project, domain, or system: {grant.target_id}.')
