"""Application credentials: some of a user's rights on one project, with a secret of their own."""
from __future__ import annotations

import dataclasses
import datetime

from jumpgate.common.model import model
from jumpgate.identity.models.roles import Role


@model
class AccessRule:
    """One kind of request that an application credential may make.

    :param service: the type that the service has in the catalog
    :param path: ``*`` and ``{name}`` stand for one segment, ``**`` for any number
    """

    id: str
    service: str
    path: str
    method: str


@model
class ApplicationCredential:
    """An application credential; nobody gets to see its secret again.

    :param unrestricted: whether it may manage others of its kind
    :param access_rules: None: whatever its roles allow
    """

    id: str
    name: str
    user_id: str
    project_id: str
    description: str | None = None
    expires_at: datetime.datetime | None = None
    unrestricted: bool | None = None
    roles: tuple[Role, ...] = ()
    access_rules: tuple[AccessRule, ...] | None = None


@model
class RoleWish:
    """A role by id or by name."""

    id: str | None = None
    name: str | None = None


@model
class AccessRuleWish:
    """An access rule: one that there is, by its id, or what it says."""

    id: str | None = None
    service: str | None = None
    path: str | None = None
    method: str | None = None


@model
class NewApplicationCredential:
    """A wish for an application credential for the caller, on the project of their token.

    :param roles: none: all that the token has
    """

    name: str
    secret: str = dataclasses.field(repr=False)
    description: str | None = None
    expires_at: datetime.datetime | None = None
    unrestricted: bool | None = None
    roles: tuple[RoleWish, ...] = ()
    access_rules: tuple[AccessRuleWish, ...] = ()
