"""The body of a request: `wsgi.input` that ends where the body ends.

It raises the gateway's own errors, so that an application answers a slow, short, malformed or
oversized body in the dialect of its service.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

from jumpgate.common import errors

#: The most that is asked of the socket at once.
BLOCK = 256 * 1024

_SIZE_LINE = 256
_TRAILER_BYTES = 8192
_SIZE = re.compile(rb'([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\x00-\x08\x0a-\x1f\x7f]*)?')


class Source(Protocol):
    """What a body is read from: the connection's buffer."""

    def some(self, limit: int) -> bytes:
        """Between 1 and `limit` bytes; none at the end. :raises TimeoutError, OSError:"""

    def line(self, limit: int) -> bytes | None:
        """A line without its CRLF; None where none ends within `limit` bytes."""


class Body:
    """A body of a known length, and what both kinds share.

    :param limit: the most bytes that are accepted; 0 for any number
    :param before: called once, before the first byte is waited for (sends ``100 Continue``)
    """

    def __init__(self, source: Source, length: int, *, limit: int = 0,
                 before: Callable[[], None] | None = None) -> None:
        self._source = source
        self._left = length
        self._limit = limit
        self._before = before
        self._ahead = b''
        self.received = 0
        self.broken = False
        if limit and length > limit:
            self._fail(_too_large(limit))

    @property
    def finished(self) -> bool:
        """Whether nothing of it is left on the connection."""
        return self._left == 0 and not self.broken

    @property
    def awaited(self) -> bool:
        """Whether the client still waits for leave to send it."""
        return self._before is not None

    @property
    def remaining(self) -> int | None:
        """Bytes that are still to come; None where that is not known."""
        return self._left

    def read(self, size: int | None = -1) -> bytes:
        """`size` bytes, fewer only at the end.

        :raises Invalid: the body is shorter than announced, or its chunks are malformed
        :raises RequestTimeout: the client stopped sending
        :raises TooLarge: it is over the limit
        """
        wanted = -1 if size is None or size < 0 else size
        first = self._part(BLOCK if wanted < 0 else wanted)
        if len(first) == wanted or not first:
            return first
        parts = [first]
        got = len(first)
        while wanted < 0 or got < wanted:
            part = self._part(BLOCK if wanted < 0 else wanted - got)
            if not part:
                break
            parts.append(part)
            got += len(part)
        return b''.join(parts)

    def readline(self, size: int | None = -1) -> bytes:
        limit = -1 if size is None or size < 0 else size
        parts: list[bytes] = []
        got = 0
        while limit < 0 or got < limit:
            part = self._part(BLOCK if limit < 0 else min(BLOCK, limit - got))
            end = part.find(b'\n') + 1
            if end:
                self._ahead = part[end:] + self._ahead
                part = part[:end]
            parts.append(part)
            got += len(part)
            if end or not part:
                break
        return b''.join(parts)

    def readlines(self, hint: int | None = -1) -> list[bytes]:
        lines = []
        got = 0
        for line in self:
            lines.append(line)
            got += len(line)
            if hint and 0 < hint <= got:
                break
        return lines

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b'')

    def close(self) -> None:
        """Do nothing: the connection outlives the body."""

    def _part(self, limit: int) -> bytes:
        """Between 1 and `limit` bytes; none at the end."""
        if self._ahead:
            part, self._ahead = self._ahead[:limit], self._ahead[limit:]
            return part
        if not limit or self.finished:
            return b''
        if self.broken:
            raise errors.Invalid('The request body could not be read to its end.')
        if self._before is not None:
            before, self._before = self._before, None
            before()
        try:
            part = self._receive(min(limit, BLOCK))
        except errors.Error:
            self.broken = True
            raise
        except TimeoutError:
            self.broken = True
            raise errors.RequestTimeout from None
        except OSError:
            self.broken = True
            raise _short() from None
        self.received += len(part)
        if self._limit and self.received > self._limit:
            self._fail(_too_large(self._limit))
        return part

    def _receive(self, limit: int) -> bytes:
        part = self._source.some(min(limit, self._left))
        if not part:
            raise _short()
        self._left -= len(part)
        return part

    def _fail(self, error: errors.Error) -> None:
        self.broken = True
        raise error


class ChunkedBody(Body):
    """A body in chunks, whose length shows at its end."""

    def __init__(self, source: Source, *, limit: int = 0,
                 before: Callable[[], None] | None = None) -> None:
        super().__init__(source, 0, limit=limit, before=before)
        self._ended = False

    @property
    def finished(self) -> bool:
        return self._ended and not self.broken

    @property
    def remaining(self) -> int | None:
        return None

    def _receive(self, limit: int) -> bytes:
        if not self._left:
            self._left = self._size()
            if not self._left:
                self._skip_trailers()
                self._ended = True
                return b''
        part = super()._receive(limit)
        if not self._left and self._source.line(2) != b'':
            raise _malformed()
        return part

    def _size(self) -> int:
        line = self._source.line(_SIZE_LINE)
        found = _SIZE.fullmatch(line) if line is not None else None
        if not found:
            raise _malformed()
        return int(found[1], 16)

    def _skip_trailers(self) -> None:
        left = _TRAILER_BYTES
        while left > 0:
            line = self._source.line(left)
            if line is None:
                break
            if not line:
                return
            left -= len(line) + 2
        raise _malformed()


def _short() -> errors.Invalid:
    return errors.Invalid('The request body ended before it was complete.')


def _malformed() -> errors.Invalid:
    return errors.Invalid('The chunks of the request body are malformed.')


def _too_large(limit: int) -> errors.TooLarge:
    return errors.TooLarge(f'The request body is larger than {limit} bytes.')
