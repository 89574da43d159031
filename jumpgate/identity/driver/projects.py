"""What a cloud can do with projects."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.projects import NewProject, Project, ProjectChanges


class Projects(Driver):
    """Projects, in trees."""

    @optional
    def list_projects(self, context: RequestContext, query: Query) -> Page[Project]:
        """Return all projects; those that act as domains only where the query asks for them."""

    @optional
    def get_project(self, context: RequestContext, project_id: str) -> Project:
        """Return one project, be it one that acts as a domain.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def list_project_parents(self, context: RequestContext, project_id: str) -> list[Project]:
        """Return the projects above one, the nearest first, without the domain."""

    @optional
    def list_project_subtree(self, context: RequestContext, project_id: str) -> list[Project]:
        """Return all projects below one."""

    @optional
    def list_user_projects(self, context: RequestContext, user_id: str,
                           query: Query) -> Page[Project]:
        """Return the projects on which a user has a role.

        Raises:
            NotFound: there is no such user.
        """

    @optional
    def create_project(self, context: RequestContext, new: NewProject) -> Project:
        """Make a project.

        Raises:
            Invalid: the domain or parent does not exist, or they do not fit each other.
            Conflict: the name is taken in the domain.
            Forbidden: the tree would be too deep.
        """

    @optional
    def update_project(self, context: RequestContext, project_id: str,
                       changes: ProjectChanges) -> Project:
        """Change a project. Disabling one ends its tokens.

        Raises:
            NotFound: there is none with this id.
            Forbidden: it would be enabled below a disabled one, or disabled above enabled ones.
            Conflict: the name is taken in the domain.
        """

    @optional
    def delete_project(self, context: RequestContext, project_id: str) -> None:
        """Delete a project and the assignments on it.

        Raises:
            NotFound: there is none with this id.
            Forbidden: there are projects below it.
        """

    @optional
    def set_project_tags(self, context: RequestContext, project_id: str,
                         tags: tuple[str, ...]) -> Project:
        """Give a project these tags instead of those it has.

        Raises:
            NotFound: there is none with this id.
        """
