"""An answer on its way to the client, counted against what it announced."""
from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol

from jumpgate.cmd.reader import Settings
from jumpgate.cmd.request_body import Body
from jumpgate.cmd.request_head import Head

ExcInfo = tuple[type[BaseException], BaseException, TracebackType]

#: A body of up to this many bytes is sent together with the head.
_TOGETHER = 64 * 1024
#: An unread rest of a body that is short enough to be read and dropped.
_SHORT_REST = 64 * 1024
#: Blocks that are sent in a row before the other connections get their turn.
_TURN = 16


class ClientGone(Exception):
    """The client closed the connection, or does not read."""


class Server(Protocol):
    settings: Settings
    draining: bool

    def date(self) -> str: ...


class Response:
    """The answer to one request.

    :param body: the request's body, which decides whether the connection can be kept; None
        if the request was not understood
    """

    def __init__(self, sock: Any, head: Head, body: Body | None, server: Server) -> None:
        self._sock = sock
        self._head = head
        self._body = body
        self._server = server
        self._status = ''
        self._headers: list[tuple[str, str]] = []
        self._left: int | None = None
        self._chunked = False
        self._bodyless = False
        self._pieces = 0
        self.code = 0
        self.sent = 0
        self.started = False
        self.keeps_connection = False

    def run(self, app: Any, environ: dict[str, Any]) -> None:
        """Call the application and send what it answers.

        :raises ClientGone: the client does not take it
        """
        result = app(environ, self._start_response)
        try:
            if type(result) in (list, tuple):
                self._send(b''.join(result), last=True)
            else:
                for piece in result:
                    if piece:
                        self._send(piece)
                if not self.started:
                    self._send(b'', last=True)
            self._finish()
        finally:
            close = getattr(result, 'close', None)
            if close is not None:
                close()

    def replace(self, code: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Send this instead of what the application began."""
        from http import HTTPStatus
        try:
            phrase = HTTPStatus(code).phrase
        except ValueError:
            phrase = 'Error'
        self.code, self._status, self._headers = code, f'{code} {phrase}', headers
        self._send(content, last=True)
        self._finish()

    def abort(self) -> None:
        """Break the answer off so that the client sees it: an unfinished one closes."""
        self.keeps_connection = False
        if self._left is None and not self._chunked:
            # its end is the connection's end: only a reset tells them apart
            with contextlib.suppress(OSError):
                self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                      struct.pack('ii', 1, 0))

    def _start_response(self, status: str, headers: list[tuple[str, str]],
                        exc_info: ExcInfo | None = None) -> Callable[[bytes], None]:
        if self.started and exc_info:
            raise exc_info[1].with_traceback(exc_info[2])
        if self._status and not exc_info:
            raise RuntimeError('start_response was called twice')
        self.code = int(status[:3])
        self._status = status
        self._headers = headers
        return self._send

    def _send(self, data: bytes, last: bool = False) -> None:
        """Send a piece of the body; the first brings the head along."""
        head = b''
        if not self.started:
            if not self._status:
                raise RuntimeError('the application sent a body before start_response')
            head = self._begin(len(data) if last else None)
            self.started = True
        if self._bodyless:
            data = b''
        elif self._left is not None:
            if len(data) > self._left:
                raise RuntimeError('the application sent more than its Content-Length')
            self._left -= len(data)
        self.sent += len(data)
        if self._chunked and data:
            data = b'%x\r\n%b\r\n' % (len(data), data)
        self._write(head, data)

    def _finish(self) -> None:
        if self._chunked:
            self._write(b'', b'0\r\n\r\n')
        if self._left and not self._bodyless:
            raise RuntimeError(f'the application sent {self._left} bytes less than its '
                               'Content-Length')

    def _begin(self, length: int | None) -> bytes:
        """The head of the answer; `length` of the whole body where it is all here."""
        lines = [f'HTTP/1.1 {self._status}\r\n']
        declared = None
        dated = False
        silent = self.code == 204 or self.code < 200
        for name, value in self._headers:
            lower = name.lower()
            if lower == 'content-length':
                if silent:
                    continue
                declared = int(value)
            elif lower == 'date':
                dated = True
            lines.append(f'{name}: {value}\r\n')
        if not dated:
            lines.append(f'Date: {self._server.date()}\r\n')
        self._bodyless = silent or self.code == 304 or self._head.method == 'HEAD'
        self._left = declared
        keep = self._may_keep()
        if declared is None and not self._bodyless:
            if length is not None:
                self._left = length
                lines.append(f'Content-Length: {length}\r\n')
            elif self._head.version >= (1, 1):
                self._chunked = True
                lines.append('Transfer-Encoding: chunked\r\n')
            else:
                keep = False
        self.keeps_connection = keep
        if not keep:
            lines.append('Connection: close\r\n')
        elif self._head.version < (1, 1):
            lines.append('Connection: keep-alive\r\n')
        text = ''.join(lines)
        if text.count('\n') != len(lines) or '\r' in text.replace('\r\n', ''):
            raise ValueError('a header of the answer holds a line break')
        return (text + '\r\n').encode('latin-1')

    def _may_keep(self) -> bool:
        server = self._server
        if not server.settings.keep_alive or server.draining or not self._head.keep_alive:
            return False
        body = self._body
        if body is None:
            return False
        if body.finished:
            return True
        # a client that waits for 100 Continue may go either way: ask it to come again
        return not body.broken and not body.awaited and (
            body.remaining is None or body.remaining <= _SHORT_REST)

    def _write(self, head: bytes, data: bytes) -> None:
        sock = self._sock
        try:
            sock.settimeout(self._server.settings.write_timeout)
            if len(data) <= _TOGETHER:
                if head or data:
                    sock.sendall(head + data)
            else:
                if head:
                    sock.sendall(head)
                sock.sendall(memoryview(data))
        except OSError as error:
            self.keeps_connection = False
            raise ClientGone from error
        self._pieces += 1
        if self._pieces % _TURN == 0:
            time.sleep(0)
