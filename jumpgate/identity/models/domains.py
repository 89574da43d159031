"""Domains: what owns projects, users, groups and roles."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Domain:
    """A domain.

    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    name: str
    description: str | None = ''
    enabled: bool = True
    tags: tuple[str, ...] = ()
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewDomain:
    """A wish for a domain.

    :param id: 32 hexadecimal digits, where the client chose one
    """

    name: str
    id: str | None = None
    description: str | None = ''
    enabled: bool = True
    tags: tuple[str, ...] = ()
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class DomainChanges:
    """What shall be different about a domain. An option that is null goes away."""

    name: str | Unset = UNSET
    description: str | Unset | None = UNSET
    enabled: bool | Unset = UNSET
    tags: tuple[str, ...] | Unset = UNSET
    options: Mapping[str, object] | Unset = UNSET
    extra: Mapping[str, object] | Unset = UNSET
