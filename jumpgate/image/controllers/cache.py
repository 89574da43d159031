"""The image cache, which is not there: the gateway has the data itself."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation


def absent(name: str, summary: str) -> Any:
    """An operation of a service that has no cache."""
    def refuse(call: Call, image_guid: str = '') -> None:
        raise errors.NotFound('Caching via API is not supported at this site.')
    refuse.__doc__ = summary
    return operation(name, needs=('list_stores',), role='admin')(refuse)
