"""Limits and registered limits on SQL."""
from __future__ import annotations

import dataclasses
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.common.model import model
from jumpgate.identity.driver import limits as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.drivers.sandbox.regions import RegionShelf
from jumpgate.identity.drivers.sandbox.services import ServiceShelf
from jumpgate.identity.models.limits import (
    Limit,
    LimitChanges,
    NewLimit,
    NewRegisteredLimit,
    RegisteredLimit,
    RegisteredLimitChanges,
)
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

#: '' stands for no region.
REGISTERED = sa.Table(
    'identity_registered_limits', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('service_id', sa.String(64), nullable=False),
    sa.Column('place', sa.String(255), nullable=False),
    sa.Column('resource_name', sa.String(255), nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('service_id', 'place', 'resource_name',
                        name='uq_identity_registered_limits'),
    **OPTIONS)

#: The owner is a project or a domain.
TABLE = sa.Table(
    'identity_limits', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('registered_id', sa.String(64), nullable=False),
    sa.Column('owner_id', sa.String(64), nullable=False, index=True),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('registered_id', 'owner_id', name='uq_identity_limits'),
    **OPTIONS)


@model
class StoredLimit:
    """A limit as the table has it: of what it is, its registered limit says."""

    id: str
    registered_id: str
    resource_limit: int
    project_id: str | None = None
    domain_id: str | None = None
    description: str | None = None


class Limits(ServiceShelf, RegionShelf, ProjectShelf, interface.Limits):
    """Limits."""

    @functools.cached_property
    def registered_limits(self) -> Shelf[RegisteredLimit]:
        return Shelf(self.store, REGISTERED, RegisteredLimit, ('service_id', 'resource_name'),
                     computed={'place': lambda limit: limit.region_id or ''})

    @functools.cached_property
    def limits(self) -> Shelf[StoredLimit]:
        return Shelf(self.store, TABLE, StoredLimit, ('registered_id',), computed={
            'owner_id': lambda limit: limit.project_id or limit.domain_id})

    # --- registered limits

    def list_registered_limits(self, context: RequestContext,
                               query: Query) -> Page[RegisteredLimit]:
        return Page.whole(self.registered_limits.find())

    def get_registered_limit(self, context: RequestContext, limit_id: str) -> RegisteredLimit:
        found = self.registered_limits.get(limit_id)
        if found is None:
            raise errors.NotFound(f'Could not find registered limit for {limit_id}.')
        return found

    @unit_of_work
    def create_registered_limits(self, context: RequestContext,
                                 new: tuple[NewRegisteredLimit, ...]) -> list[RegisteredLimit]:
        made = []
        for one in new:
            self._check_resource(one.service_id, one.region_id, 'registered_limit')
            made.append(self.registered_limits.insert(RegisteredLimit(
                id=base.new_id(), service_id=one.service_id, resource_name=one.resource_name,
                default_limit=one.default_limit, region_id=one.region_id,
                description=one.description), _duplicate('registered_limit')))
        return made

    @unit_of_work
    def update_registered_limit(self, context: RequestContext, limit_id: str,
                                changes: RegisteredLimitChanges) -> RegisteredLimit:
        self._check_resource(
            None if changes.service_id is UNSET else changes.service_id,
            None if changes.region_id is UNSET else changes.region_id, 'registered_limit')
        old = self.get_registered_limit(context, limit_id)
        self._refuse_in_use(limit_id)
        new = dataclasses.replace(old, **{
            field.name: getattr(changes, field.name) for field in dataclasses.fields(changes)
            if getattr(changes, field.name) is not UNSET})
        return self.registered_limits.update(new, _duplicate('registered_limit'))

    @unit_of_work
    def delete_registered_limit(self, context: RequestContext, limit_id: str) -> None:
        self.get_registered_limit(context, limit_id)
        self._refuse_in_use(limit_id)
        self.registered_limits.delete(limit_id)

    def _refuse_in_use(self, limit_id: str) -> None:
        """:raises Forbidden: if there are limits by it"""
        if self.limits.has(registered_id=limit_id):
            raise errors.Forbidden(f'Unable to update or delete registered limit {limit_id} '
                                   'because there are project limits associated with it.')

    # --- limits

    def list_limits(self, context: RequestContext, query: Query) -> Page[Limit]:
        found = self.limits.find()
        registered = self.registered_limits.get_many(one.registered_id for one in found)
        return Page.whole([_to_limit(one, registered[one.registered_id]) for one in found])

    def get_limit(self, context: RequestContext, limit_id: str) -> Limit:
        found = self._find_limit(limit_id)
        return _to_limit(found, self.get_registered_limit(context, found.registered_id))

    @unit_of_work
    def create_limits(self, context: RequestContext, new: tuple[NewLimit, ...]) -> list[Limit]:
        return [self._create_limit(one) for one in new]

    def _create_limit(self, new: NewLimit) -> Limit:
        self._check_resource(new.service_id, new.region_id, 'limit')
        project_id, domain_id = self._owner(new)
        registered = self.registered_limits.first(
            service_id=new.service_id, place=new.region_id or '',
            resource_name=new.resource_name)
        if registered is None:
            raise errors.Forbidden('Unable to create a limit that has no corresponding registered '
                                   'limit.')
        made = self.limits.insert(StoredLimit(
            id=base.new_id(), registered_id=registered.id, resource_limit=new.resource_limit,
            project_id=project_id, domain_id=domain_id, description=new.description),
            _duplicate('limit'))
        return _to_limit(made, registered)

    def _owner(self, new: NewLimit) -> tuple[str | None, str | None]:
        """The project or else the domain; a project that acts as a domain is that.

        :raises Invalid: if it does not exist
        """
        name = 'project_id' if new.project_id is not None else 'domain_id'
        owner = self.projects.get(new.project_id or new.domain_id or '')
        if owner is None or (name == 'domain_id' and not owner.is_domain):
            raise _missing(name, 'limit')
        return (None, owner.id) if owner.is_domain else (owner.id, None)

    @unit_of_work
    def update_limit(self, context: RequestContext, limit_id: str,
                     changes: LimitChanges) -> Limit:
        old = self._find_limit(limit_id)
        self.limits.update(dataclasses.replace(
            old,
            resource_limit=(old.resource_limit if changes.resource_limit is UNSET
                            else changes.resource_limit),
            description=old.description if changes.description is UNSET else changes.description))
        return self.get_limit(context, limit_id)

    def delete_limit(self, context: RequestContext, limit_id: str) -> None:
        if not self.limits.delete(limit_id):
            raise errors.NotFound(f'Could not find limit for {limit_id}.')

    def _find_limit(self, limit_id: str) -> StoredLimit:
        found = self.limits.get(limit_id)
        if found is None:
            raise errors.NotFound(f'Could not find limit for {limit_id}.')
        return found

    def _check_resource(self, service_id: str | None, region_id: str | None, noun: str) -> None:
        """:raises Invalid: if the service or region does not exist"""
        if service_id is not None and not self.services.has(id=service_id):
            raise _missing('service_id', noun)
        if region_id is not None and not self.regions.has(id=region_id):
            raise _missing('region_id', noun)

    def project_deleted(self, project_id: str) -> None:
        self.limits.delete_where(owner_id=project_id)
        super().project_deleted(project_id)


def _to_limit(stored: StoredLimit, registered: RegisteredLimit) -> Limit:
    return Limit(
        id=stored.id, service_id=registered.service_id, resource_name=registered.resource_name,
        region_id=registered.region_id, resource_limit=stored.resource_limit,
        project_id=stored.project_id, domain_id=stored.domain_id,
        description=stored.description)


def _duplicate(noun: str) -> str:
    return f'Conflict occurred attempting to store {noun} - Duplicate entry.'


def _missing(name: str, noun: str) -> errors.Invalid:
    return errors.Invalid(f'Expecting to find {name} in {noun}. The server could not comply with '
                          'the request since it is either malformed or otherwise incorrect. The '
                          'client is assumed to be in error.')
