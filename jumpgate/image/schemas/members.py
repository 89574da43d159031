"""Schemas of members."""
from __future__ import annotations

from typing import Any

from jumpgate.common import schema
from jumpgate.image.schemas.images import ID, described

PROPERTIES: dict[str, Any] = {
    'member_id': described('The project that the image is shared with.'),
    'image_id': described('The id of the image.', pattern=ID),
    'created_at': described('When it was shared.'),
    'updated_at': described('When the membership was changed last.'),
    'status': described('What the project has made of it.',
                        enum=['pending', 'accepted', 'rejected']),
    'schema': {'type': 'string', 'readOnly': True},
}

CREATE = schema.obj(['member'], additional=True, member=schema.string(1, 255))
UPDATE = schema.obj(['status'], additional=True,
                    status=schema.enum('pending', 'accepted', 'rejected'))
MEMBER = schema.obj([*PROPERTIES], **PROPERTIES)
MEMBERS = schema.obj(['members', 'schema'], members=schema.array(MEMBER),
                     schema={'type': 'string'})
