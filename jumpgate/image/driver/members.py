"""What a cloud can do with the members of images."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.image.models.members import Member, MemberStatus


class Members(Driver):
    """Members: the projects that an image is shared with."""

    @optional
    def list_members(self, context: RequestContext, image_id: str) -> list[Member]:
        """Return all members of an image, in the order in which they came.

        Raises:
            NotFound: there is no image with this id.
        """

    @optional
    def create_member(self, context: RequestContext, image_id: str, member_id: str) -> Member:
        """Share an image with a project, which has to accept it.

        Raises:
            NotFound: there is no image with this id.
            Conflict: it is a member already.
            TooLarge: there are as many as an image may have.
        """

    @optional
    def update_member(self, context: RequestContext, image_id: str, member_id: str,
                      status: MemberStatus) -> Member:
        """Keep what a member says to the image.

        Raises:
            NotFound: there is no such image, or no such member.
        """

    @optional
    def delete_member(self, context: RequestContext, image_id: str, member_id: str) -> None:
        """Share no longer.

        Raises:
            NotFound: there is no such image, or no such member.
        """
