"""A request to the upstream: its head as bytes, its body as it comes from the client."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jumpgate.common import errors, http
from jumpgate.common.http import Environ, Headers

#: What is read of a body at a time: as much as the built-in server hands over in one piece, since
#: larger ones are put together from two, which costs a copy of every byte.
PIECE = 256 * 1024
#: A body up to this size is read before the upstream is troubled, and goes out with the head.
_SMALL = 64 * 1024
_VERB = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
_CONTROL = re.compile(r'[\x00-\x20\x7f]')


class Body:
    """What the client sends along.

    :ivar length: in bytes; None: chunked, the end is not known before it comes
    """

    __slots__ = ('_source', 'expects', 'length')

    def __init__(self, environ: Environ) -> None:
        self.length = None if http.is_chunked(environ) else http.content_length(environ) or 0
        self._source: Any = environ.get('wsgi.input')
        self.expects = self.length != 0 and (
            environ.get('HTTP_EXPECT', '').lower() == '100-continue')

    @property
    def is_empty(self) -> bool:
        return self.length == 0

    @property
    def is_small(self) -> bool:
        return self.length is not None and self.length <= _SMALL and not self.expects

    def pieces(self) -> Iterator[bytes]:
        """The body in pieces of at most 256 KiB.

        :raises errors.Invalid: where it ends too early, or is not readable
        """
        left = self.length
        while left is None or left > 0:
            data = self._read(PIECE if left is None else min(PIECE, left))
            if not data:
                if left is not None:
                    raise errors.Invalid('The request body is shorter than Content-Length says.')
                return
            if left is not None:
                left -= len(data)
            yield data

    def read(self) -> bytes:
        return b''.join(self.pieces())

    def _read(self, size: int) -> bytes:
        try:
            data: bytes = self._source.read(size)
        except TimeoutError:
            raise errors.RequestTimeout() from None
        except (OSError, ValueError):
            raise errors.Invalid('The request body could not be read to its end.') from None
        return data


def head(verb: str, target: str, authority: str, headers: Headers, body: Body | None) -> bytes:
    """The request line and headers as bytes.

    :raises errors.Invalid: for what would not be one header or one request line any more
    """
    if not _VERB.match(verb) or _CONTROL.search(target):
        raise errors.Invalid('The request line holds characters that it may not.')
    lines = [f'{verb} {target} HTTP/1.1', f'Host: {authority}']
    for name, value in headers:
        if '\n' in value or '\r' in value or '\x00' in value:
            # a folded line is still one line; anything else would be a second header
            value = ' '.join(value.replace('\x00', ' ').split())
        lines.append(f'{name}: {value}')
    if body is not None:
        if body.length is None:
            lines.append('Transfer-Encoding: chunked')
        elif body.length or verb not in ('GET', 'HEAD', 'DELETE', 'OPTIONS'):
            lines.append(f'Content-Length: {body.length}')
        if body.expects:
            lines.append('Expect: 100-continue')
    lines.append('\r\n')
    try:
        return '\r\n'.join(lines).encode('latin-1')
    except UnicodeEncodeError:
        raise errors.Invalid('A header holds characters that it may not.') from None
