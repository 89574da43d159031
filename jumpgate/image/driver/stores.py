"""What a cloud can tell of its stores, and how data gets into them."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.image.models.stores import Import, Location, Store


class Stores(Driver):
    """Stores, and the import of data into them."""

    @optional
    def list_stores(self, context: RequestContext) -> list[Store]:
        """Return all stores, the default one first."""

    @optional
    def list_import_methods(self, context: RequestContext) -> tuple[str, ...]:
        """Return the names of the ways in which `import_image` can bring data in."""

    @optional
    def import_image(self, context: RequestContext, image_id: str, wish: Import) -> None:
        """Begin to bring the data of an image in; a task tells how it goes.

        Raises:
            NotFound: there is no image with this id.
            Conflict: its state does not fit the method, it lacks a format, or there is no such
                store.
            Invalid: the wish itself makes no sense.
        """

    @optional
    def delete_image_from_store(self, context: RequestContext, image_id: str,
                                store: str) -> None:
        """Delete the copy of an image's data that one store has.

        Raises:
            NotFound: there is no image with this id, or the store has no copy.
            Conflict: there is no such store, or the image is not active.
            Forbidden: it is the only copy.
        """

    @optional
    def list_locations(self, context: RequestContext, image_id: str) -> list[Location]:
        """Return where the data of an image is.

        Raises:
            NotFound: there is no image with this id.
        """
