"""Limits: how much of a resource a project or domain may have."""
from __future__ import annotations

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class RegisteredLimit:
    """What holds for everybody who has no limit of their own."""

    id: str
    service_id: str
    resource_name: str
    default_limit: int
    region_id: str | None = None
    description: str | None = None


@model
class NewRegisteredLimit:
    """A wish for a registered limit."""

    service_id: str
    resource_name: str
    default_limit: int
    region_id: str | None = None
    description: str | None = None


@model
class RegisteredLimitChanges:
    """What shall be different about a registered limit."""

    service_id: str | Unset = UNSET
    resource_name: str | Unset = UNSET
    default_limit: int | Unset = UNSET
    region_id: str | Unset | None = UNSET
    description: str | Unset | None = UNSET


@model
class Limit:
    """What holds for one project or one domain instead of a registered limit."""

    id: str
    service_id: str
    resource_name: str
    resource_limit: int
    project_id: str | None = None
    domain_id: str | None = None
    region_id: str | None = None
    description: str | None = None


@model
class NewLimit:
    """A wish for a limit: of a project or of a domain."""

    service_id: str
    resource_name: str
    resource_limit: int
    project_id: str | None = None
    domain_id: str | None = None
    region_id: str | None = None
    description: str | None = None


@model
class LimitChanges:
    """What shall be different about a limit."""

    resource_limit: int | Unset = UNSET
    description: str | Unset | None = UNSET
