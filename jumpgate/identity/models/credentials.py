"""Credentials: secrets of users that other services check."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.model import model

#: The type of an access key with its secret.
EC2 = 'ec2'


@model
class Credential:
    """A credential.

    :param type: ``ec2``, ``totp``, ``cert`` or anything else
    :param blob: what it is; of an ``ec2`` one JSON with ``access`` and ``secret``
    :param extra: attributes that the API does not know, as the client gave them
    """

    id: str
    user_id: str
    type: str
    blob: str = dataclasses.field(repr=False)
    project_id: str | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


@model
class NewCredential:
    """A wish for a credential.

    :param id: None: one is made
    """

    user_id: str
    type: str
    blob: str = dataclasses.field(repr=False)
    id: str | None = None
    project_id: str | None = None
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)
