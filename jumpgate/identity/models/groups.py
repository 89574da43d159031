"""Groups: users that get roles together."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Group:
    """A group of users of any domain."""

    id: str
    name: str
    domain_id: str
    description: str | None = ''
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewGroup:
    """A wish for a group."""

    name: str
    domain_id: str
    description: str | None = ''
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class GroupChanges:
    """What shall be different about a group."""

    name: str | Unset = UNSET
    domain_id: str | Unset = UNSET
    description: str | Unset | None = UNSET
    extra: Mapping[str, object] | Unset = UNSET
