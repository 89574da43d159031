"""The code that is generated for one stretch of versions and one set of rights."""
from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from jumpgate.common.versions import Version, Window

_PATH = re.compile(r'[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*')
#: Stands for a variable while a URL is taken apart; `quote` leaves it as it is.
GAP = '~{}~'


class Caller(Protocol):
    """What a view needs to know of the request; `controller.Call` is one."""

    @property
    def version(self) -> Version | None:
        """The negotiated version; None where the service has none."""

    def url(self, name: str, /, **values: Any) -> str:
        """The URL of an endpoint of this service."""

    def prefix(self, root: str | None = None) -> str:
        """The URL of a root of this service, without a slash at its end; '' is its mount."""

    def allowed(self, attribute: str) -> bool:
        """Whether policy lets the caller see `attribute`."""


Render = Callable[[Iterable[Any], Caller], list[dict[str, Any]]]


class Part(Protocol):
    """A part of an object on the wire.

    :ivar window: the versions that have it
    :ivar policy: None, or the attribute of the operation's rule without which it is left out
    """

    window: Window
    policy: str | None

    def emit(self, code: Code, thing: str) -> str:
        """What stands between the braces of the object."""

    def parts(self) -> Iterable[Part]:
        """Itself and all inside of it."""


class Code:
    """The function that is being generated for one stretch of versions and one set of rights."""

    def __init__(self, version: Version | None, allowed: Mapping[str, bool]) -> None:
        self._version = version
        self._allowed = allowed
        self._numbers = itertools.count()
        self._constants: dict[str, Any] = {'quoted': quoted}
        self._before: dict[str, str] = {}

    def name(self, prefix: str) -> str:
        """A variable that nothing else has."""
        return f'{prefix}{next(self._numbers)}'

    def constant(self, value: Any) -> str:
        """The name of a value that the code may use."""
        if value is None or value is True or value is False or value.__class__ in (int, str):
            return repr(value)
        name = self.name('c')
        self._constants[name] = value
        return name

    def before_the_loop(self, expression: str) -> str:
        """The name of a value that is computed once a page."""
        if expression not in self._before:
            self._before[expression] = self.name('u')
        return self._before[expression]

    def display(self, parts: Iterable[Part], thing: str) -> str:
        """An object with those of the parts that this version and these rights have."""
        return '{{{}}}'.format(', '.join(
            part.emit(self, thing) for part in parts
            if self._version in part.window
            and (part.policy is None or self._allowed[part.policy])))

    def compile(self, display: str) -> Render:
        before = ''.join(f'    {name} = {expression}\n'
                         for expression, name in self._before.items())
        text = f'def render(things, call):\n{before}    return [{display} for thing in things]\n'
        names = dict(self._constants)
        # Every name in the text is a wire name's repr or a path that `_reach` has checked.
        exec(compile(text, '<view>', 'exec'), names)  # noqa: S102
        render: Render = names['render']
        return render


def reach(thing: str, path: str) -> str:
    """The expression for an attribute of an attribute.

    :raises ValueError: for a path that is none
    """
    if _PATH.fullmatch(path) is None:
        raise ValueError(f'{path!r} is no path of attributes')
    *through, last = path.split('.')
    expression, guards = thing, []
    for name in through:
        expression = f'{expression}.{name}'
        guards.append(f'{expression} is None')
    found = f'{expression}.{last}'
    return f"(None if {' or '.join(guards)} else {found})" if guards else found


def filled(code: Code, thing: str, url: str, paths: list[str]) -> str:
    """A text with gaps, taken apart once a page, put together once a thing."""
    whole = code.before_the_loop(url)
    if not paths:
        return whole
    pieces = whole
    bits = []
    for number, path in enumerate(paths):
        gap = GAP.format(number)
        head = code.before_the_loop(f'{pieces}.partition({gap!r})[0]')
        pieces = code.before_the_loop(f'{pieces}.partition({gap!r})[2]')
        bits.append(f'{{{head}}}{{quoted({reach(thing, path)})}}')
    return f"f'{''.join(bits)}{{{pieces}}}'"


@functools.lru_cache(maxsize=4096, typed=True)
def quoted(value: Any) -> str:
    """A value as one segment of a URL; an id of letters and hyphens needs no work."""
    text = value if value.__class__ is str else str(value)
    if text.isascii() and text.replace('-', '').isalnum():
        return str(text)
    return quote(text, safe='')
