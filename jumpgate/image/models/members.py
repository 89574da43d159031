"""Members: the projects that an image is shared with."""
from __future__ import annotations

import datetime
import enum

from jumpgate.common.model import model


class MemberStatus(enum.StrEnum):
    """What a project has made of an image that was shared with it."""

    PENDING = 'pending'
    ACCEPTED = 'accepted'
    REJECTED = 'rejected'


@model
class Member:
    """One project that an image is shared with.

    :param member_id: the id of the project
    """

    image_id: str
    member_id: str
    status: MemberStatus
    created_at: datetime.datetime
    updated_at: datetime.datetime

    @property
    def id(self) -> str:
        """Names this membership among all."""
        return f'{self.image_id}/{self.member_id}'
