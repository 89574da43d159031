"""What a cloud can do with groups."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.groups import Group, GroupChanges, NewGroup
from jumpgate.identity.models.users import User


class Groups(Driver):
    """Groups and who is in them."""

    @optional
    def list_groups(self, context: RequestContext, query: Query) -> Page[Group]:
        """Return all groups."""

    @optional
    def get_group(self, context: RequestContext, group_id: str) -> Group:
        """Return one group.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_group(self, context: RequestContext, new: NewGroup) -> Group:
        """Make a group.

        Raises:
            NotFound: the domain does not exist.
            Conflict: the name is taken in the domain.
        """

    @optional
    def update_group(self, context: RequestContext, group_id: str,
                     changes: GroupChanges) -> Group:
        """Change a group.

        Raises:
            NotFound: there is none with this id.
            Conflict: the name is taken in the domain.
        """

    @optional
    def delete_group(self, context: RequestContext, group_id: str) -> None:
        """Delete a group with its assignments.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def list_group_users(self, context: RequestContext, group_id: str,
                         query: Query) -> Page[User]:
        """Return who is in a group.

        Raises:
            NotFound: there is no such group.
        """

    @optional
    def list_user_groups(self, context: RequestContext, user_id: str,
                         query: Query) -> Page[Group]:
        """Return the groups that a user is in.

        Raises:
            NotFound: there is no such user.
        """

    @optional
    def add_user_to_group(self, context: RequestContext, group_id: str, user_id: str) -> None:
        """Put a user into a group, or leave them there.

        Raises:
            NotFound: there is no such group or user.
        """

    @optional
    def remove_user_from_group(self, context: RequestContext, group_id: str,
                               user_id: str) -> None:
        """Take a user out of a group.

        Raises:
            NotFound: there is no such group or user, or the user is not in it.
        """

    @optional
    def check_user_in_group(self, context: RequestContext, group_id: str, user_id: str) -> None:
        """Return if a user is in a group.

        Raises:
            NotFound: there is no such group or user, or the user is not in it.
        """
