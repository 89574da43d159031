"""Roles: what policy rules ask for."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Role:
    """A role; one of a domain only implies others, and is in no token itself."""

    id: str
    name: str
    domain_id: str | None = None
    description: str | None = None
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewRole:
    """A wish for a role."""

    name: str
    domain_id: str | None = None
    description: str | None = None
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class RoleChanges:
    """What shall be different about a role."""

    name: str | Unset = UNSET
    description: str | Unset | None = UNSET
    options: Mapping[str, object] | Unset = UNSET
    extra: Mapping[str, object] | Unset = UNSET


@model
class Inference:
    """Who has the prior role has the implied one too."""

    prior_role_id: str
    implied_role_id: str
