"""HTTP/1 over one connection of the built-in server: strict, bounded, in a green thread.

It takes eventlet's sockets and scheduling, and nothing of eventlet.wsgi: what that lets pass, reads
without a bound or sends twice lies in each of its methods (docs/decisions/server-protocol.rst).
"""
from __future__ import annotations

import contextlib
import logging
import socket
import time
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from jumpgate.cmd import request_body, request_head, tls
from jumpgate.cmd.reader import Reader, Settings
from jumpgate.cmd.response import ClientGone, Response
from jumpgate.common import errors

LOG = logging.getLogger(__name__)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

#: What a client may still send after the answer, in bytes, for the connection to be kept.
_DRAIN = 64 * 1024
#: How long and how much is read from a client that was refused, so that it sees the answer
#: before the connection is reset.
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 1024 * 1024


class Server(Protocol):
    """What a connection needs to know of its server."""

    settings: Settings
    draining: bool

    def fault(self, error: errors.Error, environ: Environ) -> tuple[int, Headers, bytes]:
        """The status, headers and body that tell the client about `error`."""

    def date(self) -> str:
        """The value of the Date header."""

    def log_access(self, environ: Environ, status: int, length: int, seconds: float) -> None:
        """Note a finished request."""


class Connection:
    """One client, request after request.

    :ivar idle: whether it is without a request
    :ivar since: when the last one ended, by the monotonic clock
    :param base: the environ keys that all requests to the listener share
    """

    def __init__(self, server: Server, app: Any, sock: Any, base: Environ) -> None:
        self.server = server
        self._app = app
        self._sock = sock
        self._base = base
        self._reader = Reader(sock, server.settings)
        self.idle = True
        self.since = time.monotonic()
        self._linger = False

    def run(self) -> None:
        """Serve the client until either side has had enough."""
        try:
            while self._next():
                if self._reader.has_more:
                    # a client that pipelines must not keep the others waiting
                    time.sleep(0)
        except (ClientGone, OSError):
            LOG.debug('the client closed the connection')
        finally:
            self._close()

    def stop_if_idle(self) -> None:
        """End the connection if no request is on its way; one that arrived is still answered."""
        if self.idle:
            tls.shut_down(self._sock, socket.SHUT_RD)

    def _next(self) -> bool:
        """Serve one request; return whether another may follow."""
        self.idle = not self._reader.has_more
        self.since = time.monotonic()
        raw: bytes | None = b''
        try:
            raw = self._reader.head(self._started)
            if raw is None:
                return False
            head = request_head.parse(raw, self.server.settings.limits)
        except errors.Error as error:
            return self._refuse(error, request_head.guess_target(raw or self._reader.peek()))
        if head.target == '*':
            head.target = '/'
        environ = self._environ(head)
        try:
            body = self._body(head)
        except errors.Error as error:
            return self._refuse(error, head.target, head.method)
        environ['wsgi.input'] = body
        return self._serve(head, body, environ)

    def _started(self) -> None:
        self.idle = False

    def _serve(self, head: request_head.Head, body: request_body.Body, environ: Environ) -> bool:
        server = self.server
        response = Response(self._sock, head, body, server)
        start = time.monotonic()
        try:
            self._call(response, environ)
        finally:
            server.log_access(environ, response.code, response.sent, time.monotonic() - start)
        if not response.keeps_connection:
            self._linger = not body.finished
            return False
        return self._drain(body)

    def _call(self, response: Response, environ: Environ) -> None:
        """Let the application answer, and answer for it where it fails."""
        try:
            response.run(self._app, environ)
        except ClientGone:
            raise
        except Exception as error:
            if response.started:
                # the rest would be taken for a part of the answer: the client must see it break
                LOG.exception('the application failed after the first byte of its answer')
                response.abort()
                return
            if not isinstance(error, errors.Error):
                LOG.exception('the application failed')
                error = errors.Error()
            code, headers, content = self.server.fault(error, environ)
            response.replace(code, headers, content)

    def _drain(self, body: request_body.Body) -> bool:
        """Read what the application left of the body; return whether that was all."""
        if body.finished:
            return True
        with contextlib.suppress(errors.Error):
            body.read(_DRAIN)
            if body.remaining is None:
                body.read(1)
        self._linger = not body.finished
        return body.finished

    def _refuse(self, error: errors.Error, target: str, method: str = 'GET') -> bool:
        """Answer a request that the application is not shown."""
        environ = {**self._base, 'REQUEST_METHOD': method, 'RAW_PATH_INFO': target,
                   'PATH_INFO': _decoded(target.partition('?')[0]), 'QUERY_STRING': ''}
        code, headers, content = self.server.fault(error, environ)
        head = request_head.Head('', method, target, (1, 0), (), {})
        response = Response(self._sock, head, None, self.server)
        try:
            response.replace(code, headers, content)
        finally:
            self.server.log_access(environ, code, response.sent, 0.0)
        self._linger = True
        return False

    def _body(self, head: request_head.Head) -> request_body.Body:
        limit = self.server.settings.max_body
        before = self._send_continue if head.expects_continue and head.length != 0 else None
        if head.length is None:
            return request_body.ChunkedBody(self._reader, limit=limit, before=before)
        return request_body.Body(self._reader, head.length, limit=limit, before=before)

    def _send_continue(self) -> None:
        self._sock.settimeout(self.server.settings.write_timeout)
        self._sock.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')

    def _environ(self, head: request_head.Head) -> Environ:
        path, _, query = head.target.partition('?')
        environ = {
            **self._base,
            'REQUEST_METHOD': head.method,
            'PATH_INFO': _decoded(path) if '%' in path else path,
            'RAW_PATH_INFO': path,
            'REQUEST_URI': head.target,
            'QUERY_STRING': query,
            'SERVER_PROTOCOL': 'HTTP/1.1' if head.version >= (1, 1) else 'HTTP/1.0',
            'headers_raw': head.headers,
            'wsgi.input_terminated': True,
        }
        environ.update(head.fields)
        return environ

    def _close(self) -> None:
        if self._linger:
            tls.shut_down(self._sock, socket.SHUT_WR)
            self._reader.discard(_LINGER_SECONDS, _LINGER_BYTES)
        with contextlib.suppress(OSError):
            self._sock.close()


def _decoded(path: str) -> str:
    """Percent-decoded, each byte as a Latin-1 character: what WSGI wants in PATH_INFO."""
    return unquote_to_bytes(path.encode('latin-1')).decode('latin-1')
