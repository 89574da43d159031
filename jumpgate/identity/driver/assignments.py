"""What a cloud can do about who has which role where."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.identity.models.assignments import Assignment, AssignmentQuery, Grant
from jumpgate.identity.models.roles import Role


class Assignments(Driver):
    """Grants, and what follows from them."""

    @optional
    def create_grant(self, context: RequestContext, grant: Grant) -> None:
        """Give a role; giving it again changes nothing.

        Raises:
            NotFound: the actor, target or role does not exist.
            Forbidden: a role of one domain on something of another.
        """

    @optional
    def check_grant(self, context: RequestContext, grant: Grant) -> None:
        """Return if the role was given, exactly so.

        Raises:
            NotFound: it was not.
        """

    @optional
    def delete_grant(self, context: RequestContext, grant: Grant) -> None:
        """Take a role away.

        Raises:
            NotFound: it was not given.
        """

    @optional
    def list_grant_roles(self, context: RequestContext, grant: Grant) -> list[Role]:
        """Return the roles that the actor was given on the target (the grant's role aside).

        Raises:
            NotFound: the actor or target does not exist.
        """

    @optional
    def list_role_assignments(self, context: RequestContext,
                              wanted: AssignmentQuery) -> list[Assignment]:
        """Return the grants, or what follows from them, that fit."""
