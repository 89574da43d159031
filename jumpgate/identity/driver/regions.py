"""What a cloud can do with regions."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.regions import NewRegion, Region, RegionChanges


class Regions(Driver):
    """Regions, in trees."""

    @optional
    def list_regions(self, context: RequestContext, query: Query) -> Page[Region]:
        """Return all regions."""

    @optional
    def get_region(self, context: RequestContext, region_id: str) -> Region:
        """Return one region.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_region(self, context: RequestContext, new: NewRegion) -> Region:
        """Make a region.

        Raises:
            NotFound: the parent does not exist.
            Conflict: the id is taken.
        """

    @optional
    def update_region(self, context: RequestContext, region_id: str,
                      changes: RegionChanges) -> Region:
        """Change a region.

        Raises:
            NotFound: there is none with this id, or the parent does not exist.
            Invalid: it would be above itself.
        """

    @optional
    def delete_region(self, context: RequestContext, region_id: str) -> None:
        """Delete a region with those below it.

        Raises:
            NotFound: there is none with this id.
            Forbidden: there are endpoints in it or below.
        """
