"""Services on SQL."""
from __future__ import annotations

import dataclasses
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import services as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.models.services import NewService, Service, ServiceChanges
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_services', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


class ServiceShelf(base.Base):
    """The table of services, for every noun that looks into it."""

    @functools.cached_property
    def services(self) -> Shelf[Service]:
        return Shelf(self.store, TABLE, Service)

    def find_service(self, service_id: str) -> Service:
        """:raises NotFound: if there is none with this id"""
        service = self.services.get(service_id)
        if service is None:
            raise base.not_found('service', service_id)
        return service


class Services(ServiceShelf, interface.Services):
    """Services."""

    def list_services(self, context: RequestContext, query: Query) -> Page[Service]:
        return Page.whole(self.services.find())

    def get_service(self, context: RequestContext, service_id: str) -> Service:
        return self.find_service(service_id)

    def create_service(self, context: RequestContext, new: NewService) -> Service:
        return self.services.insert(Service(
            id=base.new_id(), type=new.type, name=new.name, enabled=new.enabled,
            description=new.description, extra=new.extra))

    @unit_of_work
    def update_service(self, context: RequestContext, service_id: str,
                       changes: ServiceChanges) -> Service:
        old = self.find_service(service_id)
        return self.services.update(dataclasses.replace(
            old,
            type=old.type if changes.type is UNSET else changes.type,
            name=old.name if changes.name is UNSET else changes.name,
            enabled=old.enabled if changes.enabled is UNSET else changes.enabled,
            description=old.description if changes.description is UNSET else changes.description,
            extra=base.added(old.extra, changes.extra)))

    @unit_of_work
    def delete_service(self, context: RequestContext, service_id: str) -> None:
        self.find_service(service_id)
        self.services.delete(service_id)
        self.service_deleted(service_id)
