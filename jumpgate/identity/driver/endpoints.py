"""What a cloud can do with endpoints."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.endpoints import Endpoint, EndpointChanges, NewEndpoint


class Endpoints(Driver):
    """The endpoints of a stored catalog."""

    @optional
    def list_endpoints(self, context: RequestContext, query: Query) -> Page[Endpoint]:
        """Return all endpoints."""

    @optional
    def get_endpoint(self, context: RequestContext, endpoint_id: str) -> Endpoint:
        """Return one endpoint.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_endpoint(self, context: RequestContext, new: NewEndpoint) -> Endpoint:
        """Make an endpoint.

        Raises:
            Invalid: the service or region does not exist.
        """

    @optional
    def update_endpoint(self, context: RequestContext, endpoint_id: str,
                        changes: EndpointChanges) -> Endpoint:
        """Change an endpoint.

        Raises:
            NotFound: there is none with this id.
            Invalid: the service or region does not exist.
        """

    @optional
    def delete_endpoint(self, context: RequestContext, endpoint_id: str) -> None:
        """Delete an endpoint with what refers to it.

        Raises:
            NotFound: there is none with this id.
        """
