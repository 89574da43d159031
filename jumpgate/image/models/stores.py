"""Stores: where the data of images is, and how it gets there."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from jumpgate.common.model import model


@model
class Store:
    """A place for the data of images.

    :param type: what it is made of, such as ``file``
    :param properties: what an administrator may want to know
    """

    id: str
    type: str
    description: str | None = None
    is_default: bool = False
    weight: int = 0
    properties: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@model
class Import:
    """A wish that the data of an image be brought in.

    :param method: such as ``glance-direct``
    :param uri: where to fetch it, for methods that fetch
    :param stores: the ids of the stores it shall be in; none: the default one
    :param must_all_succeed: whether one store that fails spoils it all
    :param request: as it was asked for, to be kept with the task
    """

    method: str
    uri: str | None = None
    stores: tuple[str, ...] = ()
    must_all_succeed: bool = True
    request: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@model
class Location:
    """One place where the data of an image is."""

    url: str
    store: str
