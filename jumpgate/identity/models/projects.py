"""Projects: what owns resources. They form trees below their domain."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Project:
    """A project.

    :param domain_id: None where the project acts as a domain
    :param parent_id: the domain's id at the top of a tree; None where it acts as a domain
    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    name: str
    domain_id: str | None = None
    parent_id: str | None = None
    is_domain: bool = False
    description: str | None = ''
    enabled: bool = True
    tags: tuple[str, ...] = ()
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewProject:
    """A wish for a project.

    :param parent_id: None: directly below the domain
    """

    name: str
    domain_id: str | None = None
    parent_id: str | None = None
    is_domain: bool = False
    description: str | None = ''
    enabled: bool = True
    tags: tuple[str, ...] = ()
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class ProjectChanges:
    """What shall be different about a project. An option that is null goes away."""

    name: str | Unset = UNSET
    domain_id: str | Unset = UNSET
    parent_id: str | Unset | None = UNSET
    is_domain: bool | Unset = UNSET
    description: str | Unset | None = UNSET
    enabled: bool | Unset = UNSET
    tags: tuple[str, ...] | Unset = UNSET
    options: Mapping[str, object] | Unset = UNSET
    extra: Mapping[str, object] | Unset = UNSET
