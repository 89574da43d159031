"""What a cloud can do with services."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.services import NewService, Service, ServiceChanges


class Services(Driver):
    """The services of a stored catalog."""

    @optional
    def list_services(self, context: RequestContext, query: Query) -> Page[Service]:
        """Return all services."""

    @optional
    def get_service(self, context: RequestContext, service_id: str) -> Service:
        """Return one service.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_service(self, context: RequestContext, new: NewService) -> Service:
        """Make a service; nothing about it need be unique."""

    @optional
    def update_service(self, context: RequestContext, service_id: str,
                       changes: ServiceChanges) -> Service:
        """Change a service.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def delete_service(self, context: RequestContext, service_id: str) -> None:
        """Delete a service with its endpoints.

        Raises:
            NotFound: there is none with this id.
        """
