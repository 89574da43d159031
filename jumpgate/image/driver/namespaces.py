"""What a cloud can do with the namespaces of metadata definitions."""
from __future__ import annotations

from collections.abc import Mapping

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.image.models.namespaces import (
    Association,
    Contents,
    Namespace,
    NamespaceChanges,
    NewNamespace,
)


class Namespaces(Driver):
    """Namespaces; one that the caller may not see is not there."""

    @optional
    def list_namespaces(self, context: RequestContext, query: Query) -> Page[Namespace]:
        """Return the namespaces that the caller may see.

        The filter `resource_types` holds the names of resource types of which a namespace must be
        associated with one.
        """

    @optional
    def get_namespace(self, context: RequestContext, namespace: str) -> Namespace:
        """Return the namespace of this name.

        Raises:
            NotFound: there is none.
        """

    @optional
    def get_namespace_contents(self, context: RequestContext, namespace: str) -> Contents:
        """Return all that is in a namespace.

        Raises:
            NotFound: there is none of this name.
        """

    @optional
    def list_associations(self, context: RequestContext,
                          namespaces: tuple[str, ...]) -> Mapping[str, tuple[Association, ...]]:
        """Return namespace → its associations, of those that have some."""

    @optional
    def create_namespace(self, context: RequestContext, new: NewNamespace) -> Namespace:
        """Make a namespace with all that is wished for in it.

        Raises:
            Conflict: the name is taken.
        """

    @optional
    def update_namespace(self, context: RequestContext, namespace: str,
                         changes: NamespaceChanges) -> Namespace:
        """Change a namespace.

        Raises:
            NotFound: there is none of this name.
            Conflict: the new name is taken.
        """

    @optional
    def delete_namespace(self, context: RequestContext, namespace: str) -> None:
        """Delete a namespace with all that is in it.

        Raises:
            NotFound: there is none of this name.
            Forbidden: it is protected.
        """
