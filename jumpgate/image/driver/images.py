"""What a cloud can do with images."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.image.models.images import Image, ImageChanges, NewImage


class Images(Driver):
    """Images, apart from their data.

    An image that the caller may not see is not there: `NotFound`.
    """

    @optional
    def list_images(self, context: RequestContext, query: Query) -> Page[Image]:
        """Return the images that the caller may see.

        Of those that were shared with the caller's project only the ones count whose membership
        has the status that the filter `member_status` names (all without it).
        """

    @optional
    def get_image(self, context: RequestContext, image_id: str) -> Image:
        """Return one image.

        Raises:
            NotFound: there is none with this id that the caller may see.
        """

    @optional
    def create_image(self, context: RequestContext, new: NewImage) -> Image:
        """Make an image without data, in the state `queued`.

        Raises:
            Conflict: the id is taken.
            TooLarge: it has more tags or properties than an image may have.
        """

    @optional
    def update_image(self, context: RequestContext, image_id: str,
                     changes: ImageChanges) -> Image:
        """Change an image.

        Raises:
            NotFound: there is none with this id.
            Forbidden: its state does not allow the change.
            Conflict: a property that shall be removed is not there.
            TooLarge: it would have more tags or properties than an image may have.
        """

    @optional
    def delete_image(self, context: RequestContext, image_id: str) -> None:
        """Delete an image and its data.

        Raises:
            NotFound: there is none with this id.
            Forbidden: it is protected.
        """

    @optional
    def deactivate_image(self, context: RequestContext, image_id: str) -> None:
        """Keep everybody but administrators from the data of an image.

        Raises:
            NotFound: there is none with this id.
            Forbidden: it is neither active nor deactivated.
        """

    @optional
    def reactivate_image(self, context: RequestContext, image_id: str) -> None:
        """Take `deactivate_image` back.

        Raises:
            NotFound: there is none with this id.
            Forbidden: it is neither active nor deactivated.
        """

    @optional
    def add_image_tag(self, context: RequestContext, image_id: str, tag: str) -> None:
        """Tag an image; it may have the tag already.

        Raises:
            NotFound: there is no image with this id.
            TooLarge: it has as many as an image may have.
        """

    @optional
    def delete_image_tag(self, context: RequestContext, image_id: str, tag: str) -> None:
        """Take a tag away.

        Raises:
            NotFound: there is no image with this id, or it has not this tag.
        """
