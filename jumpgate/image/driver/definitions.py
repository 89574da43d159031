"""What a cloud can do with the definitions in a namespace.

Every method raises NotFound where there is no such namespace or no such definition, Conflict where
a name is taken, and Forbidden where something shall be deleted from a protected namespace.
"""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.image.models.namespaces import (
    Association,
    NewAssociation,
    NewObject,
    Object,
    Property,
    ResourceType,
    Tag,
)


class Properties(Driver):
    """Definitions of properties."""

    @optional
    def list_properties(self, context: RequestContext, namespace: str) -> list[Property]:
        """Return all of a namespace."""

    @optional
    def get_property(self, context: RequestContext, namespace: str, name: str) -> Property:
        """Return one."""

    @optional
    def create_property(self, context: RequestContext, namespace: str, new: Property) -> Property:
        """Define a property."""

    @optional
    def update_property(self, context: RequestContext, namespace: str, name: str,
                        new: Property) -> Property:
        """Put another definition, perhaps of another name, in the place of one."""

    @optional
    def delete_property(self, context: RequestContext, namespace: str, name: str) -> None:
        """Delete one."""

    @optional
    def delete_properties(self, context: RequestContext, namespace: str) -> None:
        """Delete all of a namespace."""


class Objects(Driver):
    """Properties that belong together."""

    @optional
    def list_objects(self, context: RequestContext, namespace: str, query: Query) -> Page[Object]:
        """Return those of a namespace; a marker is a name."""

    @optional
    def get_object(self, context: RequestContext, namespace: str, name: str) -> Object:
        """Return one."""

    @optional
    def create_object(self, context: RequestContext, namespace: str, new: NewObject) -> Object:
        """Define an object."""

    @optional
    def update_object(self, context: RequestContext, namespace: str, name: str,
                      new: NewObject) -> Object:
        """Put another definition, perhaps of another name, in the place of one."""

    @optional
    def delete_object(self, context: RequestContext, namespace: str, name: str) -> None:
        """Delete one."""

    @optional
    def delete_objects(self, context: RequestContext, namespace: str) -> None:
        """Delete all of a namespace."""


class Tags(Driver):
    """Tags that things may have."""

    @optional
    def list_tags(self, context: RequestContext, namespace: str, query: Query) -> Page[Tag]:
        """Return those of a namespace; a marker is a name."""

    @optional
    def get_tag(self, context: RequestContext, namespace: str, name: str) -> Tag:
        """Return one."""

    @optional
    def create_tag(self, context: RequestContext, namespace: str, name: str) -> Tag:
        """Define a tag."""

    @optional
    def create_tags(self, context: RequestContext, namespace: str, names: tuple[str, ...],
                    keep: bool) -> list[Tag]:
        """Define tags.

        :param keep: whether those that are there stay
        """

    @optional
    def update_tag(self, context: RequestContext, namespace: str, name: str, new: str) -> Tag:
        """Rename one."""

    @optional
    def delete_tag(self, context: RequestContext, namespace: str, name: str) -> None:
        """Delete one."""

    @optional
    def delete_tags(self, context: RequestContext, namespace: str) -> None:
        """Delete all of a namespace."""


class ResourceTypes(Driver):
    """What definitions are for."""

    @optional
    def list_resource_types(self, context: RequestContext) -> list[ResourceType]:
        """Return all that any namespace is associated with, or was."""

    @optional
    def create_association(self, context: RequestContext, namespace: str,
                           new: NewAssociation) -> Association:
        """Say that a namespace is for a resource type."""

    @optional
    def delete_association(self, context: RequestContext, namespace: str,
                           name: str) -> None:
        """Say so no longer."""


class Definitions(Properties, Objects, Tags, ResourceTypes):
    """All that is in a namespace."""
