"""Roles, and which imply which."""
from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import roles as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.models.roles import Inference, NewRole, Role, RoleChanges
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

#: The role that no other may imply.
ROOT_ROLE = 'admin'

TABLE = sa.Table(
    'identity_roles', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    # '' for a role of no domain
    sa.Column('owner_id', sa.String(64), nullable=False),
    sa.Column('name', sa.String(255), nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('owner_id', 'name', name='uq_identity_roles_name'),
    **OPTIONS)

INFERENCES = sa.Table(
    'identity_inferences', METADATA,
    sa.Column('prior_role_id', sa.String(64), primary_key=True),
    sa.Column('implied_role_id', sa.String(64), primary_key=True),
    **OPTIONS)


class RoleShelf(base.Base):
    """The tables of roles, for every noun that looks into them."""

    @functools.cached_property
    def roles(self) -> Shelf[Role]:
        return Shelf(self.store, TABLE, Role, ('name',),
                     computed={'owner_id': lambda role: role.domain_id or ''})

    def find_role(self, role_id: str) -> Role:
        """:raises NotFound: if there is none with this id"""
        role = self.roles.get(role_id)
        if role is None:
            raise base.not_found('role', role_id)
        return role

    def inferences(self) -> list[Inference]:
        """Which roles imply which, directly."""
        rows = self.store.quick_rows(
            'SELECT prior_role_id, implied_role_id FROM identity_inferences '
            'ORDER BY prior_role_id, implied_role_id', ())
        return [Inference(prior_role_id=row[0], implied_role_id=row[1]) for row in rows]

    def insert_inference(self, prior_role_id: str, implied_role_id: str) -> bool:
        """Returns whether it was not there before."""
        inference = Inference(prior_role_id=prior_role_id, implied_role_id=implied_role_id)
        if inference in self.inferences():
            return False
        self.store.execute(INFERENCES.insert(), {
            'prior_role_id': prior_role_id, 'implied_role_id': implied_role_id})
        return True

    def implied_by(self, role_ids: Iterable[str]) -> dict[str, str | None]:
        """The roles and all that they imply, each with the one that it came from (None: given)."""
        direct: dict[str, list[str]] = {}
        for inference in self.inferences():
            direct.setdefault(inference.prior_role_id, []).append(inference.implied_role_id)
        found: dict[str, str | None] = dict.fromkeys(role_ids)
        waiting = list(found)
        while waiting:
            prior = waiting.pop(0)
            for implied in direct.get(prior, ()):
                if implied not in found:
                    found[implied] = prior
                    waiting.append(implied)
        return found


class Roles(ProjectShelf, RoleShelf, interface.Roles):
    """Roles on SQL."""

    def list_roles(self, context: RequestContext, query: Query) -> Page[Role]:
        return Page.whole(self.roles.find(owner_id=query.value('domain_id') or ''),
                          applied=('domain_id',))

    def get_role(self, context: RequestContext, role_id: str) -> Role:
        return self.find_role(role_id)

    @unit_of_work
    def create_role(self, context: RequestContext, new: NewRole) -> Role:
        if new.domain_id is not None:
            self.find_domain(new.domain_id)
        role = Role(id=base.new_id(), name=new.name, domain_id=new.domain_id,
                    description=new.description, options=base.merged({}, new.options),
                    extra=new.extra)
        return self.roles.insert(role, base.duplicate('role', new.name, new.domain_id))

    @unit_of_work
    def update_role(self, context: RequestContext, role_id: str, changes: RoleChanges) -> Role:
        old = self.find_role(role_id)
        base.refuse_immutable_update('role', old, changes.options)
        new = dataclasses.replace(
            old,
            name=old.name if changes.name is UNSET else changes.name,
            description=old.description if changes.description is UNSET else changes.description,
            options=base.merged(old.options, changes.options),
            extra=base.added(old.extra, changes.extra))
        self.roles.update(new, base.duplicate('role', new.name, new.domain_id))
        self.end_remembered_tokens()
        return new

    @unit_of_work
    def delete_role(self, context: RequestContext, role_id: str) -> None:
        role = self.find_role(role_id)
        base.refuse_immutable_delete('role', role)
        self._drop_role(role_id)

    def _drop_role(self, role_id: str) -> None:
        self.roles.delete(role_id)
        self.store.execute(INFERENCES.delete().where(sa.or_(
            INFERENCES.c.prior_role_id == role_id, INFERENCES.c.implied_role_id == role_id)))
        self.role_deleted(role_id)
        self.end_remembered_tokens()

    def list_inferences(self, context: RequestContext) -> list[Inference]:
        return self.inferences()

    @unit_of_work
    def create_inference(self, context: RequestContext, inference: Inference) -> None:
        prior = self.find_role(inference.prior_role_id)
        implied = self.find_role(inference.implied_role_id)
        if implied.name == ROOT_ROLE and implied.domain_id is None:
            raise errors.Forbidden(f'{implied.id} cannot be an implied roles')
        if implied.domain_id is not None and prior.domain_id is None:
            raise errors.Forbidden('Global role cannot imply a domain-specific role')
        if prior.id in self.implied_by([implied.id]):
            raise errors.Forbidden('Role inference would be circular.')
        if not self.insert_inference(prior.id, implied.id):
            raise errors.Conflict('Conflict occurred attempting to store implied_role - Duplicate '
                                  'entry.')
        self.end_remembered_tokens()

    @unit_of_work
    def delete_inference(self, context: RequestContext, inference: Inference) -> None:
        self.find_role(inference.prior_role_id)
        self.find_role(inference.implied_role_id)
        gone = self.store.execute(INFERENCES.delete().where(
            INFERENCES.c.prior_role_id == inference.prior_role_id,
            INFERENCES.c.implied_role_id == inference.implied_role_id))
        if not gone:
            raise errors.NotFound(f'{inference.prior_role_id} does not imply '
                                  f'{inference.implied_role_id}')
        self.end_remembered_tokens()

    def domain_deleted(self, domain_id: str) -> None:
        for role in self.roles.find(owner_id=domain_id):
            self._drop_role(role.id)
        super().domain_deleted(domain_id)
