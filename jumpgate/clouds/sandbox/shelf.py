"""The tables of the embedded cloud: one JSON document a thing.

Real columns exist only for what SQL filters, sorts, joins or constrains; `Shelf` is the one writer
that keeps them and the document in step.
"""
from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import exc

from jumpgate.common import errors
from jumpgate.store.engine import Store

M = TypeVar('M')

#: How many values one condition may list; databases have bounds of their own.
_MOST_VALUES = 500

#: The value of a column that is null.
Value = str | int | float | bool | None
#: What a column must be: a value, or one of several.
Wanted = Value | Collection[str]


class Shelf(Generic[M]):
    """The things of one noun.

    :param table: has the columns ``id``, ``document``, and those of `columns`
    :param model: a model with an ``id``
    :param columns: names of attributes that are columns too
    :param computed: column → what it is, where it is no plain attribute
    """

    def __init__(self, store: Store, table: sa.Table, model: type[M],
                 columns: Iterable[str] = (), *,
                 computed: Mapping[str, Callable[[M], Value]] | None = None) -> None:
        self.store = store
        self.table = table
        self._columns = tuple(columns)
        self._computed = dict(computed or {})
        self._decode = msgspec.json.Decoder(model).decode
        self._encoder = msgspec.json.Encoder()
        self._select = f'SELECT document FROM {table.name}'  # noqa: S608 (a constant)

    # --- reading

    def get(self, identifier: str) -> M | None:
        """The thing with this id, if there is one."""
        return self.first(id=identifier)

    def get_many(self, identifiers: Iterable[str]) -> dict[str, M]:
        """Those of the ids that exist, by id."""
        found = self.find(id=tuple(set(identifiers)))
        return {thing.id: thing for thing in found}  # type: ignore[attr-defined]

    def first(self, **wanted: Wanted) -> M | None:
        """One thing whose columns are as wanted, if there is one."""
        found = self.find(**wanted)
        return found[0] if found else None

    def find(self, **wanted: Wanted) -> list[M]:
        """All things whose columns are as wanted, by id."""
        for name, value in wanted.items():
            if isinstance(value, Collection) and not isinstance(value, str) and (
                    len(value) > _MOST_VALUES):
                return self._find_in_parts(name, tuple(value), wanted)
        clause, values = self._where(wanted)
        if clause is None:
            return []
        rows = self.store.quick_rows(f'{self._select}{clause} ORDER BY id', values)
        return [self._decode(row[0]) for row in rows]

    def _find_in_parts(self, name: str, values: tuple[str, ...],
                       wanted: Mapping[str, Wanted]) -> list[M]:
        """A statement may have only so many values."""
        parts = [values[at:at + _MOST_VALUES] for at in range(0, len(values), _MOST_VALUES)]
        found = itertools.chain.from_iterable(
            self.find(**{**wanted, name: part}) for part in parts)
        return sorted(found, key=lambda thing: thing.id)  # type: ignore[attr-defined]

    def has(self, **wanted: Wanted) -> bool:
        """Whether there is such a thing."""
        clause, values = self._where(wanted)
        return clause is not None and bool(self.store.quick_rows(
            f'SELECT 1 FROM {self.table.name}{clause} LIMIT 1', values))  # noqa: S608

    def _where(self, wanted: Mapping[str, Wanted]) -> tuple[str | None, tuple[Value, ...]]:
        """The condition in SQL, None where nothing can meet it, and its values."""
        mark = self.store.placeholder
        conditions: list[str] = []
        values: list[Value] = []
        for name, value in wanted.items():
            if value is None:
                conditions.append(f'{name} IS NULL')
            elif isinstance(value, (str, int, float)):
                conditions.append(f'{name} = {mark}')
                values.append(value)
            elif not value:
                return None, ()
            else:
                conditions.append(f'{name} IN ({", ".join([mark] * len(value))})')
                values.extend(value)
        return (' WHERE ' + ' AND '.join(conditions) if conditions else ''), tuple(values)

    # --- writing

    def insert(self, thing: M, conflict: str | None = None) -> M:
        """Put a new thing there.

        :raises Conflict: saying `conflict`, if it breaks a constraint
        """
        return self._write(self.table.insert(), self._values(thing), thing, conflict)

    def update(self, thing: M, conflict: str | None = None) -> M:
        """Put a changed thing in the place of what it was.

        :raises Conflict: saying `conflict`, if it breaks a constraint
        """
        values = self._values(thing)
        statement = self.table.update().where(
            self.table.c.id == sa.bindparam('wanted')).values(
            {name: sa.bindparam(name) for name in values})
        return self._write(statement, {**values, 'wanted': values['id']}, thing, conflict)

    def delete(self, identifier: str) -> bool:
        """Take one away; returns whether it was there."""
        return self.store.execute(
            self.table.delete().where(self.table.c.id == identifier)) > 0

    def delete_where(self, **wanted: Wanted) -> int:
        """Take away all whose columns are as wanted; returns how many."""
        statement = self.table.delete()
        for name, value in wanted.items():
            column = self.table.c[name]
            is_one = value is None or isinstance(value, (str, int, float))
            statement = statement.where(
                column == value if is_one else column.in_(value))  # type: ignore[arg-type]
        return self.store.execute(statement)

    def _values(self, thing: M) -> dict[str, Value]:
        values: dict[str, Value] = {
            'id': thing.id,  # type: ignore[attr-defined]
            'document': self._encoder.encode(thing).decode('utf-8')}
        for name in self._columns:
            values[name] = getattr(thing, name)
        for name, compute in self._computed.items():
            values[name] = compute(thing)
        return values

    def _write(self, statement: sa.Executable, values: dict[str, Any], thing: M,
               conflict: str | None) -> M:
        try:
            self.store.execute(statement, values)
        except exc.IntegrityError as error:
            raise errors.Conflict(conflict) from error
        return thing
