"""Endpoint groups: endpoints by what they have in common."""
from __future__ import annotations

from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class EndpointGroup:
    """A group of endpoints.

    :param filters: attribute of an endpoint → what it must be; all must fit
    """

    id: str
    name: str
    filters: Mapping[str, object]
    description: str | None = None


@model
class NewEndpointGroup:
    """A wish for a group of endpoints."""

    name: str
    filters: Mapping[str, object]
    description: str | None = None


@model
class EndpointGroupChanges:
    """What shall be different about a group of endpoints."""

    name: str | Unset = UNSET
    filters: Mapping[str, object] | Unset = UNSET
    description: str | Unset | None = UNSET
