"""Lists of images, as SQL.

The statements are written here and run by the DBAPI itself: SQLAlchemy would cost more than the
query.
"""
from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jumpgate.common.context import RequestContext
from jumpgate.common.listing import ASC, Filter, Query
from jumpgate.image.models.images import Image

_MARK = '\0'
_OPERATORS = {'eq': '=', 'neq': '<>', 'lt': '<', 'lte': '<=', 'gt': '>', 'gte': '>='}
_TEXTS = frozenset(('id', 'name', 'status', 'owner', 'visibility', 'container_format',
                    'disk_format', 'checksum', 'os_hash_algo', 'os_hash_value'))
_NUMBERS = frozenset(('size', 'virtual_size', 'min_disk', 'min_ram'))
_FLAGS = frozenset(('hidden', 'protected'))
_INSTANTS = frozenset(('created_at', 'updated_at'))


class Statement:
    """Conditions, an order and a limit, with the values that go with them."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self._values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        self._conditions.append(condition)
        self._values += values

    def sql(self, mark: str, order: str, limit: int | None) -> tuple[str, list[Any]]:
        """The whole statement and its values.

        :param mark: how the DBAPI writes a parameter
        """
        where = f' WHERE {" AND ".join(self._conditions)}' if self._conditions else ''
        text = f'SELECT document FROM image_images i{where} ORDER BY {order}'  # noqa: S608 (pieces of ours)
        if limit is not None:
            text += f' LIMIT {int(limit)}'
        return text.replace(_MARK, mark), self._values


def statement(context: RequestContext, query: Query, marker: Image | None) -> tuple[
        Statement, str]:
    """What selects a page of images, and its order."""
    found = Statement()
    if not context.is_admin:
        _only_visible(found, context, query.value('member_status'))
    for one in query.filters:
        if one.name != 'member_status':
            _add(found, one)
    keys = [(name, direction == ASC) for name, direction in query.sort]
    is_ascending = keys[-1][1] if keys else False
    keys += [(name, is_ascending) for name in ('created_at', 'id')
             if name not in dict(keys)]
    if marker is not None:
        _add_marker(found, keys, marker)
    return found, ', '.join(f'{_sortable(name)} {"ASC" if up else "DESC"}' for name, up in keys)


def _only_visible(found: Statement, context: RequestContext, member_status: str | None) -> None:
    project = context.project_id
    if project is None:
        found.add("i.visibility IN ('public', 'community')")
        return
    accepted, values = '', []
    if member_status is not None:
        accepted, values = f' AND x.status = {_MARK}', [member_status]
    found.add(
        f"(i.visibility IN ('public', 'community') OR i.owner = {_MARK} OR "
        f"(i.visibility = 'shared' AND {_exists('members', f'x.member_id = {_MARK}{accepted}')}))",
        project, project, *values)


def _add(found: Statement, one: Filter) -> None:
    for names, add in _KINDS:
        if one.name in names:
            add(found, one)
            return
    raise ValueError(f'images have no filter {one.name}')


def _add_text(found: Statement, one: Filter) -> None:
    column = f'i.{one.name}'
    if one.op == 'in':
        marks = ', '.join([_MARK] * len(one.value))
        found.add(f'{column} IN ({marks})' if one.value else '1 = 0', *one.value)
    else:
        found.add(f'{column} {_OPERATORS[one.op]} {_MARK}', one.value)


def _add_instant(found: Statement, one: Filter) -> None:
    """What is shown has no fractions of a second, so a second is compared as a whole."""
    column, second = f'i.{one.name}', float(int(one.value.timestamp()))
    begins, ends = (f'{column} >= {_MARK}', second), (f'{column} < {_MARK}', second + 1)
    before, after = (f'{column} < {_MARK}', second), (f'{column} >= {_MARK}', second + 1)
    if one.op == 'eq':
        found.add(f'{begins[0]} AND {ends[0]}', second, second + 1)
    elif one.op == 'neq':
        found.add(f'({before[0]} OR {after[0]})', second, second + 1)
    else:
        found.add(*{'gt': after, 'gte': begins, 'lt': before, 'lte': ends}[one.op])


def _add_listed(found: Statement, one: Filter) -> None:
    """Others' community images are found only by who asks for them."""
    if one.value is None:
        found.add("i.visibility <> 'community'")
    else:
        found.add(f"(i.owner = {_MARK} OR i.visibility <> 'community')", one.value)


def _add_tag(found: Statement, one: Filter) -> None:
    found.add(_exists('tags', f'x.tag = {_MARK}'), one.value)


def _add_property(found: Statement, one: Filter) -> None:
    found.add(_exists('properties', f'x.name = {_MARK} AND x.value = {_MARK}'), *one.value)


def _exists(noun: str, condition: str) -> str:
    return (f'EXISTS (SELECT 1 FROM image_{noun} x '  # noqa: S608 (pieces of ours)
            f'WHERE x.image_id = i.id AND {condition})')


_KINDS: tuple[tuple[Iterable[str], Callable[[Statement, Filter], None]], ...] = (
    (_TEXTS | _NUMBERS | _FLAGS, _add_text),
    (_INSTANTS, _add_instant),
    (('listed',), _add_listed),
    (('tags',), _add_tag),
    (('property',), _add_property),
)


def _sortable(name: str) -> str:
    """Databases disagree on where NULL belongs; here it is before everything."""
    if name in ('id', 'status', *_INSTANTS):
        return f'i.{name}'
    return f"COALESCE(i.{name}, {-1 if name in _NUMBERS else repr('')})"


def _sort_value(name: str, image: Image) -> Any:
    value = getattr(image, name)
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if value is None:
        return -1 if name in _NUMBERS else ''
    return str(value) if name in _TEXTS else value


def _add_marker(found: Statement, keys: Sequence[tuple[str, bool]], marker: Image) -> None:
    """What comes after it: equal in the first keys, beyond it in the next."""
    alternatives: list[str] = []
    values: list[Any] = []
    for at, (name, is_ascending) in enumerate(keys):
        equal = [f'{_sortable(before)} = {_MARK}' for before, _ in keys[:at]]
        beyond = f'{_sortable(name)} {">" if is_ascending else "<"} {_MARK}'
        alternatives.append(f'({" AND ".join((*equal, beyond))})')
        values += [_sort_value(before, marker) for before, _ in keys[:at + 1]]
    found.add(f'({" OR ".join(alternatives)})', *values)
