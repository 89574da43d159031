"""From a path to the row of the endpoint map.

Routes tries its regular expressions one after the other, so a big mapper is slow at its end. Each
(shape, literal segments) has a mapper of its own here, found by dictionary, and Routes decides
among the one or two templates that are left.
"""
from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import routes

from jumpgate.common.endpoints import EndpointMap, Row, variables

#: Nova and Cinder tell /v2.1/{project}/servers from /v2.1/servers/{id} by this.
_REQUIREMENTS = {'tenant_id': '[0-9a-f-]+'}
_SEGMENT = re.compile(r'\{[a-z0-9_]+\}')


@dataclasses.dataclass(frozen=True, slots=True)
class Route:
    """A full template of one row.

    :param names: our variable for each variable of the template, in order
    """

    row: Row
    root: str
    template: str
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to."""

    row: Row
    root: str
    variables: dict[str, str]


class Router:
    """The templates of one service, with literal segments before variables.

    :param trailing_slash: whether ``/servers/`` reaches ``/servers``
    """

    def __init__(self, endpoint_map: EndpointMap, *, trailing_slash: bool = False) -> None:
        self._trailing_slash = trailing_slash
        self._shapes: dict[int, list[tuple[tuple[int, ...], dict[tuple[str, ...], _Table]]]] = {}
        shapes: dict[tuple[bool, ...], dict[tuple[str, ...], _Table]] = {}
        for route in sorted(_routes(endpoint_map), key=_looseness):
            segments = route.template.split('/')[1:]
            shape = tuple(_SEGMENT.search(segment) is not None for segment in segments)
            literals = tuple(segment for segment, variable in zip(segments, shape, strict=True)
                             if not variable)
            shapes.setdefault(shape, {}).setdefault(literals, _Table()).add(route)
        for shape in sorted(shapes):        # False (a literal) sorts before True
            literals_at = tuple(at for at, variable in enumerate(shape) if not variable)
            self._shapes.setdefault(len(shape), []).append((literals_at, shapes[shape]))

    def find(self, path: str) -> Found | None:
        """The row that `path` (decoded, below the mount) leads to."""
        if self._trailing_slash and len(path) > 1 and path[-1] == '/':
            path = path.rstrip('/') or '/'
        segments = path.split('/')[1:]
        for literals_at, tables in self._shapes.get(len(segments), ()):
            table = tables.get(tuple([segments[at] for at in literals_at]))
            if table is not None:
                found = table.find(path)
                if found is not None:
                    return found
        return None

    def candidates(self, path: str) -> int:
        """How many templates Routes may have to try for `path`."""
        segments = path.split('/')[1:]
        return sum(
            len(tables[key]) for literals_at, tables in self._shapes.get(len(segments), ())
            if (key := tuple(segments[at] for at in literals_at)) in tables)


class _Table:
    """Templates that differ only in what their variables take."""

    __slots__ = ('_mapper', '_routes')

    def __init__(self) -> None:
        self._routes: list[Route] = []
        self._mapper = routes.Mapper(explicit=True, register=False)
        self._mapper.minimization = False

    def __len__(self) -> int:
        return len(self._routes)

    def add(self, route: Route) -> None:
        # variables go by number: Routes gives names such as action a meaning of its own
        numbers = iter(range(len(route.names)))
        template = _SEGMENT.sub(
            lambda found: f'{{v{next(numbers)}:{_requirement(found[0])}}}', route.template)
        self._mapper.connect(None, template, route=str(len(self._routes)))
        self._routes.append(route)

    def find(self, path: str) -> Found | None:
        match = self._mapper.match(path)
        if match is None:
            return None
        route = self._routes[int(match['route'])]
        return Found(route.row, route.root,
                     {name: match[f'v{number}'] for number, name in enumerate(route.names)})


def _requirement(variable: str) -> str:
    return _REQUIREMENTS.get(variable[1:-1], '[^/]+')


def _looseness(route: Route) -> int:
    """Sorts ``user={user_id}`` before ``{target_id}``, which would take it too."""
    return -len(_SEGMENT.sub('', route.template))


def _routes(endpoint_map: EndpointMap) -> Iterator[Route]:
    seen = set()
    for row in endpoint_map:
        for root in row.group.roots:
            for template in _templates(row):
                full = root + template or '/'
                for path in (full, full + '/') if not template else (full,):
                    shape = _SEGMENT.sub(lambda found: _requirement(found[0]), path)
                    if shape not in seen:       # an alias that differs in variable names only
                        seen.add(shape)
                        yield Route(row, root, path, variables(root) + row.endpoint.variables)


def _templates(row: Row) -> Iterator[str]:
    yield row.endpoint.path
    yield from row.endpoint.paths
    yield from row.endpoint.aliases.values()
