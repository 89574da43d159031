"""What arrives on a connection, read with bounds in size and time."""
from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable
from typing import Any

from jumpgate.cmd import request_head
from jumpgate.common import errors

_BLOCK = 64 * 1024
#: A body is taken in larger pieces: each costs a few system calls, whatever its size.
_BODY_BLOCK = 256 * 1024
#: Reads in a row before the other connections get their turn.
_TURN = 64


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """The bounds of one server; times in seconds, sizes in bytes.

    :param max_body: 0: any
    :param keep_alive: how long a connection may idle between requests; 0: one request each
    :param body_timeout: how long the client may take for each 64 KiB
    """

    limits: request_head.Limits = dataclasses.field(default_factory=request_head.Limits)
    max_body: int = 0
    keep_alive: float = 75.0
    head_timeout: float = 30.0
    body_timeout: float = 60.0
    write_timeout: float = 60.0


class Reader:
    """A buffer over the socket of one client."""

    def __init__(self, sock: Any, settings: Settings) -> None:
        self._sock = sock
        self._settings = settings
        self._buffer = b''
        self._at = 0                # what stands before it is read already
        self._turn = 0
        self._fresh = True
        self._waited = 0.0          # seconds for the present 64 KiB of a body
        self._block = 0             # bytes of it that are here

    @property
    def has_more(self) -> bool:
        """Whether bytes are here that nobody asked for yet."""
        return self._at < len(self._buffer)

    def peek(self) -> bytes:
        """What is here already."""
        return self._buffer[self._at:]

    def head(self, started: Callable[[], None]) -> bytes | None:
        """What stands before the empty line; None if the client sends no request.

        :param started: called once the first byte is here
        :raises RequestTimeout: it did not arrive in time
        :raises Refused: it is too large
        """
        settings = self._settings
        self._waited = self._block = 0
        if not self.has_more:
            self._sock.settimeout(
                settings.head_timeout if self._fresh else settings.keep_alive or 1.0)
            try:
                self._fill()
            except (OSError, EOFError):
                return None
            if not self.has_more:
                return None
        self._fresh = False
        started()
        end = self._buffer.find(b'\r\n\r\n', self._at)
        if end < 0 or self._buffer[self._at] in b'\r\n':
            end = self._slow_head()
            if end < 0:
                return None
        self._bound(end)
        head = self._buffer[self._at:end]
        self._at = end + 4
        return head

    def _slow_head(self) -> int:
        """Read until the empty line is here; return where it begins, -1 if it never comes."""
        deadline = time.monotonic() + self._settings.head_timeout
        while True:
            # empty lines before a request are left over from a careless client's last one
            self._buffer, self._at = self._buffer[self._at:].lstrip(b'\r\n'), 0
            end = self._buffer.find(b'\r\n\r\n')
            if end >= 0:
                return end
            self._bound(len(self._buffer))
            left = deadline - time.monotonic()
            if left <= 0:
                raise _head_too_slow()
            self._sock.settimeout(left)
            try:
                part = self._sock.recv(_BLOCK)
            except TimeoutError:
                raise _head_too_slow() from None
            except (OSError, EOFError):
                return -1
            if not part:
                return -1
            self._buffer += part

    def _bound(self, end: int) -> None:
        """Refuse a head up to `end`, or the beginning of one, that is too large."""
        limits = self._settings.limits
        length = end - self._at
        if length > limits.request_line:
            if self._buffer.find(b'\r\n', self._at, self._at + limits.request_line + 2) < 0:
                raise request_head.uri_too_long()
            if length > limits.request_line + limits.header_bytes:
                raise request_head.headers_too_large()

    def some(self, limit: int) -> bytes:
        """Between 1 and `limit` bytes of a body; none at the end.

        :raises TimeoutError: the client is too slow
        """
        self._take_turns()
        if not self.has_more:
            self._sock.settimeout(self._patience())
            begun = time.monotonic()
            part: bytes = self._sock.recv(min(limit, _BODY_BLOCK))
            self._account(begun, len(part))
            return part
        part = self._buffer[self._at:self._at + limit]
        self._at += len(part)
        return part

    def line(self, limit: int) -> bytes | None:
        """A line of a body without its CRLF; None where none ends within `limit` bytes.

        :raises TimeoutError: the client is too slow
        :raises ConnectionError: it is gone
        """
        self._take_turns()
        while True:
            end = self._buffer.find(b'\r\n', self._at, self._at + limit)
            if end >= 0:
                line = self._buffer[self._at:end]
                self._at = end + 2
                return line
            if len(self._buffer) - self._at >= limit:
                return None
            self._sock.settimeout(self._patience())
            begun = time.monotonic()
            got = self._fill()
            self._account(begun, got)
            if not got:
                raise ConnectionResetError

    def discard(self, seconds: float, limit: int) -> None:
        """Read and drop what the client still sends."""
        self._buffer, self._at = b'', 0
        deadline = time.monotonic() + seconds
        with contextlib.suppress(OSError, EOFError):
            while limit > 0 and (left := deadline - time.monotonic()) > 0:
                self._sock.settimeout(left)
                part = self._sock.recv(_BLOCK)
                if not part:
                    return
                limit -= len(part)

    def _fill(self) -> int:
        """Read once from the socket; return how many bytes came."""
        part = self._sock.recv(_BLOCK)
        self._buffer = self._buffer[self._at:] + part if self.has_more else part
        self._at = 0
        return len(part)

    def _patience(self) -> float:
        """How long the client may still take for its present 64 KiB.

        Only waiting counts: that the application takes its time is not the client's fault.
        """
        left = self._settings.body_timeout - self._waited
        if left <= 0:
            raise TimeoutError
        return left

    def _account(self, begun: float, got: int) -> None:
        self._waited += time.monotonic() - begun
        self._block += got
        if self._block >= _BLOCK:
            self._waited = self._block = 0

    def _take_turns(self) -> None:
        self._turn += 1
        if self._turn % _TURN == 0:
            # eventlet's, in a worker: it lets other green threads run
            time.sleep(0)


def _head_too_slow() -> errors.RequestTimeout:
    return errors.RequestTimeout('The request head did not arrive in time.')
