"""The API of a service as data: endpoints, the roots they are served under, URLs from them."""
from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from jumpgate.common.operation import Actions, Operation

VERBS = ('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'COPY')
_VARIABLE = re.compile(r'\{([a-z_][a-z0-9_]*)\}')


def variables(template: str) -> tuple[str, ...]:
    """The names between braces, in order."""
    return tuple(_VARIABLE.findall(template))


class Endpoint:
    """One row of a map: a path, and what each verb does there.

    :param name: unique in the service; a name of the original Jumpgate stays as it was
    :param path: the template below the roots of the group
    :param verbs: GET=…, POST=…: an `Operation`, or `Actions` for an action URL
    :param paths: further templates, with the same variables, that reach this row
    :param aliases: other names of the row, each with the template it goes by; the variables
        correspond by position
    :param param_aliases: our variable name → the name that the original gave it; a handler is
        handed whichever its signature takes
    :param status: ``current``; ``removed`` (routed, always refused); ``legacy`` (of an API version
        that is gone); ``original`` and ``seed`` (only the original project had it)
    :param extension: the feature it belongs to, where the service names those
    :param optional: whether that feature is a project of its own
    :param head: whether HEAD is answered as GET is, less the body
    """

    __slots__ = ('aliases', 'extension', 'name', 'optional', 'param_aliases', 'path', 'paths',
                 'status', 'variables', 'verbs')

    def __init__(self, name: str, path: str, *, paths: Iterable[str] = (),
                 aliases: Mapping[str, str] | None = None,
                 param_aliases: Mapping[str, str] | None = None, status: str = 'current',
                 extension: str | None = None, optional: bool = False, head: bool = False,
                 **verbs: Operation | Actions) -> None:
        unknown = set(verbs) - set(VERBS)
        if unknown:
            raise ValueError(f'endpoint {name}: no verbs: {", ".join(sorted(unknown))}')
        self.name = name
        self.path = path
        self.paths = tuple(paths)
        self.aliases = dict(aliases or {})
        self.param_aliases = dict(param_aliases or {})
        self.status = status
        self.extension = extension
        self.optional = optional
        self.variables = variables(path)
        self.verbs: dict[str, Operation | Actions] = {
            verb: _named(operation, name, verb) for verb, operation in verbs.items()}
        if head:
            self.verbs['HEAD'] = self.verbs['GET']

    @property
    def allow(self) -> tuple[str, ...]:
        """The verbs of this row, as an ``Allow`` header lists them."""
        return (*self.verbs, 'OPTIONS')

    def __repr__(self) -> str:
        return f'Endpoint({self.name!r}, {self.path!r})'


def _named(operation: Operation | Actions, row: str, verb: str) -> Operation | Actions:
    """Give an operation that is only declared the name of its row and verb."""
    if isinstance(operation, Actions):
        return Actions({action: _named_one(one, f'{row}_{_word(action)}')
                        for action, one in operation.items()})
    return _named_one(operation, f'{verb.lower()}_{row}')


def _named_one(operation: Operation, name: str) -> Operation:
    return operation if operation.name else dataclasses.replace(operation, name=name)


def _word(action: str) -> str:
    return re.sub(r'(?<=[a-z])(?=[A-Z])', '_', action).replace('-', '_').lower()


class Group:
    """Endpoints that are served under the same roots.

    :param roots: URL prefixes, the one to build URLs with first; ``''`` is the server root
    :param versioned: whether a version header counts here
    :param unversioned: the roots below which it does not, where they differ
    """

    __slots__ = ('endpoints', 'roots', 'unversioned', 'versioned')

    def __init__(self, *, roots: Iterable[str], endpoints: Iterable[Endpoint],
                 versioned: bool = True, unversioned: Iterable[str] = ()) -> None:
        self.roots = tuple(roots)
        self.endpoints = tuple(endpoints)
        self.versioned = versioned
        self.unversioned = frozenset(unversioned)

    def is_versioned(self, root: str) -> bool:
        """Whether a version header counts for a request that came in below `root`."""
        return self.versioned and root not in self.unversioned


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """An endpoint in its group."""

    group: Group
    endpoint: Endpoint


class EndpointMap:
    """All endpoints of one service.

    :raises ValueError: if two rows share a name
    """

    def __init__(self, *groups: Group) -> None:
        self.groups = groups
        self._rows: dict[str, Row] = {}
        for group in groups:
            for endpoint in group.endpoints:
                for name in (endpoint.name, *endpoint.aliases):
                    if name in self._rows:
                        raise ValueError(f'two endpoints are named {name}')
                    self._rows[name] = Row(group, endpoint)

    def __iter__(self) -> Iterator[Row]:
        """Every row once, aliases left out."""
        for group in self.groups:
            for endpoint in group.endpoints:
                yield Row(group, endpoint)

    def __getitem__(self, name: str) -> Row:
        """:raises KeyError: naming the endpoint that there is not"""
        return self._rows[name]

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._rows)

    def operations(self) -> Iterator[tuple[Row, str, str | None, Operation]]:
        """Every (row, verb, action or None, operation)."""
        for row in self:
            for verb, operation in row.endpoint.verbs.items():
                if isinstance(operation, Actions):
                    for action, one in operation.items():
                        yield row, verb, action, one
                else:
                    yield row, verb, None, operation

    def path(self, name: str, values: Mapping[str, Any], root: str | None = None) -> str:
        """The path of an endpoint, with the values of its variables quoted.

        :param root: the root to prefer, where it is one of the row's
        :raises KeyError: for an unknown name, or a variable that has no value
        """
        row = self[name]
        endpoint = row.endpoint
        template = endpoint.aliases.get(name, endpoint.path)
        values = _with_aliases(endpoint, name, values)
        return _fill(_choose_root(row.group.roots, root, values) + template, values)


def _with_aliases(endpoint: Endpoint, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values`, known under our names and under those of the original."""
    both = dict(values)
    for ours, theirs in endpoint.param_aliases.items():
        if theirs in both:
            both.setdefault(ours, both[theirs])
    template = endpoint.aliases.get(name)
    if template:
        for ours, theirs in zip(endpoint.variables, variables(template), strict=True):
            if ours in both:
                both.setdefault(theirs, both[ours])
    return both


def _choose_root(roots: tuple[str, ...], wanted: str | None, values: Mapping[str, Any]) -> str:
    if wanted is not None and wanted in roots:
        return wanted
    for root in roots:
        if all(values.get(variable) is not None for variable in _root_variables(root)):
            return root
    return roots[0]


@functools.lru_cache(maxsize=256)
def _root_variables(root: str) -> tuple[str, ...]:
    return variables(root)


def _fill(template: str, values: Mapping[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        if values.get(found[1]) is None:
            raise KeyError(f'no value for {{{found[1]}}} of {template}')
        return quote(str(values[found[1]]), safe='')
    return _VARIABLE.sub(value, template)
