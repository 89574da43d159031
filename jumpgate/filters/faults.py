"""Outermost: whatever goes wrong in a filter still reaches the client as the service's fault."""
from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from jumpgate import deploy
from jumpgate.common import errors, faults, http
from jumpgate.common.responder import ANSWERED_KEY
from jumpgate.common.service import Service

LOG = logging.getLogger(__name__)
_ABOUT_THE_BODY = frozenset(('content-type', 'content-length', 'content-encoding'))


class Faults:
    """Log what nobody expected, and answer it as 500 with the request id and nothing else.

    The dispatcher renders the errors of everything it calls. Bare 4xx and 5xx of other filters are
    put into the service's dialect.
    """

    def __init__(self, app: deploy.App, service: Service) -> None:
        self._app = app
        self._service = service

    def __call__(self, environ: http.Environ, start_response: Any) -> Iterable[bytes]:
        start = _Start(environ, start_response)
        try:
            chunks = self._app(environ, start)
        except errors.Error as error:
            return self._recover(environ, start, faults.render(error, self._service, environ))
        except Exception:
            request_id = environ.get('openstack.request_id', '')
            LOG.exception('Unexpected error while answering request %s', request_id)
            return self._recover(environ, start, faults.render_unexpected(
                self._service, environ, request_id))
        if start.bare is None:
            return chunks
        code, headers = start.bare
        if hasattr(chunks, 'close'):
            chunks.close()
        return _send(start_response,
                     faults.render_status(code, self._service, environ, headers=headers))

    def _recover(self, environ: http.Environ, start: _Start, fault: faults.Rendered
                 ) -> Iterable[bytes]:
        if start.started:
            raise               # the server closes the connection: the client sees it break
        request_id = environ.get('openstack.request_id')
        if request_id:
            fault[1].append(('x-openstack-request-id', request_id))
        return _send(start.start_response, fault)


class _Start:
    """A start_response that holds back the bare error of a filter."""

    __slots__ = ('bare', 'environ', 'start_response', 'started')

    def __init__(self, environ: http.Environ, start_response: Any) -> None:
        self.environ = environ
        self.start_response = start_response
        self.started = False
        self.bare: tuple[int, http.Headers] | None = None

    def __call__(self, status: str, headers: http.Headers, exc_info: Any = None) -> Any:
        if status[0] in '45' and ANSWERED_KEY not in self.environ:
            self.bare = int(status[:3]), [
                (name, value) for name, value in headers if name.lower() not in _ABOUT_THE_BODY]
            return _drop
        self.started = True
        if exc_info:
            return self.start_response(status, headers, exc_info)
        return self.start_response(status, headers)


def _drop(data: bytes) -> None:
    """WSGI's write() for a body that is replaced."""


def _send(start_response: Any, fault: faults.Rendered) -> Iterable[bytes]:
    code, headers, body = fault
    start_response(http.status_line(code), headers)
    return [body]


def filter_factory(global_conf: dict[str, str], service: str) -> Any:
    """``[filter:…]`` with ``service = compute``."""
    gateway = deploy.jumpgate_of(global_conf)

    def make(app: deploy.App) -> deploy.App:
        return Faults(app, gateway.services[service])
    return make
