"""Lists: what a caller asks for (`Query`), what a driver answers (`Page`), what is left (`finish`).

A driver may be lazy: `Page.whole(everything)` is always correct, since `finish` filters, sorts and
cuts it. A driver whose cloud did all of that returns `Page.exact(…)`.
"""
from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from jumpgate.common import errors

T = TypeVar('T')
ASC, DESC = 'asc', 'desc'
DIRECTIONS = (ASC, DESC)


@dataclasses.dataclass(frozen=True, slots=True)
class Filter:
    """One condition.

    :param name: of the attribute, or of a predicate that the controller has
    :param value: parsed; a tuple for ``in`` and ``nin``, something with ``search(text)`` for
        ``matches``
    :param op: one of `OPERATORS`
    """

    name: str
    value: Any
    op: str = 'eq'

    def __post_init__(self) -> None:
        if self.op not in OPERATORS:
            raise ValueError(f'there is no filter operator {self.op}')

    def accepts(self, actual: Any) -> bool:
        """Whether a thing whose value is `actual` fulfils it."""
        if actual is None and self.op not in _TAKING_NONE:
            return False
        return bool(OPERATORS[self.op](actual, self.value))


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    'eq': operator.eq,
    'neq': operator.ne,
    'in': lambda actual, values: actual in values,
    'nin': lambda actual, values: actual not in values,
    'lt': operator.lt,
    'lte': operator.le,
    'gt': operator.gt,
    'gte': operator.ge,
    'has': lambda actual, value: value in actual,
    'matches': lambda actual, pattern: pattern.search(actual),
    'contains': lambda actual, text: text in actual,
    'startswith': str.startswith,
    'endswith': str.endswith,
    'iequals': lambda actual, text: actual.casefold() == text.casefold(),
    'icontains': lambda actual, text: text.casefold() in actual.casefold(),
    'istartswith': lambda actual, text: actual.casefold().startswith(text.casefold()),
    'iendswith': lambda actual, text: actual.casefold().endswith(text.casefold()),
}
_TAKING_NONE = frozenset(('eq', 'neq', 'in', 'nin'))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a caller wants of a list; all of it parsed and validated.

    :param filters: all must hold
    :param sort: (attribute, ``asc`` or ``desc``), the most important first
    :param marker: the key of the last thing the caller has seen
    :param limit: None: no limit
    :param offset: how many more to pass over
    :param reverse: whether to page backwards from the marker
    :param fields: the wire names that the caller wants; None: all
    :param all_projects: whether things of other projects count too; set only where policy allows
    :param with_count: whether the total is wanted
    :param detailed: whether more than a name and an id will be shown
    """

    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, str], ...] = ()
    marker: str | None = None
    limit: int | None = None
    offset: int = 0
    reverse: bool = False
    fields: frozenset[str] | None = None
    all_projects: bool = False
    with_count: bool = False
    detailed: bool = True

    def filter(self, name: str) -> Filter | None:
        """The first filter of that name."""
        return next((one for one in self.filters if one.name == name), None)

    def value(self, name: str, default: Any = None) -> Any:
        """The value of the first filter of that name."""
        found = self.filter(name)
        return default if found is None else found.value

    def without(self, *names: str) -> Query:
        """The same query with no filters of these names."""
        return dataclasses.replace(
            self, filters=tuple(one for one in self.filters if one.name not in names))


EVERYTHING = Query()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """What a driver has, and how far it got with the query.

    Made by `whole` or `exact`; there is no third form, since a page that was cut before all
    filters ran is wrong.

    :param is_exact: filtered, sorted and cut
    :param applied: names of the filters that were applied to a page that is not
    :param more: whether the cloud has more behind it
    :param total: how many there are without marker and limit, where that was asked for
    """

    items: tuple[T, ...]
    is_exact: bool
    applied: frozenset[str] = frozenset()
    more: bool = False
    total: int | None = None

    @classmethod
    def whole(cls, items: Iterable[T], applied: Collection[str] = ()) -> Page[T]:
        """Everything that the caller may see; `finish` does the rest.

        :param applied: names of filters that need not be applied again
        """
        return cls(items=tuple(items), is_exact=False, applied=frozenset(applied))

    @classmethod
    def exact(cls, items: Iterable[T], more: bool = False, total: int | None = None) -> Page[T]:
        """Just what was asked for: filtered, sorted and cut by the cloud."""
        return cls(items=tuple(items), is_exact=True, more=more, total=total)


Getter = Callable[[Any], Any]
Predicate = Callable[[Any, Filter], bool]


def by(source: str | Getter) -> Predicate:
    """A predicate that compares what `source` (an attribute or a function) finds."""
    get = _getter(source)
    return lambda thing, wanted: wanted.accepts(get(thing))


def _getter(source: str | Getter) -> Getter:
    return operator.attrgetter(source) if isinstance(source, str) else source


def finish(page: Page[T], query: Query, predicates: Mapping[str, Predicate] | None = None, *,
           key: str | Getter = 'id', sort_keys: Mapping[str, str | Getter] | None = None
           ) -> Page[T]:
    """The page that the caller asked for: sorted, after the marker, filtered, cut.

    The marker may be a thing that the filters leave out; it need only be there.

    :param predicates: filter name → ``predicate(thing, filter)``; a filter without one compares
        the attribute of its name
    :param key: what markers name, and what decides between equals
    :param sort_keys: sort name → attribute or function, where it is not the attribute of that name
    :raises MarkerNotFound: if no thing has the marker's key
    """
    if page.is_exact:
        return page
    key = _getter(key)
    left = [(one, (predicates or {}).get(one.name) or by(one.name))
            for one in query.filters if one.name not in page.applied]

    def wanted(thing: T) -> bool:
        return all(predicate(thing, one) for one, predicate in left)

    things: Sequence[T] = _sorted(page.items, query.sort, key, sort_keys or {})
    total = sum(map(wanted, things)) if query.with_count else None
    things = _beyond_marker(things, query, key)
    kept = list(filter(wanted, things)) if left else list(things)
    items, more = _cut(kept, query)
    return Page(items=tuple(items), is_exact=True, more=more, total=total)


def _sorted(things: Sequence[T], sort: tuple[tuple[str, str], ...], key: Getter,
            sort_keys: Mapping[str, str | Getter]) -> Sequence[T]:
    """Nothing comes before something; equals are in order of their keys."""
    if not sort:
        return things
    found = sorted(things, key=_none_first(key), reverse=sort[-1][1] == DESC)
    for name, direction in reversed(sort):
        # stable: what an earlier pass ordered stays so among equals
        found.sort(key=_none_first(_getter(sort_keys.get(name, name))),
                   reverse=direction == DESC)
    return found


def _none_first(get: Getter) -> Getter:
    def rank(thing: Any) -> tuple[bool, Any]:
        value = get(thing)
        return (False, 0) if value is None else (True, value)
    return rank


def _beyond_marker(things: Sequence[T], query: Query, key: Getter) -> Sequence[T]:
    if query.marker is None:
        return things
    for at, thing in enumerate(things):
        if key(thing) == query.marker:
            return things[:at] if query.reverse else things[at + 1:]
    raise errors.MarkerNotFound(query.marker)


def _cut(things: list[T], query: Query) -> tuple[list[T], bool]:
    """As much as the limit lets, and whether more follows in the direction of paging."""
    if query.reverse:
        things = things[:len(things) - query.offset] if query.offset else things
    else:
        things = things[query.offset:]
    if query.limit is None or len(things) <= query.limit:
        return things, False
    if query.limit == 0:
        return [], False
    return (things[-query.limit:] if query.reverse else things[:query.limit]), True


# --- from and to the query string ---

Parameters = Mapping[str, Sequence[str]]


def limit_of(parameters: Parameters, *, maximum: int | None = None,
             default: int | None = None) -> int | None:
    """The limit of a query string, at most `maximum`.

    :param default: where none is given; `maximum` otherwise
    :raises Invalid: where it is no whole number from 0
    """
    given = parameters.get('limit')
    if not given:
        return maximum if default is None else default
    text = given[-1]
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise errors.Invalid(f'limit must be a whole number from 0, not {text[:80]!r}')
    return int(text) if maximum is None else min(int(text), maximum)


def sort_of(parameters: Parameters, allowed: Collection[str], *,
            default: tuple[tuple[str, str], ...] = (),
            direction: str = DESC) -> tuple[tuple[str, str], ...]:
    """The sort keys of a query string: ``sort_key`` and ``sort_dir``, or ``sort=key:dir,key``.

    :param direction: where a key comes with none
    :raises Invalid: for an unknown key or direction, or more directions than keys
    """
    if parameters.get('sort'):
        parts = [part.strip().partition(':') for text in parameters['sort']
                 for part in text.split(',')]
        keys, directions = [part[0] for part in parts], [part[2] for part in parts]
    else:
        keys = list(parameters.get('sort_key', ()))
        directions = list(parameters.get('sort_dir', ()))
    if not keys and not directions:
        return default
    if not keys and default:
        keys = [default[0][0]]
    if len(directions) > len(keys):
        raise errors.Invalid('There are more sort directions than sort keys.')
    directions += [directions[0] if directions else direction] * (len(keys) - len(directions))
    for key in keys:
        if key not in allowed:
            raise errors.Invalid(f'Invalid sort key {key[:80]!r}.')
    found = tuple((key, (one or direction).lower())
                  for key, one in zip(keys, directions, strict=True))
    for _, one in found:
        if one not in DIRECTIONS:
            raise errors.Invalid(f'Unknown sort direction {one[:80]!r}; it is asc or desc.')
    return found


def link_query(parameters: Parameters, **changes: str | int | None) -> str:
    """The query string of a page's neighbour: the same parameters, some changed.

    >>> link_query({'limit': ['2'], 'marker': ['a'], 'page_reverse': ['true']},
    ...            marker='b', page_reverse=None)
    'limit=2&marker=b'
    """
    found: dict[str, list[str]] = {name: list(values) for name, values in parameters.items()}
    for name, value in changes.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = [str(value)]
    return urlencode(found, doseq=True)
