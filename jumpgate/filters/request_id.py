"""A name for every request, on the environ, in the log and on the answer."""
from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from jumpgate import deploy

_GLOBAL_ID = re.compile(r'^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', re.IGNORECASE)
#: What Nova and Cinder call the same header.
_OLDER_NAMES = {'compute': 'x-compute-request-id', 'volume': 'x-compute-request-id'}


class RequestId:
    """Set ``openstack.request_id``; keep a well-formed inbound one as the global id.

    It does in a few lines what oslo.middleware's ``RequestId`` does by way of WebOb, which may
    stand in its place.
    """

    def __init__(self, app: deploy.App, service: str = '') -> None:
        self._app = app
        self._older_name = _OLDER_NAMES.get(service)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request_id = environ['openstack.request_id'] = f'req-{uuid.uuid4()}'
        inbound = environ.get('HTTP_X_OPENSTACK_REQUEST_ID')
        if inbound and _GLOBAL_ID.match(inbound):
            environ['openstack.global_request_id'] = inbound

        def starting(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            headers.append(('x-openstack-request-id', request_id))
            if self._older_name:
                headers.append((self._older_name, request_id))
            return start_response(status, headers, exc_info) if exc_info else (
                start_response(status, headers))

        return self._app(environ, starting)


def filter_factory(global_conf: dict[str, str],
                   service: str = '') -> Callable[[deploy.App], deploy.App]:
    """``[filter:…]``; ``service = compute`` adds that service's older header too."""
    return lambda app: RequestId(app, service)
