"""The database of a gateway: engines, single statements, retries."""
from __future__ import annotations

import collections
import os
import sqlite3
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from oslo_config import cfg
from sqlalchemy import pool

from jumpgate.store.patience import is_busy, patiently
from jumpgate.store.unit_of_work import connection_of

T = TypeVar('T')

_STORES: weakref.WeakValueDictionary[str, Store] = weakref.WeakValueDictionary()


def database_url(conf: cfg.ConfigOpts) -> str:
    """The SQLAlchemy URL of a configuration's database."""
    if conf.database.connection:
        return str(conf.database.connection)
    return f'sqlite:///{Path(conf.state_dir).absolute() / "jumpgate.sqlite"}'


def open_store(conf: cfg.ConfigOpts) -> Store:
    """The store that a configuration names: one a process, as long as somebody holds it."""
    url = database_url(conf)
    store = _STORES.get(url)
    if store is None:
        store = _STORES[url] = Store(url)
    return store


class Store:
    """A database. Its connections are made at first use, so after a fork each process has its own.

    Outside of a unit of work every statement stands alone; inside of one, statements of the same
    green thread belong to it.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith('sqlite')
        self._engine: sa.Engine | None = None
        #: connections of our own that are free; a deque, since threads may take and give at once
        self._raw: collections.deque[sqlite3.Connection] = collections.deque()
        _forget_after_fork(self)

    @property
    def engine(self) -> sa.Engine:
        if self._engine is None:
            self._engine = _make_engine(self.url, self.is_sqlite)
        return self._engine

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._drop(close=True)

    def _drop(self, close: bool) -> None:
        engine, self._engine = self._engine, None
        raw, self._raw = self._raw, collections.deque()
        if engine is not None:
            engine.dispose(close=close)
        while close and raw:
            raw.pop().close()

    # --- statements

    def execute(self, statement: sa.Executable,
                values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> int:
        """Run a statement that writes, and return how many rows it touched."""
        def run(connection: sa.Connection) -> int:
            return int(connection.execute(statement, values).rowcount)
        return self._on_connection(run)

    def rows(self, statement: sa.Executable,
             values: Mapping[str, Any] | None = None) -> Sequence[sa.Row[Any]]:
        """All rows of a query."""
        return self._on_connection(lambda connection: connection.execute(statement, values).all())

    def row(self, statement: sa.Executable,
            values: Mapping[str, Any] | None = None) -> sa.Row[Any] | None:
        """The first row of a query, or None."""
        return self._on_connection(
            lambda connection: connection.execute(statement, values).first())

    def _on_connection(self, run: Callable[[sa.Connection], T]) -> T:
        connection = connection_of(self)
        if connection is not None:
            return run(connection)

        def alone() -> T:
            with self.engine.connect() as fresh:
                if not self.is_sqlite:
                    fresh = fresh.execution_options(isolation_level='AUTOCOMMIT')
                return run(fresh)
        return patiently(alone)

    def quick_rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a query in the DBAPI's own words: for what is asked on every request.

        :param sql: with the placeholders that `placeholder` names
        """
        connection = connection_of(self)
        if connection is not None:
            cursor = connection.connection.cursor()
            cursor.execute(sql, tuple(values))
            return list(cursor.fetchall())
        if self.is_sqlite:
            return self._quick_rows_of_sqlite(sql, values)
        return patiently(lambda: self._quick_rows_of_pool(sql, values))

    @property
    def placeholder(self) -> str:
        """How the DBAPI writes a parameter."""
        return '?' if self.is_sqlite else '%s'

    def _quick_rows_of_pool(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        pooled = self.engine.raw_connection()
        try:
            cursor = pooled.cursor()
            cursor.execute(sql, tuple(values))
            return list(cursor.fetchall())
        finally:
            pooled.close()

    def _quick_rows_of_sqlite(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """On a free connection of our own, since SQLAlchemy's pool costs ten times the query."""
        spare = self._raw
        try:
            raw = spare.pop()
        except IndexError:
            raw = _connect_raw(self.url)
        try:
            return raw.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            return patiently(lambda: raw.execute(sql, values).fetchall())
        finally:
            spare.append(raw)


def _connect_raw(url: str) -> sqlite3.Connection:
    path = sa.make_url(url).database or ''
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def _make_engine(url: str, is_sqlite: bool) -> sa.Engine:
    if not is_sqlite:
        return sa.create_engine(url, isolation_level='READ COMMITTED', pool_pre_ping=True,
                                pool_size=10, max_overflow=20, pool_recycle=1800)
    engine = sa.create_engine(
        url, isolation_level='AUTOCOMMIT', poolclass=pool.QueuePool, pool_size=5,
        max_overflow=50, connect_args={'timeout': 0, 'check_same_thread': False})
    sa.event.listen(engine, 'connect', _set_pragmas)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    patiently(lambda: cursor.execute('PRAGMA journal_mode=WAL'))
    cursor.execute('PRAGMA synchronous=NORMAL')
    cursor.execute('PRAGMA foreign_keys=ON')
    cursor.close()


def _forget_after_fork(store: Store) -> None:
    """Let a child process make connections of its own, and leave the parent's alone."""
    reference = weakref.ref(store)

    def forget() -> None:
        alive = reference()
        if alive is not None:
            alive._drop(close=False)
    os.register_at_fork(after_in_child=forget)
