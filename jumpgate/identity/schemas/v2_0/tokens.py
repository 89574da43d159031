"""Bodies of token requests in v2.0."""
from __future__ import annotations

from jumpgate.common.schema import nullable, obj
from jumpgate.identity.schemas import parts

_TEXT = parts.TEXT

CREATE = obj(['auth'], additional=True, auth={**obj(
    additional=True,
    passwordCredentials=obj(['password'], additional=True, username=_TEXT, userId=_TEXT,
                            password=_TEXT),
    token=obj(['id'], additional=True, id=_TEXT),
    tenantId=nullable(_TEXT), tenantName=nullable(_TEXT)),
    'anyOf': [{'required': ['passwordCredentials']}, {'required': ['token']}]})
