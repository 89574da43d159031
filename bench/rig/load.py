"""A lean load generator: one process, raw sockets, epoll, keep-alive.

It must cost much less than what it measures: a request is one send and one receive of it.
"""
from __future__ import annotations

import dataclasses
import re
import select
import socket
import time

HOST = '127.0.0.1'
CONNECTIONS = 16
_LENGTH = re.compile(rb'(?i)\r\ncontent-length: *(\d+)')
_CHUNKED = re.compile(rb'(?i)\r\ntransfer-encoding: *chunked')
_LAST_CHUNK = b'0\r\n\r\n'
_CLOSE = re.compile(rb'(?i)\r\nconnection: *close')
_READ = 256 * 1024
#: Seconds without any answer after which a server is taken for dead.
_SILENCE = 10


class Broken(Exception):
    """The server answered something else than 200, or not at all."""


@dataclasses.dataclass(slots=True)
class Result:
    """What one round showed.

    :param latencies: seconds of each answered request, sorted
    """

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def latency(self, share: float) -> float:
        """The seconds within which this share of the requests was answered."""
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)]


def request(verb: str, target: str, port: int, headers: dict[str, str] | None = None,
            body: bytes = b'') -> bytes:
    """The bytes of one request, as a client library would send it."""
    lines = [f'{verb} {target} HTTP/1.1', f'Host: {HOST}:{port}', 'User-Agent: bench',
             'Accept: application/json', 'Accept-Encoding: identity']
    lines += [f'{name}: {value}' for name, value in (headers or {}).items()]
    if body:
        lines += [f'Content-Length: {len(body)}', 'Content-Type: application/json']
    return ('\r\n'.join(lines) + '\r\n\r\n').encode() + body


class _Client:
    """One connection and the reply that is arriving on it."""

    __slots__ = ('_chunked', '_data', '_left', '_port', 'closes', 'sent_at', 'sock')

    def __init__(self, port: int) -> None:
        self._port = port
        self.sent_at = 0.0
        self.connect()

    def connect(self) -> None:
        self._data = b''
        self._left = -1
        self._chunked = False
        self.closes = False
        self.sock = socket.create_connection((HOST, self._port), timeout=_SILENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.sock.sendall(data)

    def has_reply(self) -> bool:
        """Read what has come; return whether the reply is complete.

        :raises Broken: for a bad reply
        """
        data = self.sock.recv(_READ)
        if not data:
            raise Broken('the server closed the connection before it answered')
        if self._chunked:
            self._data = (self._data + data)[-len(_LAST_CHUNK):]
        elif self._left >= 0:
            self._left -= len(data)
        else:
            self._data += data
            self._parse_head()
        if self._left and not (self._chunked and self._data.endswith(_LAST_CHUNK)):
            return False
        self._left = -1
        self._chunked = False
        self._data = b''
        return True

    def _parse_head(self) -> None:
        end = self._data.find(b'\r\n\r\n')
        if end < 0:
            return
        if not self._data.startswith((b'HTTP/1.1 20', b'HTTP/1.1 300')):
            raise Broken(f'the server answered {self._data[:600]!r}')
        self.closes = _CLOSE.search(self._data, 0, end) is not None
        self._chunked = _CHUNKED.search(self._data, 0, end) is not None
        if self._chunked:
            return
        length = _LENGTH.search(self._data, 0, end)
        if length is None:
            raise Broken(f'a reply without a length: {self._data[:end]!r}')
        self._left = end + 4 + int(length[1]) - len(self._data)


def run(port: int, data: bytes, *, seconds: float, connections: int = CONNECTIONS) -> Result:
    """Send `data` again and again over each connection for a while.

    :param data: one request, see `request`
    :raises Broken: where a server does not answer it with 200
    """
    poll = select.epoll()
    clients = {}
    try:
        for _ in range(connections):
            client = _Client(port)
            clients[client.sock.fileno()] = client
            poll.register(client.sock, select.EPOLLIN)
        return _drive(poll, clients, data, seconds)
    finally:
        poll.close()
        for client in clients.values():
            client.sock.close()


def _drive(poll: select.epoll, clients: dict[int, _Client], data: bytes,
           seconds: float) -> Result:
    latencies = []
    start = time.perf_counter()
    end = start + seconds
    for client in clients.values():
        client.send(data)
    waiting = len(clients)
    while waiting:
        events = poll.poll(_SILENCE)
        if not events:
            raise Broken(f'no answer within {_SILENCE} s')
        for number, _ in events:
            client = clients[number]
            if not client.has_reply():
                continue
            now = time.perf_counter()
            latencies.append(now - client.sent_at)
            if now >= end:
                # what is on its way is waited for: it must not disturb who is next
                waiting -= 1
                continue
            if client.closes:
                client = _reconnect(poll, clients, number)
            client.send(data)
    spent = time.perf_counter() - start
    latencies.sort()
    return Result(spent, latencies)


def _reconnect(poll: select.epoll, clients: dict[int, _Client], number: int) -> _Client:
    client = clients.pop(number)
    poll.unregister(client.sock)
    client.sock.close()
    client.connect()
    clients[client.sock.fileno()] = client
    poll.register(client.sock, select.EPOLLIN)
    return client
