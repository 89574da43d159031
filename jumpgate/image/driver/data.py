"""What a cloud can do with the data of images."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.image.models import data


class Data(Driver):
    """The data of images: it streams, and nobody holds more than a piece of it."""

    @optional
    def upload_image(self, context: RequestContext, image_id: str, source: data.Upload,
                     size: int | None, store: str | None = None) -> None:
        """Read `source` to its end and make it the data of an image, which becomes `active`.

        If reading fails, nothing is left of the data, and the image is `queued` as before.

        :param size: bytes, where the client said so
        :param store: the id of the store; None: the default one

        Raises:
            NotFound: there is no image with this id.
            Conflict: it is not `queued`.
            Invalid: it lacks a format, or there is no such store.
            Gone: the image was deleted meanwhile.
        """

    @optional
    def download_image(self, context: RequestContext, image_id: str,
                       span: data.Span | None = None) -> data.Data:
        """Return the data of an image, or the part of it that `span` names.

        Raises:
            NotFound: there is no image with this id, or it has no data.
        """

    @optional
    def stage_image(self, context: RequestContext, image_id: str, source: data.Upload,
                    size: int | None) -> None:
        """Read `source` to its end and keep it for `import_image`; the image is `uploading`.

        If reading fails, nothing is left of the data, and the image is `queued` as before.

        Raises:
            NotFound: there is no image with this id.
            Conflict: it is not `queued`.
        """
