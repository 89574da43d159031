"""Definitions on SQL."""
from __future__ import annotations

import dataclasses

from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page, Query
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox.namespaces import (
    NamespaceShelf,
    decoded,
    refuse_protected,
    resource_type,
)
from jumpgate.image.models.namespaces import (
    Association,
    NewAssociation,
    NewObject,
    Object,
    Property,
    ResourceType,
    Tag,
)
from jumpgate.store.unit_of_work import unit_of_work


class _Kinds(NamespaceShelf):
    """What is the same for definitions of every kind."""

    @unit_of_work
    def _delete(self, context: RequestContext, namespace: str, kind: str, name: str) -> None:
        found = self.find_namespace(context, namespace)
        row = self.find_row(found, kind, name)
        refuse_protected(found, kind, name)
        self.definitions.delete(row.id)

    @unit_of_work
    def _delete_all(self, context: RequestContext, namespace: str, kind: str) -> None:
        found = self.find_namespace(context, namespace)
        refuse_protected(found, 'namespace', namespace)
        self.definitions.delete_where(namespace_id=found.id, kind=kind)


class Properties(_Kinds, driver.Properties):
    """Properties."""

    def list_properties(self, context: RequestContext, namespace: str) -> list[Property]:
        return self.find_all(self.find_namespace(context, namespace), 'property')

    def get_property(self, context: RequestContext, namespace: str, name: str) -> Property:
        found = self.find_namespace(context, namespace)
        thing: Property = decoded(self.find_row(found, 'property', name))
        return thing

    @unit_of_work
    def create_property(self, context: RequestContext, namespace: str, new: Property) -> Property:
        self.add(self.find_namespace(context, namespace), 'property', new)
        return new

    @unit_of_work
    def update_property(self, context: RequestContext, namespace: str, name: str,
                        new: Property) -> Property:
        self.put(self.find_namespace(context, namespace), 'property', name, new)
        return new

    def delete_property(self, context: RequestContext, namespace: str, name: str) -> None:
        self._delete(context, namespace, 'property', name)

    def delete_properties(self, context: RequestContext, namespace: str) -> None:
        self._delete_all(context, namespace, 'property')


class Objects(_Kinds, driver.Objects):
    """Objects."""

    def list_objects(self, context: RequestContext, namespace: str, query: Query) -> Page[Object]:
        return Page.whole(self.find_all(self.find_namespace(context, namespace), 'object'))

    def get_object(self, context: RequestContext, namespace: str, name: str) -> Object:
        found = self.find_namespace(context, namespace)
        thing: Object = decoded(self.find_row(found, 'object', name))
        return thing

    @unit_of_work
    def create_object(self, context: RequestContext, namespace: str, new: NewObject) -> Object:
        return self.define(self.find_namespace(context, namespace), new)

    @unit_of_work
    def update_object(self, context: RequestContext, namespace: str, name: str,
                      new: NewObject) -> Object:
        found = self.find_namespace(context, namespace)
        old: Object = decoded(self.find_row(found, 'object', name))
        made = dataclasses.replace(
            old, name=new.name, description=new.description, required=new.required,
            properties=dict(new.properties), updated_at=self.now())
        self.put(found, 'object', name, made)
        return made

    def delete_object(self, context: RequestContext, namespace: str, name: str) -> None:
        self._delete(context, namespace, 'object', name)

    def delete_objects(self, context: RequestContext, namespace: str) -> None:
        self._delete_all(context, namespace, 'object')


class Tags(_Kinds, driver.Tags):
    """Tags."""

    def list_tags(self, context: RequestContext, namespace: str, query: Query) -> Page[Tag]:
        return Page.whole(self.find_all(self.find_namespace(context, namespace), 'tag'))

    def get_tag(self, context: RequestContext, namespace: str, name: str) -> Tag:
        found = self.find_namespace(context, namespace)
        thing: Tag = decoded(self.find_row(found, 'tag', name))
        return thing

    @unit_of_work
    def create_tag(self, context: RequestContext, namespace: str, name: str) -> Tag:
        return self.tag(self.find_namespace(context, namespace), name)

    @unit_of_work
    def create_tags(self, context: RequestContext, namespace: str, names: tuple[str, ...],
                    keep: bool) -> list[Tag]:
        found = self.find_namespace(context, namespace)
        if not keep:
            self.definitions.delete_where(namespace_id=found.id, kind='tag')
        return [self.tag(found, name) for name in names]

    @unit_of_work
    def update_tag(self, context: RequestContext, namespace: str, name: str, new: str) -> Tag:
        found = self.find_namespace(context, namespace)
        old: Tag = decoded(self.find_row(found, 'tag', name))
        made = dataclasses.replace(old, name=new, updated_at=self.now())
        self.put(found, 'tag', name, made)
        return made

    def delete_tag(self, context: RequestContext, namespace: str, name: str) -> None:
        self._delete(context, namespace, 'tag', name)

    def delete_tags(self, context: RequestContext, namespace: str) -> None:
        self._delete_all(context, namespace, 'tag')


class ResourceTypes(_Kinds, driver.ResourceTypes):
    """Resource types."""

    def list_resource_types(self, context: RequestContext) -> list[ResourceType]:
        return [resource_type(row) for row in self.resource_types.find()]

    @unit_of_work
    def create_association(self, context: RequestContext, namespace: str,
                           new: NewAssociation) -> Association:
        return self.associate(self.find_namespace(context, namespace), new)

    def delete_association(self, context: RequestContext, namespace: str, name: str) -> None:
        self._delete(context, namespace, 'association', name)


class Definitions(Properties, Objects, Tags, ResourceTypes):
    """All that is in a namespace."""
