"""The documents that the API publishes about itself."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.image.schemas import documents


def document(name: str, summary: str) -> Any:
    """The operation that shows the document of this name."""
    def show(call: Call) -> dict[str, Any]:
        return documents.DOCUMENTS[name]
    show.__doc__ = summary
    rule = f'show_{name.replace("/", "_")}_schema'
    return operation(rule, needs=('list_images',), role='anyone')(show)
