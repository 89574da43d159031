"""The parts of an object on the wire, and the view that they make."""
from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jumpgate.common.versions import Version, Window
from jumpgate.common.view.code import Caller, Code, Part, Render, reach
from jumpgate.common.view.sources import Source, source_of


class Field:
    """One key.

    :param source: a `Source`, the path of an attribute, or a function; None: the attribute of the
        same name
    :param since: the first version that has it
    :param until: the last
    :param policy: see `Part`
    :param when: the path of an attribute without which (None) the key is left out, or a function
        of the thing that says whether it stays
    """

    def __init__(self, name: str, source: Source | str | Callable[..., Any] | None = None, *,
                 since: str | None = None, until: str | None = None, policy: str | None = None,
                 when: str | Callable[[Any], bool] | None = None) -> None:
        self.name = name
        self.source = source_of(name if source is None else source)
        self.window = Window(since, until)
        self.policy = policy
        self.when = when

    def emit(self, code: Code, thing: str) -> str:
        pair = f'{self.name!r}: {self.source.emit(code, thing)}'
        if self.when is None:
            return pair
        if isinstance(self.when, str):
            condition = f'{reach(thing, self.when)} is not None'
        else:
            condition = f'{code.constant(self.when)}({thing})'
        return f'**({{{pair}}} if {condition} else {{}})'

    def parts(self) -> Iterator[Part]:
        yield self
        for part in self.source.parts():
            yield from part.parts()

    def __repr__(self) -> str:
        return f'Field({self.name!r})'


class Spread:
    """All keys of a mapping attribute, for what an API leaves open; fields after it win."""

    def __init__(self, path: str, *, since: str | None = None, until: str | None = None,
                 policy: str | None = None) -> None:
        self.path = path
        self.window = Window(since, until)
        self.policy = policy

    def emit(self, code: Code, thing: str) -> str:
        return f'**({reach(thing, self.path)} or {{}})'

    def parts(self) -> Iterator[Part]:
        yield self


class View:
    """How things of one kind look on the wire.

    :param parts: in the order of the wire
    """

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        every = [one for part in parts for one in part.parts()]
        self.policies = tuple(sorted({one.policy for one in every if one.policy is not None}))
        self.edges = tuple(sorted({edge for one in every for edge in _edges(one.window)}))
        self._compiled: dict[tuple[int, tuple[bool, ...]], Render] = {}

    def many(self, things: Iterable[Any], call: Caller,
             fields: Iterable[str] | None = None) -> list[dict[str, Any]]:
        """Each of the things as the version and the rights of the caller want it.

        :param fields: the only keys that are wanted; None: all
        """
        version = call.version
        stretch = -1 if version is None else bisect.bisect_right(self.edges, version)
        allowed = tuple([call.allowed(policy) for policy in self.policies])
        render = self._compiled.get((stretch, allowed))
        if render is None:
            render = self._compiled[stretch, allowed] = self._compile(version, allowed)
        rendered = render(things, call)
        if fields is not None:
            wanted = frozenset(fields)
            rendered = [{key: value for key, value in one.items() if key in wanted}
                        for one in rendered]
        return rendered

    def one(self, thing: Any, call: Caller,
            fields: Iterable[str] | None = None) -> dict[str, Any]:
        """As `many`, for a single thing."""
        return self.many((thing,), call, fields)[0]

    def names(self, version: Version | None = None) -> tuple[str, ...]:
        """The keys that a thing may have at a version, whatever policy says."""
        return tuple(part.name for part in self.parts
                     if isinstance(part, Field) and version in part.window)

    def _compile(self, version: Version | None, allowed: tuple[bool, ...]) -> Render:
        code = Code(version, dict(zip(self.policies, allowed, strict=True)))
        return code.compile(code.display(self.parts, 'thing'))


def _edges(window: Window) -> Iterator[Version]:
    if window.since is not None:
        yield window.since
    if window.until is not None:
        yield Version(int(window.until) + 1)
