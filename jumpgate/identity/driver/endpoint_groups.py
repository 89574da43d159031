"""What a cloud can do about which project sees which endpoints."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.endpoint_groups import (
    EndpointGroup,
    EndpointGroupChanges,
    NewEndpointGroup,
)
from jumpgate.identity.models.endpoints import Endpoint
from jumpgate.identity.models.projects import Project


class EndpointGroups(Driver):
    """Groups of endpoints, and what is linked to projects.

    Everything that is given an id raises NotFound if nothing has it.
    """

    @optional
    def list_endpoint_groups(self, context: RequestContext, query: Query) -> Page[EndpointGroup]:
        """Return all groups."""

    @optional
    def get_endpoint_group(self, context: RequestContext, endpoint_group_id: str) -> EndpointGroup:
        """Return one group."""

    @optional
    def create_endpoint_group(self, context: RequestContext,
                              new: NewEndpointGroup) -> EndpointGroup:
        """Make a group."""

    @optional
    def update_endpoint_group(self, context: RequestContext, endpoint_group_id: str,
                              changes: EndpointGroupChanges) -> EndpointGroup:
        """Change a group."""

    @optional
    def delete_endpoint_group(self, context: RequestContext, endpoint_group_id: str) -> None:
        """Delete a group with its links."""

    @optional
    def list_endpoints_in_group(self, context: RequestContext,
                                endpoint_group_id: str) -> list[Endpoint]:
        """Return the endpoints that the group's filters let through."""

    @optional
    def list_projects_of_endpoint_group(self, context: RequestContext,
                                        endpoint_group_id: str) -> list[Project]:
        """Return the projects that the group is linked to."""

    @optional
    def list_endpoint_groups_for_project(self, context: RequestContext,
                                         project_id: str) -> list[EndpointGroup]:
        """Return the groups that are linked to a project."""

    @optional
    def check_endpoint_group_in_project(self, context: RequestContext, endpoint_group_id: str,
                                        project_id: str) -> None:
        """Return if the two are linked.

        Raises:
            NotFound: they are not.
        """

    @optional
    def add_endpoint_group_to_project(self, context: RequestContext, endpoint_group_id: str,
                                      project_id: str) -> None:
        """Link the two.

        Raises:
            Conflict: they are linked already.
        """

    @optional
    def remove_endpoint_group_from_project(self, context: RequestContext, endpoint_group_id: str,
                                           project_id: str) -> None:
        """Unlink the two.

        Raises:
            NotFound: they are not linked.
        """


class ProjectEndpoints(Driver):
    """Single endpoints that are linked to projects.

    Everything that is given an id raises NotFound if nothing has it.
    """

    @optional
    def list_endpoints_for_project(self, context: RequestContext,
                                   project_id: str) -> list[Endpoint]:
        """Return what is linked to a project, by itself or in a group.

        None at all: a catalog shows the project every endpoint.
        """

    @optional
    def list_projects_for_endpoint(self, context: RequestContext,
                                   endpoint_id: str) -> list[Project]:
        """Return the projects that an endpoint is linked to by itself."""

    @optional
    def check_endpoint_in_project(self, context: RequestContext, endpoint_id: str,
                                  project_id: str) -> None:
        """Return if the two are linked.

        Raises:
            NotFound: they are not.
        """

    @optional
    def add_endpoint_to_project(self, context: RequestContext, endpoint_id: str,
                                project_id: str) -> None:
        """Link the two.

        Raises:
            Conflict: they are linked already.
        """

    @optional
    def remove_endpoint_from_project(self, context: RequestContext, endpoint_id: str,
                                     project_id: str) -> None:
        """Unlink the two.

        Raises:
            NotFound: they are not linked.
        """
