"""What to do when the database says that it is busy."""
from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import exc

from jumpgate.common import errors

T = TypeVar('T')

#: How long a busy database is asked again, in seconds.
PATIENCE = 5.0

#: SQLSTATEs and MySQL numbers of a transaction that lost a race and may be tried again.
_LOST_RACES = frozenset({'40001', '40P01', 1205, 1213})


def is_busy(error: BaseException) -> bool:
    """Whether the database only asked to come again."""
    if isinstance(error, exc.DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & 0xff in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    state = getattr(error, 'pgcode', None)
    number = error.args[0] if error.args else None
    return state in _LOST_RACES or (isinstance(number, int) and number in _LOST_RACES)


def patiently(function: Callable[[], T]) -> T:
    """Call `function` until the database is not busy, with short green sleeps in between.

    :raises CloudUnavailable: if it stays busy
    """
    deadline = time.monotonic() + PATIENCE
    pause = 0.001
    while True:
        try:
            return function()
        except (exc.DBAPIError, sqlite3.OperationalError) as error:
            if not is_busy(error):
                raise
            if time.monotonic() > deadline:
                raise errors.CloudUnavailable('The database is too busy; try again.') from error
        time.sleep(pause * (0.5 + random.random()))  # noqa: S311 (jitter, not a secret)
        pause = min(pause * 2, 0.05)
