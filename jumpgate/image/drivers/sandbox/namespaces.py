"""Namespaces of metadata definitions, and what is in them, on SQL."""
from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.common.model import model
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox import base, tables
from jumpgate.image.models.namespaces import (
    Association,
    Contents,
    Namespace,
    NamespaceChanges,
    NewAssociation,
    NewNamespace,
    NewObject,
    Object,
    Property,
    ResourceType,
    Tag,
)
from jumpgate.store.unit_of_work import unit_of_work

#: kind of definition → what it is
KINDS: Mapping[str, type[Any]] = {
    'property': Property, 'object': Object, 'tag': Tag, 'association': Association}


@model
class Definition:
    """A row of the table that holds definitions of every kind.

    :param body: the definition itself
    """

    id: str
    namespace_id: str
    kind: str
    name: str
    body: Mapping[str, Any]


class NamespaceShelf(base.Base):
    """The tables of namespaces and definitions."""

    @functools.cached_property
    def namespaces(self) -> Shelf[Namespace]:
        return Shelf(self.store, tables.NAMESPACES, Namespace, ('name', 'owner', 'visibility'))

    @functools.cached_property
    def definitions(self) -> Shelf[Definition]:
        return Shelf(self.store, tables.DEFINITIONS, Definition,
                     ('namespace_id', 'kind', 'name'))

    @functools.cached_property
    def resource_types(self) -> Shelf[_ResourceType]:
        return Shelf(self.store, tables.RESOURCE_TYPES, _ResourceType)

    def find_namespace(self, context: RequestContext, name: str) -> Namespace:
        """A namespace that the caller may see.

        :raises NotFound: if there is none of this name
        """
        found = self.namespaces.first(name=name)
        if found is None or not (context.is_admin or found.visibility == 'public'
                                 or found.owner == context.project_id):
            raise errors.NotFound(f'Namespace {name} not found')
        return found

    def find_all(self, namespace: Namespace, kind: str) -> list[Any]:
        """The definitions of one kind, as they came."""
        found = self.definitions.find(namespace_id=namespace.id, kind=kind)
        things = [decoded(one) for one in found]
        return things if kind == 'property' else sorted(
            things, key=lambda thing: (thing.created_at, thing.name))

    def find_row(self, namespace: Namespace, kind: str, name: str) -> Definition:
        """:raises NotFound: if there is none of this name"""
        found = self.definitions.first(namespace_id=namespace.id, kind=kind, name=name)
        if found is None:
            noun = {'association': 'resource-type association'}.get(kind, kind)
            raise errors.NotFound(f'The metadata definition {noun} with name={name} was not found '
                                  f'in namespace={namespace.name}.')
        return found

    def add(self, namespace: Namespace, kind: str, thing: Any) -> None:
        """:raises Conflict: if there is one of this name"""
        self.definitions.insert(
            Definition(id=base.new_id(), namespace_id=namespace.id, kind=kind, name=thing.name,
                       body=msgspec.to_builtins(thing)),
            f'A metadata definition {kind} with name={thing.name} already exists in '
            f'namespace={namespace.name}.')

    def put(self, namespace: Namespace, kind: str, name: str, thing: Any) -> None:
        """Put `thing` in the place of the one that has the name now.

        :raises NotFound: if there is none
        :raises Conflict: if the new name is taken
        """
        row = self.find_row(namespace, kind, name)
        self.definitions.update(
            dataclasses.replace(row, name=thing.name, body=msgspec.to_builtins(thing)),
            f'A metadata definition {kind} with name={thing.name} already exists in '
            f'namespace={namespace.name}.')

    def associate(self, namespace: Namespace, new: NewAssociation) -> Association:
        now = self.now()
        self.add_resource_type(new.name)
        made = Association(
            name=new.name, prefix=new.prefix, properties_target=new.properties_target,
            created_at=now, updated_at=now)
        self.add(namespace, 'association', made)
        return made

    def add_resource_type(self, name: str) -> None:
        """Know a resource type, if it is not known yet."""
        now = self.now()
        if not self.resource_types.has(id=name):
            self.resource_types.insert(_ResourceType(id=name, created_at=now, updated_at=now))

    def define(self, namespace: Namespace, new: NewObject) -> Object:
        now = self.now()
        made = Object(name=new.name, description=new.description, required=new.required,
                      properties=dict(new.properties), created_at=now, updated_at=now)
        self.add(namespace, 'object', made)
        return made

    def tag(self, namespace: Namespace, name: str) -> Tag:
        now = self.now()
        made = Tag(name=name, created_at=now, updated_at=now)
        self.add(namespace, 'tag', made)
        return made


