"""Put the caller's project on the environ, where the seed's handlers look for it."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jumpgate import deploy
from jumpgate.common.context import ENVIRON_KEY


class Tenant:
    """Set ``environ['tenant_id']`` from the context."""

    def __init__(self, app: deploy.App) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ.pop('tenant_id', None)
        context = environ.get(ENVIRON_KEY)
        if context is not None and context.project_id:
            environ['tenant_id'] = context.project_id
        return self._app(environ, start_response)


def filter_factory(global_conf: dict[str, str]) -> Callable[[deploy.App], deploy.App]:
    return Tenant
