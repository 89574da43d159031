"""Metadata definitions: what properties of images and other things may mean."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Namespace:
    """A set of definitions.

    :param id: no part of the API, which knows it by its name
    :param name: what the API calls ``namespace``
    :param visibility: ``public`` or ``private``
    """

    id: str
    name: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    display_name: str | None = None
    description: str | None = None
    visibility: str = 'private'
    protected: bool = False
    owner: str | None = None


@model
class Property:
    """The definition of one property.

    :param definition: its JSON schema, in the words of the API
    """

    name: str
    definition: Mapping[str, Any]


@model
class Object:
    """Properties that belong together."""

    name: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    description: str | None = None
    required: tuple[str, ...] = ()
    properties: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@model
class Tag:
    name: str
    created_at: datetime.datetime
    updated_at: datetime.datetime


@model
class ResourceType:
    """What sort of thing definitions are for, such as ``OS::Nova::Server``."""

    name: str
    created_at: datetime.datetime
    updated_at: datetime.datetime


@model
class Association:
    """A namespace's word that it is for a sort of thing.

    :param name: the name of the resource type
    :param prefix: what precedes the names of properties there
    :param properties_target: which of several sets of properties there is meant
    """

    name: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    prefix: str | None = None
    properties_target: str | None = None


@model
class Contents:
    """All that is in a namespace."""

    associations: tuple[Association, ...] = ()
    properties: tuple[Property, ...] = ()
    objects: tuple[Object, ...] = ()
    tags: tuple[Tag, ...] = ()


@model
class NewObject:
    name: str
    description: str | None = None
    required: tuple[str, ...] = ()
    properties: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@model
class NewAssociation:
    name: str
    prefix: str | None = None
    properties_target: str | None = None


@model
class NewNamespace:
    """A wish for a namespace, with what shall be in it from the start."""

    name: str
    display_name: str | None = None
    description: str | None = None
    visibility: str = 'private'
    protected: bool = False
    owner: str | None = None
    associations: tuple[NewAssociation, ...] = ()
    properties: tuple[Property, ...] = ()
    objects: tuple[NewObject, ...] = ()
    tags: tuple[str, ...] = ()


@model
class NamespaceChanges:
    name: str | Unset = UNSET
    display_name: str | Unset | None = UNSET
    description: str | Unset | None = UNSET
    visibility: str | Unset = UNSET
    protected: bool | Unset = UNSET
    owner: str | Unset | None = UNSET
