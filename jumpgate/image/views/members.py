"""Members on the wire."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate.image.models.members import Member


def one(member: Member) -> dict[str, Any]:
    return {'member_id': member.member_id, 'image_id': member.image_id, 'status': member.status,
            'created_at': member.created_at, 'updated_at': member.updated_at,
            'schema': '/v2/schemas/member'}


def many(members: Iterable[Member]) -> dict[str, Any]:
    return {'members': [one(member) for member in members], 'schema': '/v2/schemas/members'}
