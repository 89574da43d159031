"""Idle connections, kept for the next request to the same place."""
from __future__ import annotations

import collections
import ssl
import time
from collections.abc import Callable

from jumpgate.common.passthrough.address import Address
from jumpgate.common.passthrough.connection import Connection


class Pool:
    """The connections to one upstream address.

    There is no bound on connections in use: the server bounds its requests. Taking and giving
    are single operations on a deque, so neither green nor real threads need a lock.

    :param tls: how https is spoken
    :param connect_timeout: seconds
    :param read_timeout: seconds of silence that are borne
    :param keep: idle connections that are kept at most
    :param idle: seconds after which an idle one is not used again; below what servers allow
        theirs, so that a request seldom meets a connection that is just being closed
    """

    def __init__(self, address: Address, tls: ssl.SSLContext | None, *, connect_timeout: float,
                 read_timeout: float, keep: int = 32, idle: float = 4.0,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self.address = address
        self._tls = tls if address.scheme == 'https' else None
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._keep = keep
        self._idle_limit = idle
        self._clock = clock
        self._idle: collections.deque[Connection] = collections.deque()

    def take(self, *, new: bool = False) -> Connection:
        """A connection that is ready: the one used last, else a new one.

        :param new: make one in any case
        :raises Refused: if none can be made
        """
        while not new:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if (self._clock() - connection.idle_since < self._idle_limit
                    and connection.is_fresh()):
                connection.reused = True
                return connection
            connection.close()
        return Connection.open(self.address, self._tls, connect_timeout=self._connect_timeout,
                               read_timeout=self._read_timeout)

    def give(self, connection: Connection) -> None:
        """Take back a connection whose answer was read to its end."""
        if connection.spoiled or len(self._idle) >= self._keep:
            connection.close()
            return
        connection.idle_since = self._clock()
        self._idle.append(connection)

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            self._idle.pop().close()
