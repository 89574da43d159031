"""Tokens that were ended early, and the number that grows whenever tokens may have ended."""
from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import exc

from jumpgate.store import tables
from jumpgate.store.engine import Store
from jumpgate.store.unit_of_work import in_unit

_STATE = 'SELECT identity_revision, clock_offset FROM gateway WHERE id = 1'


class State(NamedTuple):
    """What is asked on every request, in one read.

    :param revision: grows in the same transaction that ends a token
    :param now: seconds since 1970, by the gateway's clock
    """

    revision: int
    now: float


class Revocations:
    """The revoked tokens of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def state(self) -> State:
        """The present revision and time: one select by primary key."""
        rows = self.store.quick_rows(_STATE, ())
        revision, offset = rows[0] if rows else (0, 0.0)
        return State(revision, time.time() + offset)

    def bump(self) -> None:
        """Tell all processes that tokens which they remember may have ended."""
        row = tables.GATEWAY
        self.store.execute(row.update().values(identity_revision=row.c.identity_revision + 1))

    def add(self, audit_id: str, *, now: float, expires_at: float) -> None:
        """End the token with `audit_id`, and those made from it.

        :param expires_at: when it would have ended by itself; the row may go then
        """
        def revoke() -> None:
            table = tables.REVOCATIONS
            self.store.execute(table.delete().where(table.c.expires_at < now))
            if not self.are_revoked((audit_id,)):
                self.store.execute(table.insert(), {
                    'audit_id': audit_id, 'revoked_at': now, 'expires_at': expires_at})
            self.bump()
        try:
            in_unit(self.store, revoke)
        except exc.IntegrityError:
            # Somebody else revoked it in the same moment.
            self.bump()

    def are_revoked(self, audit_ids: Iterable[str]) -> bool:
        """Whether any of the ids was revoked."""
        wanted = tuple(audit_ids)
        if not wanted:
            return False
        marks = ', '.join([self.store.placeholder] * len(wanted))
        return bool(self.store.quick_rows(
            f'SELECT 1 FROM revocations WHERE audit_id IN ({marks})', wanted))  # noqa: S608

    def all(self) -> list[tuple[str, float]]:
        """The audit ids of revoked tokens, and when each was revoked, the oldest first."""
        rows = self.store.quick_rows(
            'SELECT audit_id, revoked_at FROM revocations ORDER BY revoked_at, audit_id', ())
        return [(row[0], row[1]) for row in rows]
