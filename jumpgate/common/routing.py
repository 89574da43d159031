"""From a path to the row of the endpoint map.

Routes tries its regular expressions one after the other, so a big mapper is slow at its end, and a
mapper a template costs memory (25 kB each). Here a dictionary compares the literal segments, and
Routes decides by the others only: templates whose variables take the same share a mapper.
"""
from __future__ import annotations

import dataclasses
import itertools
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


#: The templates that share their literal segments, each with the mapper of its variables.
_Candidates = list[tuple[routes.Mapper, Route]]


class Router:
    """The templates of one service, with literal segments before variables.

    :param trailing_slash: whether ``/servers/`` reaches ``/servers``
    """

    def __init__(self, endpoint_map: EndpointMap, *, trailing_slash: bool = False) -> None:
        self._trailing_slash = trailing_slash
        self._shapes: dict[int, list[tuple[_Shape, dict[tuple[str, ...], _Candidates]]]] = {}
        shapes: dict[tuple[bool, ...], dict[tuple[str, ...], _Candidates]] = {}
        mappers: dict[str, routes.Mapper] = {}
        for route in sorted(_routes(endpoint_map), key=_looseness):
            segments = route.template.split('/')[1:]
            shape = _Shape.of(segments)
            template = _by_number(shape.variables(segments))
            if template not in mappers:
                mappers[template] = _mapper(template)
            shapes.setdefault(shape.key, {}).setdefault(shape.literals(segments), []).append(
                (mappers[template], route))
        for key in sorted(shapes):          # False (a literal) sorts before True
            self._shapes.setdefault(len(key), []).append((_Shape(key), shapes[key]))

    def find(self, path: str) -> Found | None:
        """The row that `path` (decoded, below the mount) leads to."""
        if self._trailing_slash and len(path) > 1 and path[-1] == '/':
            path = path.rstrip('/') or '/'
        segments = path.split('/')[1:]
        for shape, tables in self._shapes.get(len(segments), ()):
            candidates = tables.get(shape.literals(segments))
            if candidates is None:
                continue
            values = shape.variables(segments)
            for mapper, route in candidates:
                match = mapper.match(values)
                if match is not None:
                    return Found(route.row, route.root, {
                        name: match[f'v{number}'] for number, name in enumerate(route.names)})
        return None

    def candidates(self, path: str) -> int:
        """How many templates Routes may have to try for `path`."""
        segments = path.split('/')[1:]
        return sum(len(tables.get(shape.literals(segments), ()))
                   for shape, tables in self._shapes.get(len(segments), ()))


class _Shape:
    """Which segments of a template are literals, and which are for Routes.

    :ivar key: per segment, whether it has a variable
    """

    __slots__ = ('_literals_at', '_variables_at', 'key')

    def __init__(self, key: tuple[bool, ...]) -> None:
        self.key = key
        self._literals_at = tuple(at for at, variable in enumerate(key) if not variable)
        self._variables_at = tuple(at for at, variable in enumerate(key) if variable)

    @classmethod
    def of(cls, segments: list[str]) -> _Shape:
        return cls(tuple(_SEGMENT.search(segment) is not None for segment in segments))

    def literals(self, segments: list[str]) -> tuple[str, ...]:
        return tuple([segments[at] for at in self._literals_at])

    def variables(self, segments: list[str]) -> str:
        """The path that is left without the literals."""
        return '/' + '/'.join([segments[at] for at in self._variables_at])


def _by_number(template: str) -> str:
    """The template as Routes wants it; it gives names such as ``action`` a meaning of its own."""
    numbers = itertools.count()
    return _SEGMENT.sub(lambda found: f'{{v{next(numbers)}:{_requirement(found[0])}}}', template)


def _mapper(template: str) -> routes.Mapper:
    mapper = routes.Mapper(explicit=True, register=False)
    mapper.minimization = False
    mapper.urlcache = None          # 26 kB a mapper, and Routes makes no URLs here
    mapper.connect(None, template)
    return mapper


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
