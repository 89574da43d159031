"""Endpoints: the addresses of services."""
from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


class Interface(enum.StrEnum):
    """For whom an endpoint is."""

    ADMIN = 'admin'
    INTERNAL = 'internal'
    PUBLIC = 'public'


@model
class Endpoint:
    """An endpoint.

    :param url: may name ``$(project_id)s`` and its like
    :param enabled: whether catalogs show it
    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    service_id: str
    interface: Interface
    url: str
    region_id: str | None = None
    enabled: bool = True
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewEndpoint:
    """A wish for an endpoint.

    :param make_region: whether a region that does not exist is made
    """

    service_id: str
    interface: Interface
    url: str
    region_id: str | None = None
    make_region: bool = False
    enabled: bool = True
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class EndpointChanges:
    """What shall be different about an endpoint.

    :param make_region: whether a region that does not exist is made
    """

    service_id: str | Unset = UNSET
    interface: Interface | Unset = UNSET
    url: str | Unset = UNSET
    region_id: str | Unset | None = UNSET
    make_region: bool = False
    enabled: bool | Unset = UNSET
    extra: Mapping[str, object] | Unset = UNSET
