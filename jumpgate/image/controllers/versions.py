"""Version documents."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.image.schemas import versions as schemas
from jumpgate.image.views import versions as views


@operation('choose_version', needs=(), public=True, code=300, reply=schemas.VERSIONS)
def choices(call: Call) -> dict[str, Any]:
    """List API versions"""
    return views.many(call.prefix(''))


@operation('list_versions', needs=(), public=True, reply=schemas.VERSIONS)
def index(call: Call) -> dict[str, Any]:
    """List API versions"""
    return views.many(call.prefix(''))
