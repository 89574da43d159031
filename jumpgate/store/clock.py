"""What time it is for the gateway: wall time plus an offset that the store keeps.

The offset lets a test move all workers at once.
"""
from __future__ import annotations

import datetime
import time
from typing import Protocol

from jumpgate.store import tables
from jumpgate.store.engine import Store


class Clock(Protocol):
    """Anything that tells the time."""

    def time(self) -> float:
        """Seconds since 1970."""


class StoredClock:
    """The clock of a gateway.

    :param store: keeps the offset
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def time(self) -> float:
        return time.time() + self.offset

    @property
    def offset(self) -> float:
        """Seconds that this clock is ahead of wall time."""
        rows = self._store.quick_rows('SELECT clock_offset FROM gateway WHERE id = 1', ())
        return float(rows[0][0]) if rows else 0.0

    def advance(self, seconds: float) -> None:
        """Move the clock of every process that shares the store."""
        row = tables.GATEWAY
        self._store.execute(row.update().values(clock_offset=row.c.clock_offset + seconds))


def to_datetime(instant: float) -> datetime.datetime:
    """Seconds since 1970 as an aware datetime."""
    return datetime.datetime.fromtimestamp(instant, datetime.UTC)
