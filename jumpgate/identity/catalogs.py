"""Which catalog a caller gets: the option ``[identity] catalog`` chooses where it comes from."""
from __future__ import annotations

from jumpgate.common.controller import Call
from jumpgate.identity import catalog


def for_project(call: Call, project_id: str | None) -> tuple[catalog.CatalogService, ...]:
    """The catalog that a token for this project shows; None: of a domain or the system."""
    return catalog.of_request(call.app, call.environ, project_id)
