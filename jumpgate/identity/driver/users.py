"""What a cloud can do with users."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.users import NewUser, User, UserChanges


class Users(Driver):
    """Users and their passwords."""

    @optional
    def list_users(self, context: RequestContext, query: Query) -> Page[User]:
        """Return all users."""

    @optional
    def get_user(self, context: RequestContext, user_id: str) -> User:
        """Return one user.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_user(self, context: RequestContext, new: NewUser) -> User:
        """Make a user.

        Raises:
            NotFound: the domain does not exist.
            Invalid: the default project acts as a domain, or the password breaks the rules.
            Conflict: the name is taken in the domain.
        """

    @optional
    def update_user(self, context: RequestContext, user_id: str, changes: UserChanges) -> User:
        """Change a user; a new password or being disabled ends their tokens.

        Raises:
            NotFound: there is none with this id.
            Conflict: the name is taken in the domain.
        """

    @optional
    def delete_user(self, context: RequestContext, user_id: str) -> None:
        """Delete a user with their assignments, credentials and trusts.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def change_password(self, context: RequestContext, user_id: str, original: str,
                        password: str) -> None:
        """Let a user who knows the password choose another.

        Raises:
            Unauthorized: the original password is wrong, or the user locked.
            Invalid: the new one breaks the rules or was used lately.
        """

    @optional
    def end_user_tokens(self, context: RequestContext, user_id: str) -> None:
        """End all tokens that a user has now.

        Raises:
            NotFound: there is none with this id.
        """
