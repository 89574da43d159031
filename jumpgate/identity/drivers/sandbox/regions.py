"""Regions on SQL."""
from __future__ import annotations

import dataclasses
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import regions as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.models.regions import NewRegion, Region, RegionChanges
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_regions', METADATA,
    sa.Column('id', sa.String(255), primary_key=True),
    sa.Column('parent_region_id', sa.String(255), index=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


class RegionShelf(base.Base):
    """The table of regions, for every noun that looks into it."""

    @functools.cached_property
    def regions(self) -> Shelf[Region]:
        return Shelf(self.store, TABLE, Region, ('parent_region_id',))

    def find_region(self, region_id: str) -> Region:
        """:raises NotFound: if there is none with this id"""
        region = self.regions.get(region_id)
        if region is None:
            raise base.not_found('region', region_id)
        return region

    def insert_region(self, region: Region) -> Region:
        """:raises Conflict: if the id is taken"""
        return self.regions.insert(region, (
            f'Conflict occurred attempting to store region - Duplicate ID, {region.id}.'))

    def region_and_above(self, region_id: str | None) -> list[str]:
        """The ids of a region and those above it, the nearest first."""
        found: list[str] = []
        while region_id is not None and region_id not in found:
            found.append(region_id)
            region = self.regions.get(region_id)
            region_id = None if region is None else region.parent_region_id
        return found

    def region_and_below(self, region_id: str) -> list[str]:
        """The ids of a region and all below it."""
        found = [region_id]
        for above in found:
            found.extend(below.id for below in self.regions.find(parent_region_id=above)
                         if below.id not in found)
        return found


class Regions(RegionShelf, interface.Regions):
    """Regions."""

    def list_regions(self, context: RequestContext, query: Query) -> Page[Region]:
        return Page.whole(self.regions.find())

    def get_region(self, context: RequestContext, region_id: str) -> Region:
        return self.find_region(region_id)

    @unit_of_work
    def create_region(self, context: RequestContext, new: NewRegion) -> Region:
        if new.parent_region_id is not None:
            self.find_region(new.parent_region_id)
        return self.insert_region(Region(
            id=new.id or base.new_id(), description=new.description,
            parent_region_id=new.parent_region_id, extra=new.extra))

    @unit_of_work
    def update_region(self, context: RequestContext, region_id: str,
                      changes: RegionChanges) -> Region:
        parent_id = changes.parent_region_id
        if parent_id is not UNSET and parent_id is not None:
            self.find_region(parent_id)
        old = self.find_region(region_id)
        if parent_id is not UNSET and region_id in self.region_and_above(parent_id):
            raise errors.Invalid(f'The region {parent_id} cannot be above {region_id}: it would '
                                 'create a circular region hierarchy.')
        return self.regions.update(dataclasses.replace(
            old,
            description=old.description if changes.description is UNSET else changes.description,
            parent_region_id=old.parent_region_id if parent_id is UNSET else parent_id,
            extra=base.added(old.extra, changes.extra)))

    @unit_of_work
    def delete_region(self, context: RequestContext, region_id: str) -> None:
        self.find_region(region_id)
        going = self.region_and_below(region_id)
        self.refuse_region_deletion(region_id, going)
        for one in going:
            self.regions.delete(one)
            self.region_deleted(one)

    def refuse_region_deletion(self, region_id: str, going: list[str]) -> None:
        """Nouns that live in regions raise Forbidden here.

        :param going: the region and all below it
        """
