"""Services: what a catalog lists."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Service:
    """A service.

    :param enabled: whether catalogs show it
    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    type: str
    name: str = ''
    enabled: bool = True
    description: str | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewService:
    """A wish for a service."""

    type: str
    name: str = ''
    enabled: bool = True
    description: str | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class ServiceChanges:
    """What shall be different about a service."""

    type: str | Unset = UNSET
    name: str | Unset = UNSET
    enabled: bool | Unset = UNSET
    description: str | Unset | None = UNSET
    extra: Mapping[str, object] | Unset = UNSET
