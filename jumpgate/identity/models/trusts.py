"""Trusts: what one user lets another do."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping

from jumpgate.common.model import model
from jumpgate.identity.models.application_credentials import RoleWish
from jumpgate.identity.models.roles import Role


@model
class Trust:
    """A trust.

    :param trustor_user_id: whose rights they are
    :param trustee_user_id: who may use them
    :param impersonation: whether the trustee then acts as the trustor
    :param project_id: None: it gives no rights
    :param remaining_uses: how many more tokens it is good for; None: any number
    :param redelegated_trust_id: the trust that it was made by
    :param redelegation_count: how often it may be passed on
    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    trustor_user_id: str
    trustee_user_id: str
    impersonation: bool
    project_id: str | None = None
    roles: tuple[Role, ...] = ()
    expires_at: datetime.datetime | None = None
    deleted_at: datetime.datetime | None = None
    remaining_uses: int | None = None
    redelegated_trust_id: str | None = None
    redelegation_count: int = 0
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewTrust:
    """A wish for a trust.

    :param allow_redelegation: whether it may be passed on
    :param redelegation_count: how often; None: as often as is possible
    """

    trustor_user_id: str
    trustee_user_id: str
    impersonation: bool
    project_id: str | None = None
    roles: tuple[RoleWish, ...] = ()
    expires_at: datetime.datetime | None = None
    remaining_uses: int | None = None
    allow_redelegation: bool = False
    redelegation_count: int | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)
