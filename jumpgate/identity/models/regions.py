"""Regions: where endpoints are."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Region:
    """A region; its id is its name.

    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    description: str = ''
    parent_region_id: str | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewRegion:
    """A wish for a region.

    :param id: None: one is made
    """

    id: str | None = None
    description: str = ''
    parent_region_id: str | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class RegionChanges:
    """What shall be different about a region."""

    description: str | Unset = UNSET
    parent_region_id: str | Unset | None = UNSET
    extra: Mapping[str, object] | Unset = UNSET
