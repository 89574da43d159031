"""The data of images, in files."""
from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox import base
from jumpgate.image.drivers.sandbox.files import Busy, Files, Incoming
from jumpgate.image.models import data
from jumpgate.image.models.images import Image, Status
from jumpgate.store.unit_of_work import in_unit


class ImageData(base.Base, driver.Data):
    """Uploads are claimed first, streamed into a file of their own, and kept in one step."""

    def upload_image(self, context: RequestContext, image_id: str, source: data.Upload,
                     size: int | None, store: str | None = None) -> None:
        store = store or self.default_store
        if store not in self.files:
            raise errors.Invalid(f'Unknown store {store}.')
        with self._claimed(context, image_id, Status.SAVING, self.files[store]) as incoming:
            incoming.write_all(source)
            digests = source.digests()
            incoming.keep()
            self._activate(context, image_id, digests, store)

    def _activate(self, context: RequestContext, image_id: str, digests: data.Digests,
                  store: str) -> None:
        def activate() -> bool:
            image = self.images.get(image_id)
            if image is None or image.status is not Status.SAVING:
                return False
            self.images.update(dataclasses.replace(
                with_digests(image, digests), status=Status.ACTIVE, stores=(store,),
                updated_at=self.now()))
            return True

        done = False
        try:
            done = in_unit(self.store, activate)
        finally:
            if not done:
                self.files[store].delete(image_id)
        if not done:
            raise errors.Gone(
                f'Image {image_id} could not be found after upload. The image may have been '
                'deleted during the upload, cleaning up the chunks uploaded.')

    def download_image(self, context: RequestContext, image_id: str,
                       span: data.Span | None = None) -> data.Data:
        image = self.find_image(context, image_id)
        for store in image.stores:
            with contextlib.suppress(errors.NotFound):
                return self.files[store].read(image.id, span)
        raise errors.NotFound(f'Image {image_id} has no data.')

    def stage_image(self, context: RequestContext, image_id: str, source: data.Upload,
                    size: int | None) -> None:
        with self._claimed(context, image_id, Status.UPLOADING, self.staging) as incoming:
            incoming.write_all(source)
            digests = source.digests()
            incoming.keep()

            def note() -> bool:
                image = self.images.get(image_id)
                if image is None or image.status is not Status.UPLOADING:
                    return False
                self.images.update(dataclasses.replace(
                    image, size=digests.size, staged=digests, updated_at=self.now()))
                return True
            if not in_unit(self.store, note):
                self.staging.delete(image_id)
                raise base.not_found(image_id)

    @contextlib.contextmanager
    def _claimed(self, context: RequestContext, image_id: str, status: Status,
                 files: Files) -> Iterator[Incoming]:
        """The place for the data of an image that nobody else is writing meanwhile.

        The image is `queued` again if anything goes wrong, and nothing is left of the data.
        """
        image = self.find_image(context, image_id)
        _check_claim(image, status)
        try:
            with files.incoming(image.id) as incoming:
                in_unit(self.store, lambda: self._claim(context, image.id, status))
                try:
                    yield incoming
                except BaseException:
                    self.requeue(image.id)
                    raise
        except Busy:
            raise base.bad_transition(Status.SAVING, status) from None

    def _claim(self, context: RequestContext, image_id: str, status: Status) -> None:
        image = self.lock_image(context, image_id)
        _check_claim(image, status)
        self.images.update(dataclasses.replace(image, status=status, updated_at=self.now()))


def _check_claim(image: Image, status: Status) -> None:
    if image.status is not Status.QUEUED:
        raise base.bad_transition(image.status, status)
    missing = [name for name in ('disk_format', 'container_format') if not getattr(image, name)]
    if missing and status is Status.SAVING:
        raise errors.Invalid(
            f'{"Property" if len(missing) == 1 else "Properties"} {", ".join(missing)} must be '
            'set prior to saving data.')


def with_digests(image: Image, digests: data.Digests) -> Image:
    """The image, with what its data amounts to."""
    return dataclasses.replace(
        image, staged=None, size=digests.size, virtual_size=digests.virtual_size,
        checksum=digests.checksum, os_hash_algo=digests.os_hash_algo,
        os_hash_value=digests.os_hash_value)
