"""What a cloud can do with roles."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.roles import Inference, NewRole, Role, RoleChanges


class Roles(Driver):
    """Roles, and which imply which."""

    @optional
    def list_roles(self, context: RequestContext, query: Query) -> Page[Role]:
        """Return all roles, those of domains among them."""

    @optional
    def get_role(self, context: RequestContext, role_id: str) -> Role:
        """Return one role.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_role(self, context: RequestContext, new: NewRole) -> Role:
        """Make a role.

        Raises:
            Conflict: the name is taken.
        """

    @optional
    def update_role(self, context: RequestContext, role_id: str, changes: RoleChanges) -> Role:
        """Change a role.

        Raises:
            NotFound: there is none with this id.
            Conflict: the name is taken.
        """

    @optional
    def delete_role(self, context: RequestContext, role_id: str) -> None:
        """Delete a role with its assignments and inferences.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def list_inferences(self, context: RequestContext) -> list[Inference]:
        """Return which roles imply which, directly."""

    @optional
    def create_inference(self, context: RequestContext, inference: Inference) -> None:
        """Let a role imply another.

        Raises:
            NotFound: one of them does not exist.
            Forbidden: the implied one is a root role, or a circle would come of it.
            Conflict: it does already.
        """

    @optional
    def delete_inference(self, context: RequestContext, inference: Inference) -> None:
        """Let a role no longer imply another.

        Raises:
            NotFound: it does not.
        """
