"""Stores: folders with files."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox.files import CHUNK
from jumpgate.image.drivers.sandbox.imports import Imports
from jumpgate.image.models.images import Status
from jumpgate.image.models.stores import Location, Store
from jumpgate.store.unit_of_work import in_unit


class Stores(Imports, driver.Stores):
    """Stores, and what comes into them."""

    def list_stores(self, context: RequestContext) -> list[Store]:
        return [
            Store(id=name, type='file', is_default=name == self.default_store,
                  properties={'data_dir': str(files.folder), 'chunk_size': CHUNK,
                              'thin_provisioning': False})
            for name, files in self.files.items()]

    def list_import_methods(self, context: RequestContext) -> tuple[str, ...]:
        return tuple(self.conf.image.import_methods)

    def list_locations(self, context: RequestContext, image_id: str) -> list[Location]:
        image = self.find_image(context, image_id)
        return [Location(url=self.files[store].path(image.id).as_uri(), store=store)
                for store in image.stores]

    def delete_image_from_store(self, context: RequestContext, image_id: str,
                                store: str) -> None:
        if store not in self.files:
            raise errors.Conflict(
                f'The selected store {store} is not available on this node.')
        in_unit(self.store, lambda: self._take_from_store(context, image_id, store))
        self.files[store].delete(image_id)

    def _take_from_store(self, context: RequestContext, image_id: str, store: str) -> None:
        image = self.lock_image(context, image_id)
        if image.status is not Status.ACTIVE:
            raise errors.Conflict("It's not allowed to remove image data from store if image "
                                  "status is not 'active'")
        if store not in image.stores:
            raise errors.NotFound(f'Image {image_id} is not stored in store {store}.')
        if len(image.stores) == 1:
            raise errors.Forbidden('Cannot delete image data from the only store containing it. '
                                   'Consider deleting the image instead.')
        self.images.update(dataclasses.replace(
            image, stores=tuple(one for one in image.stores if one != store),
            updated_at=self.now()))