class Namespaces(NamespaceShelf, driver.Namespaces):
    """Namespaces."""

    def list_namespaces(self, context: RequestContext, query: Query) -> Page[Namespace]:
        found: Iterable[Namespace] = self.namespaces.find()
        if not context.is_admin:
            found = [one for one in found if one.visibility == 'public'
                     or one.owner == context.project_id]
        wanted = query.value('resource_types')
        if wanted:
            rows = self.definitions.find(kind='association', name=tuple(wanted))
            ids = {row.namespace_id for row in rows}
            found = [one for one in found if one.id in ids]
        return Page.whole(found, applied=('resource_types',))

    def get_namespace(self, context: RequestContext, namespace: str) -> Namespace:
        return self.find_namespace(context, namespace)

    def get_namespace_contents(self, context: RequestContext, namespace: str) -> Contents:
        found = self.find_namespace(context, namespace)
        return Contents(
            associations=tuple(self.find_all(found, 'association')),
            properties=tuple(self.find_all(found, 'property')),
            objects=tuple(self.find_all(found, 'object')),
            tags=tuple(self.find_all(found, 'tag')))

    def list_associations(self, context: RequestContext,
                          namespaces: tuple[str, ...]) -> Mapping[str, tuple[Association, ...]]:
        ids = {one.id: one.name for one in self.namespaces.find(name=namespaces)}
        found: dict[str, tuple[Association, ...]] = {}
        for row in self.definitions.find(kind='association', namespace_id=tuple(ids)):
            name = ids[row.namespace_id]
            found[name] = (*found.get(name, ()), decoded(row))
        return found

    @unit_of_work
    def create_namespace(self, context: RequestContext, new: NewNamespace) -> Namespace:
        now = self.now()
        made = self.namespaces.insert(
            Namespace(id=base.new_id(), name=new.name, display_name=new.display_name,
                      description=new.description, visibility=new.visibility,
                      protected=new.protected, owner=new.owner, created_at=now, updated_at=now),
            _taken(new.name))
        for association in new.associations:
            self.associate(made, association)
        for one in new.properties:
            self.add(made, 'property', one)
        for thing in new.objects:
            self.define(made, thing)
        for tag in new.tags:
            self.tag(made, tag)
        return made

    @unit_of_work
    def update_namespace(self, context: RequestContext, namespace: str,
                         changes: NamespaceChanges) -> Namespace:
        old = self.find_namespace(context, namespace)
        wanted = {field.name: getattr(changes, field.name)
                  for field in dataclasses.fields(changes)
                  if getattr(changes, field.name) is not UNSET}
        new = dataclasses.replace(old, **wanted, updated_at=self.now())
        return self.namespaces.update(new, _taken(new.name))

    @unit_of_work
    def delete_namespace(self, context: RequestContext, namespace: str) -> None:
        found = self.find_namespace(context, namespace)
        refuse_protected(found, 'namespace', namespace)
        self.definitions.delete_where(namespace_id=found.id)
        self.namespaces.delete(found.id)


@model
class _ResourceType:
    """A resource type; its name is its id."""

    id: str
    created_at: Any
    updated_at: Any


def decoded(row: Definition) -> Any:
    """What a row holds."""
    return msgspec.convert(row.body, KINDS[row.kind])


def resource_type(row: _ResourceType) -> ResourceType:
    return msgspec.convert(
        {'name': row.id, 'created_at': row.created_at, 'updated_at': row.updated_at},
        ResourceType)


def refuse_protected(namespace: Namespace, noun: str, name: str) -> None:
    """:raises Forbidden: if the namespace is protected"""
    if namespace.protected:
        raise errors.Forbidden(
            f'Metadata definition {noun} {name} is protected and cannot be deleted.')


def _taken(name: str) -> str:
    return f'The metadata definition namespace={name} already exists.'
