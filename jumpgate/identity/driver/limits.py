"""What a cloud can do with limits."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.limits import (
    Limit,
    LimitChanges,
    NewLimit,
    NewRegisteredLimit,
    RegisteredLimit,
    RegisteredLimitChanges,
)


class Limits(Driver):
    """Limits that services ask for."""

    @optional
    def list_registered_limits(self, context: RequestContext,
                               query: Query) -> Page[RegisteredLimit]:
        """Return all registered limits."""

    @optional
    def get_registered_limit(self, context: RequestContext, limit_id: str) -> RegisteredLimit:
        """Return one registered limit.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_registered_limits(self, context: RequestContext,
                                 new: tuple[NewRegisteredLimit, ...]) -> list[RegisteredLimit]:
        """Make registered limits, all or none.

        Raises:
            Invalid: a service or region does not exist.
            Conflict: there is one for this resource.
        """

    @optional
    def update_registered_limit(self, context: RequestContext, limit_id: str,
                                changes: RegisteredLimitChanges) -> RegisteredLimit:
        """Change a registered limit.

        Raises:
            NotFound: there is none with this id.
            Invalid: the service or region does not exist.
            Conflict: there is another for this resource.
            Forbidden: there are limits by it.
        """

    @optional
    def delete_registered_limit(self, context: RequestContext, limit_id: str) -> None:
        """Delete a registered limit.

        Raises:
            NotFound: there is none with this id.
            Forbidden: there are limits by it.
        """

    @optional
    def list_limits(self, context: RequestContext, query: Query) -> Page[Limit]:
        """Return all limits."""

    @optional
    def get_limit(self, context: RequestContext, limit_id: str) -> Limit:
        """Return one limit.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_limits(self, context: RequestContext, new: tuple[NewLimit, ...]) -> list[Limit]:
        """Make limits, all or none.

        Raises:
            Invalid: a service, region, project or domain does not exist.
            Forbidden: there is no registered limit for this resource.
            Conflict: the project or domain has one.
        """

    @optional
    def update_limit(self, context: RequestContext, limit_id: str,
                     changes: LimitChanges) -> Limit:
        """Change a limit.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def delete_limit(self, context: RequestContext, limit_id: str) -> None:
        """Delete a limit.

        Raises:
            NotFound: there is none with this id.
        """
