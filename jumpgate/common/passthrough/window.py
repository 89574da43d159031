"""Links in a stream of JSON, rewritten as it flows by, in a bounded piece of memory."""
from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

#: The keys whose values are links in the collections of OpenStack.
_KEYS = ('href', 'next', 'previous', 'prev', 'first', 'last', 'self')
_MAX_SPACE = 8
_KEY = rb'"(?:%b)"\s{0,8}:\s{0,8}"' % b'|'.join(key.encode() for key in _KEYS)


class Window:
    """Replaces the beginnings of links in one body.

    Only values of the keys that carry links are looked at, so that a name or a metadata value
    that happens to be such a URL stays as its owner wrote it.

    :param replacements: URL without a trailing slash → what takes its place
    """

    __slots__ = ('_held', '_longest', '_pattern', '_replacements')

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._replacements = {old.encode(): new.encode() for old, new in replacements.items()}
        self._pattern = _pattern(tuple(sorted(self._replacements, key=len, reverse=True)))
        self._longest = (max(map(len, self._replacements), default=0) + 2 * _MAX_SPACE
                         + max(map(len, _KEYS)) + 5)
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
        return found[1] + self._replacements[found[2]]


@functools.lru_cache(maxsize=256)
def _pattern(bases: tuple[bytes, ...]) -> re.Pattern[bytes]:
    if not bases:
        return re.compile(rb'(?!)()()')
    return re.compile(b'(%b)(%b)(?=[/"?#])' % (_KEY, b'|'.join(map(re.escape, bases))))
