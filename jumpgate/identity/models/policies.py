"""Policies: texts that services may fetch, and what they are for."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model


@model
class Policy:
    """A policy; the identity service does not read it.

    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    blob: str
    type: str
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewPolicy:
    """A wish for a policy."""

    blob: str
    type: str
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class PolicyChanges:
    """What shall be different about a policy."""

    blob: str | Unset = UNSET
    type: str | Unset = UNSET
    extra: Mapping[str, object] | Unset = UNSET


@model
class PolicyTarget:
    """What a policy is bound to: an endpoint, a service, or a service in a region."""

    endpoint_id: str | None = None
    service_id: str | None = None
    region_id: str | None = None
