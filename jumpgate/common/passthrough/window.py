"""Page links in a stream of JSON, rewritten as it flows by, in a bounded piece of memory."""
from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

#: The links that lead from page to page.
_PAGES = rb'(?:next|previous|prev|first|last)'
_MAX_SPACE = 8
_SPACE = rb'\s{0,%d}' % _MAX_SPACE
#: The longest URL of a page that is told by the ``rel`` behind it.
_MAX_URL = 4096
_REL = rb'"rel"' + _SPACE + b':' + _SPACE + b'"' + _PAGES + b'"'
_HREF = rb'"href"' + _SPACE + b':' + _SPACE + b'"'
_COMMA = _SPACE + b',' + _SPACE
#: ``"next": "`` and ``"rel": "next", "href": "``
_BEFORE = b'"' + _PAGES + b'"' + _SPACE + b':' + _SPACE + b'"|' + _REL + _COMMA + _HREF
#: what follows the URL after ``"href": "``: ``", "rel": "next"``
_BEHIND = b'[^"]{0,%d}"' % _MAX_URL + _COMMA + _REL
#: The keys and spaces of the longest of these.
_FRAME = 100


class Window:
    """Replaces the beginnings of the links from page to page in one body.

    All else stays as it is: what users wrote may be such a URL too, and what a list says of a thing
    stays the same as what showing that thing says.

    :param replacements: URL without a trailing slash → what takes its place
    """

    __slots__ = ('_held', '_longest', '_pattern', '_replacements')

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._replacements = {old.encode(): new.encode() for old, new in replacements.items()}
        self._pattern = _pattern(tuple(sorted(self._replacements, key=len, reverse=True)))
        self._longest = max(map(len, self._replacements), default=0) + _MAX_URL + _FRAME
        self._held = b''

    def whole(self, data: bytes) -> bytes:
        """A complete body, rewritten."""
        return self._pattern.sub(self._replace, data)

    def stream(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """A body that comes in pieces; what may be the beginning of a link is held back."""
        for piece in pieces:
            data = self._feed(piece)
            if data:
                yield data
        if self._held:
            yield self.whole(self._held)
            self._held = b''

    def _feed(self, piece: bytes) -> bytes:
        data = self._held + piece
        # whatever starts before this point lies in `data` to its end
        sure = len(data) - self._longest
        out = []
        at = 0
        if sure > 0:
            for found in self._pattern.finditer(data):
                if found.start() >= sure:
                    break
                out.append(data[at:found.start()])
                out.append(self._replace(found))
                at = found.end()
        cut = max(at, sure, 0)
        out.append(data[at:cut])
        self._held = data[cut:]
        return b''.join(out)

    def _replace(self, found: re.Match[bytes]) -> bytes:
        before, base, href, linked = found.groups()
        return (before or href) + self._replacements[base or linked]


@functools.lru_cache(maxsize=256)
def _pattern(bases: tuple[bytes, ...]) -> re.Pattern[bytes]:
    if not bases:
        return re.compile(rb'(?!)()()()()')
    base = b'(' + b'|'.join(map(re.escape, bases)) + b')(?=[/"?#])'
    return re.compile(b'(' + _BEFORE + b')' + base + b'|(' + _HREF + b')' + base
                      + b'(?=' + _BEHIND + b')')
