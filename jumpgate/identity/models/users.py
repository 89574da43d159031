"""Users: who may log in."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class User:
    """A user.

    :param extra: attributes that the API does not know (``email`` among them)
    """

    id: str
    name: str
    domain_id: str
    enabled: bool = True
    description: str | None = None
    default_project_id: str | None = None
    password_expires_at: datetime.datetime | None = None
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewUser:
    """A wish for a user.

    :param password: None: nobody can log in with a password
    """

    name: str
    domain_id: str
    password: str | None = dataclasses.field(default=None, repr=False)
    enabled: bool = True
    description: str | None = None
    default_project_id: str | None = None
    options: Mapping[str, object] = dataclasses.field(default_factory=dict)
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class UserChanges:
    """What shall be different about a user. An option that is null goes away."""

    name: str | Unset = UNSET
    domain_id: str | Unset = UNSET
    password: str | Unset | None = dataclasses.field(default=UNSET, repr=False)
    enabled: bool | Unset = UNSET
    description: str | Unset | None = UNSET
    default_project_id: str | Unset | None = UNSET
    options: Mapping[str, object] | Unset = UNSET
    extra: Mapping[str, object] | Unset = UNSET
