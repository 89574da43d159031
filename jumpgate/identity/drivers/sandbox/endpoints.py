"""Endpoints on SQL."""
from __future__ import annotations

import dataclasses
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import endpoints as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.regions import Regions, RegionShelf
from jumpgate.identity.drivers.sandbox.services import Services, ServiceShelf
from jumpgate.identity.models.endpoints import Endpoint, EndpointChanges, NewEndpoint
from jumpgate.identity.models.regions import Region
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_endpoints', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('service_id', sa.String(64), nullable=False, index=True),
    sa.Column('region_id', sa.String(255), index=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


class EndpointShelf(ServiceShelf, RegionShelf):
    """The table of endpoints, for every noun that looks into it."""

    @functools.cached_property
    def endpoints(self) -> Shelf[Endpoint]:
        return Shelf(self.store, TABLE, Endpoint, ('service_id', 'region_id'))

    def find_endpoint(self, endpoint_id: str) -> Endpoint:
        """:raises NotFound: if there is none with this id"""
        endpoint = self.endpoints.get(endpoint_id)
        if endpoint is None:
            raise base.not_found('endpoint', endpoint_id)
        return endpoint


class Endpoints(EndpointShelf, Regions, Services, interface.Endpoints):
    """Endpoints."""

    def list_endpoints(self, context: RequestContext, query: Query) -> Page[Endpoint]:
        return Page.whole(self.endpoints.find())

    def get_endpoint(self, context: RequestContext, endpoint_id: str) -> Endpoint:
        return self.find_endpoint(endpoint_id)

    @unit_of_work
    def create_endpoint(self, context: RequestContext, new: NewEndpoint) -> Endpoint:
        self._check_place(new.service_id, new.region_id, new.make_region)
        return self.endpoints.insert(Endpoint(
            id=base.new_id(), service_id=new.service_id, interface=new.interface, url=new.url,
            region_id=new.region_id, enabled=new.enabled, extra=new.extra))

    @unit_of_work
    def update_endpoint(self, context: RequestContext, endpoint_id: str,
                        changes: EndpointChanges) -> Endpoint:
        self._check_place(changes.service_id, changes.region_id, changes.make_region)
        old = self.find_endpoint(endpoint_id)
        return self.endpoints.update(dataclasses.replace(
            old,
            service_id=old.service_id if changes.service_id is UNSET else changes.service_id,
            interface=old.interface if changes.interface is UNSET else changes.interface,
            url=old.url if changes.url is UNSET else changes.url,
            region_id=old.region_id if changes.region_id is UNSET else changes.region_id,
            enabled=old.enabled if changes.enabled is UNSET else changes.enabled,
            extra=base.added(old.extra, changes.extra)))

    def _check_place(self, service_id: str | Unset, region_id: str | Unset | None,
                     make_region: bool) -> None:
        """:raises Invalid: if the service or region does not exist"""
        if region_id is not UNSET and region_id is not None and not self.regions.has(id=region_id):
            if not make_region:
                raise _nowhere('region')
            self.insert_region(Region(id=region_id))
        if service_id is not UNSET and not self.services.has(id=service_id):
            raise _nowhere('service')

    @unit_of_work
    def delete_endpoint(self, context: RequestContext, endpoint_id: str) -> None:
        self.find_endpoint(endpoint_id)
        self._drop_endpoint(endpoint_id)

    def _drop_endpoint(self, endpoint_id: str) -> None:
        self.endpoints.delete(endpoint_id)
        self.endpoint_deleted(endpoint_id)

    def service_deleted(self, service_id: str) -> None:
        for endpoint in self.endpoints.find(service_id=service_id):
            self._drop_endpoint(endpoint.id)
        super().service_deleted(service_id)

    def refuse_region_deletion(self, region_id: str, going: list[str]) -> None:
        if self.endpoints.has(region_id=tuple(going)):
            raise errors.Forbidden(f'Unable to delete region {region_id} because it or its child '
                                   'regions have associated endpoints.')


def _nowhere(noun: str) -> errors.Invalid:
    return errors.Invalid(f'Expecting to find endpoint {noun}_id in {noun} table. The server could '
                          'not comply with the request since it is either malformed or otherwise '
                          'incorrect. The client is assumed to be in error.')
