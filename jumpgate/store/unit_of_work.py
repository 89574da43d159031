"""Several statements that happen together or not at all."""
from __future__ import annotations

import contextvars
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar, cast

from sqlalchemy import exc

from jumpgate.store.patience import is_busy, patiently

if TYPE_CHECKING:
    import sqlalchemy as sa

    from jumpgate.store.engine import Store

P = ParamSpec('P')
T = TypeVar('T')


class HasStore(Protocol):
    """What the methods that `unit_of_work` wraps belong to."""

    @property
    def store(self) -> Store: ...


#: The unit of this green thread: whose store, and on which connection.
_UNIT: contextvars.ContextVar[tuple[Store, sa.Connection] | None] = contextvars.ContextVar(
    'unit_of_work', default=None)

#: How often a unit that lost a race (a deadlock in MySQL, say) is done again.
_ATTEMPTS = 5


def connection_of(store: Store) -> sa.Connection | None:
    """The connection of the unit that is open on `store`, if one is."""
    unit = _UNIT.get()
    return unit[1] if unit is not None and unit[0] is store else None


def in_unit(store: Store, function: Callable[[], T]) -> T:
    """Call `function` in a unit of work that writes; inside of another, as a part of that.

    The function may be called again after a lost race, so it does nothing but database work: no
    hashing, no sleep, no calls to others.

    :raises CloudUnavailable: if the database stays busy
    """
    if connection_of(store) is not None:
        return function()
    for _ in range(_ATTEMPTS - 1):
        try:
            return _run(store, function)
        except exc.DBAPIError as error:
            if not is_busy(error):
                raise
    return _run(store, function)


def _run(store: Store, function: Callable[[], T]) -> T:
    with store.engine.connect() as connection:
        if store.is_sqlite:
            # BEGIN IMMEDIATE takes the write lock at once: a read that is upgraded later fails.
            patiently(lambda: connection.exec_driver_sql('BEGIN IMMEDIATE'))
        token = _UNIT.set((store, connection))
        try:
            result = function()
        except BaseException:
            _end(store, connection, 'ROLLBACK')
            raise
        finally:
            _UNIT.reset(token)
        _end(store, connection, 'COMMIT')
        return result


def _end(store: Store, connection: sa.Connection, word: str) -> None:
    if store.is_sqlite:
        connection.exec_driver_sql(word)
    elif word == 'COMMIT':
        connection.commit()
    else:
        connection.rollback()


S = TypeVar('S', bound=HasStore)


def unit_of_work(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make a method of something that has a `store` one unit of work."""
    @functools.wraps(method)
    def run(self: S, *args: P.args, **kwargs: P.kwargs) -> T:
        return in_unit(self.store, lambda: method(self, *args, **kwargs))
    return cast(Callable[Concatenate[S, P], T], run)
