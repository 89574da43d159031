"""An answer of the upstream: its head, and its body as it comes."""
from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from jumpgate.common import errors
from jumpgate.common.http import Headers
from jumpgate.common.passthrough.connection import Connection, Lost
from jumpgate.common.passthrough.pool import Pool

#: How much of a body is held at a time, in bytes.
PIECE = 128 * 1024
_MAX_TRAILERS = 100
_STATUS = re.compile(r'HTTP/1\.([01]) ([1-9]\d\d)(?: (.*))?$')
_SIZE = re.compile(rb'([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?$')
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+$")


class Response:
    """What came back, with the body still to be read from its connection.

    :ivar status: 200 to 599
    :ivar headers: as they came, repeats kept; folded lines are joined
    :ivar length: bytes of body that the head announces; None where only the end tells
    """

    __slots__ = ('_connection', '_content', '_left', '_lowered', '_pool', 'chunked', 'done',
                 'headers', 'keep_alive', 'length', 'reason', 'status')

    def __init__(self, connection: Connection, pool: Pool, verb: str) -> None:
        """Read the head of the answer, past any 1xx before it.

        :raises Lost: if the connection breaks first
        :raises errors.BadGateway: if it is not HTTP
        :raises errors.CloudTimeout: if it does not come in time
        """
        self._connection = connection
        self._pool = pool
        minor = self._read_head()
        while self.status < 200:
            if self.status == 101:
                raise errors.BadGateway()
            minor = self._read_head()
        self._frame(verb, minor)
        self.done = False
        self._content: bytes | None = None
        if self.length == 0:
            self._finish()

    def get(self, name: str) -> str | None:
        """The value of a header; repeats are joined with commas.

        :param name: in lower case
        """
        return self._lowered.get(name)

    def pieces(self) -> Iterator[bytes]:
        """The body, at most 128 KiB at a time; the connection goes back to the pool at its end.

        :raises Lost: where it breaks off
        :raises errors.CloudTimeout: where it stops coming
        """
        if self._content is not None:
            if self._content:
                yield self._content
            return
        if self.done:
            return
        if self.chunked:
            yield from self._chunks()
        elif self._left is None:
            while data := self._connection.receive(PIECE):
                yield data
        else:
            while self._left:
                data = self._connection.receive(min(PIECE, self._left))
                if not data:
                    raise Lost('The cloud behind this endpoint broke off its answer.')
                self._left -= len(data)
                if not self._left:
                    # before the last piece is out: whoever reads by length does not come back
                    self._finish()
                yield data
        self._finish()

    @property
    def is_small(self) -> bool:
        """Whether the body is known to fit into one piece."""
        return self.length is not None and self.length <= PIECE

    def load(self) -> bytes:
        """Read a small body here and now, so that what goes wrong with it goes wrong early."""
        if self._content is None:
            self._content = b''.join(self.pieces())
        return self._content

    def read(self, limit: int) -> bytes | None:
        """The whole body, or None where it is longer than `limit` bytes (which loses it)."""
        if self.length is not None and self.length > limit:
            self.close()
            return None
        pieces = []
        got = 0
        for data in self.pieces():
            got += len(data)
            if got > limit:
                self.close()
                return None
            pieces.append(data)
        return b''.join(pieces)

    def close(self) -> None:
        """Let go of the connection, and of what is unread with it."""
        if not self.done:
            self.done = True
            self._connection.close()

    def _finish(self) -> None:
        if self.done:
            return
        self.done = True
        if self.keep_alive:
            self._pool.give(self._connection)
        else:
            self._connection.close()

    def _read_head(self) -> str:
        head = self._connection.head().decode('latin-1')
        lines = head.split('\r\n')
        found = _STATUS.match(lines[0])
        # a line break or NUL that ends no line would go on into the client's answer
        if found is None or head.count('\n') + head.count('\r') != 2 * len(lines) - 2 or (
                '\x00' in head):
            raise errors.BadGateway()
        self.status = int(found[2])
        self.reason = (found[3] or '').strip()
        self.headers: Headers = []
        self._lowered: dict[str, str] = {}
        for line in _unfolded(lines):
            name, colon, value = line.partition(':')
            key = _key(name)
            if not colon or key is None:
                raise errors.BadGateway()
            value = value.strip(' \t')
            self.headers.append((name, value))
            seen = self._lowered.get(key)
            self._lowered[key] = value if seen is None else f'{seen}, {value}'
        return found[1]

    def _frame(self, verb: str, minor: str) -> None:
        """Find out where the body ends, and what becomes of the connection then.

        :raises errors.BadGateway: where the head contradicts itself
        """
        get = self._lowered.get
        options = get('connection', '').lower()
        self.keep_alive = 'close' not in options and (minor == '1' or 'keep-alive' in options)
        self.chunked = False
        self.length = self._left = None
        coding = get('transfer-encoding')
        length = get('content-length')
        if verb == 'HEAD' or self.status in (204, 304):
            self.length = 0
            return
        if coding is not None:
            if coding.strip().lower() != 'chunked' or minor == '0':
                raise errors.BadGateway()
            self.chunked = True
            # a length beside it is how responses are smuggled: believe neither afterwards
            self.keep_alive = self.keep_alive and length is None
        elif length is not None:
            values = {one.strip() for one in length.split(',')}
            text = values.pop()
            if values or not (text.isascii() and text.isdigit()) or len(text) > 18:
                raise errors.BadGateway()
            self.length = self._left = int(text)
        else:
            self.keep_alive = False

    def _chunks(self) -> Iterator[bytes]:
        connection = self._connection
        while True:
            found = _SIZE.match(connection.line())
            if found is None:
                raise errors.BadGateway()
            left = int(found[1], 16)
            if not left:
                break
            while left:
                data = connection.receive(min(PIECE, left))
                if not data:
                    raise Lost('The cloud behind this endpoint broke off its answer.')
                left -= len(data)
                yield data
            if connection.line():
                raise errors.BadGateway()
        for _ in range(_MAX_TRAILERS):
            if not connection.line():  # trailers mean nothing to us
                return
        raise errors.BadGateway()


@functools.lru_cache(maxsize=1024)
def _key(name: str) -> str | None:
    """The name of a header in lower case; None for what cannot be one."""
    return name.lower() if _NAME.match(name) else None


def _unfolded(lines: list[str]) -> Iterator[str]:
    """The header lines, those that were folded put together."""
    held = ''
    for line in lines[1:]:
        if line[:1] in (' ', '\t') and held:
            held = f'{held} {line.strip()}'
            continue
        if held:
            yield held
        held = line
    if held:
        yield held
