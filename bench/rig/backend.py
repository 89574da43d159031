"""The cloud behind the gateway: a process that must never be the bottleneck.

It answers any GET with 2 kB of JSON or as many bytes as ``?size=`` says, swallows any body, and
gives a token to who asks for one.
"""
from __future__ import annotations

import datetime
import functools
import json
import re
import select
import socket
import sys

#: Bytes of JSON in an ordinary answer.
REPLY = 2048
_PIECE = memoryview(bytes(range(256)) * 4096)
_JSON = 1024 * 1024
_INBOX = bytearray(1024 * 1024)
_HEAD = re.compile(rb'(\w+) (\S+) HTTP/1.1\r\n')
_LENGTH = re.compile(rb'(?i)\r\ncontent-length: *(\d+)')
_SIZE = re.compile(rb'[?&]size=(\d+)')


@functools.lru_cache(maxsize=64)
def _document(target: bytes, size: int) -> bytes:
    """A reply with `size` bytes of JSON: a server with as much metadata as it takes."""
    server = {'id': 'c0ffee00-0000-4000-8000-000000000001', 'name': 'one', 'status': 'ACTIVE',
              'metadata': {}, 'links': [
                  {'rel': 'self', 'href': 'http://elsewhere/v2.1/servers/c0ffee00'}]}
    metadata = server['metadata']
    bare = len(json.dumps({'server': server}))
    while bare + 100 < size and len(metadata) < 1000:
        metadata[f'key-{len(metadata)}'] = 'v' * 40
        bare = len(json.dumps({'server': server}))
    server['name'] += '.' * (size - bare)
    return _reply(b'200 OK', json.dumps({'server': server}).encode())


def _reply(status: bytes, body: bytes, more: bytes = b'') -> bytes:
    return (b'HTTP/1.1 %b\r\nContent-Type: application/json\r\n%b'
            b'x-openstack-request-id: req-00000000-0000-4000-8000-000000000001\r\n'
            b'Content-Length: %d\r\n\r\n%b' % (status, more, len(body), body))


def _token(port: int) -> bytes:
    """What a Keystone answers a login with."""
    now = datetime.datetime.now(datetime.UTC)
    endpoint = {'interface': 'public', 'region': 'RegionOne', 'region_id': 'RegionOne',
                'id': 'e1'}
    token = {
        'methods': ['password'], 'audit_ids': ['a1'],
        'issued_at': now.strftime('%Y-%m-%dT%H:%M:%S.000000Z'),
        'expires_at': (now + datetime.timedelta(hours=8)).strftime('%Y-%m-%dT%H:%M:%S.000000Z'),
        'user': {'id': 'u1', 'name': 'gateway', 'domain': {'id': 'default', 'name': 'Default'}},
        'project': {'id': 'aa', 'name': 'p', 'domain': {'id': 'default', 'name': 'Default'}},
        'roles': [{'id': 'r1', 'name': 'admin'}],
        'catalog': [
            {'type': kind, 'name': kind, 'id': kind, 'endpoints': [
                {**endpoint, 'url': f'http://127.0.0.1:{port}/{path}'}]}
            for kind, path in (('identity', 'v3'), ('compute', 'v2.1'), ('image', ''))]}
    return _reply(b'201 Created', json.dumps({'token': token}).encode(),
                  b'X-Subject-Token: upstream-token\r\n')


class _Connection:
    """A client: what it sent so far, what it still is to be sent."""

    __slots__ = ('_inbox', '_left_in', '_left_out', '_port', '_sock')

    def __init__(self, sock: socket.socket, port: int) -> None:
        self._sock = sock
        self._port = port
        self._inbox = b''
        self._left_in = 0
        self._left_out = 0

    def readable(self) -> bool:
        """Take what came; return whether the client is still there."""
        if self._left_in:
            got = self._sock.recv_into(_INBOX, min(len(_INBOX), self._left_in))
            self._left_in -= got
            if got and not self._left_in:
                self._sock.sendall(_reply(b'200 OK', b'{}'))
            return got > 0
        data = self._sock.recv(65536)
        self._inbox += data
        end = self._inbox.find(b'\r\n\r\n')
        if end >= 0:
            head, rest = self._inbox[:end + 2], self._inbox[end + 4:]
            self._inbox = b''
            self._answer(head, rest)
        return bool(data)

    def _answer(self, head: bytes, rest: bytes) -> None:
        start = _HEAD.match(head)
        if start is None:
            self._sock.sendall(_reply(b'400 Bad Request', b'{}'))
            return
        verb, target = start.groups()
        size = _SIZE.search(target)
        if verb == b'GET':
            wanted = int(size[1]) if size else REPLY
            if wanted <= _JSON:
                self._sock.sendall(_document(target, wanted))
            else:
                self._download(wanted)
            return
        length = _LENGTH.search(head)
        self._left_in = int(length[1]) - len(rest) if length else 0
        if target.endswith(b'/auth/tokens'):
            self._left_in = 0
            self._sock.sendall(_token(self._port))
        elif not self._left_in:
            self._sock.sendall(_reply(b'200 OK', b'{}'))
        elif b'100-continue' in head:
            self._sock.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')

    def _download(self, size: int) -> None:
        self._sock.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n'
                           b'Content-Length: %d\r\n\r\n' % size)
        self._left_out = size
        self._sock.setblocking(False)
        self.writable()

    def writable(self) -> None:
        """Send what the client takes of a download."""
        try:
            while self._left_out:
                self._left_out -= self._sock.send(_PIECE[:self._left_out])
        except BlockingIOError:
            return
        self._sock.setblocking(True)

    @property
    def wants_to_write(self) -> bool:
        return bool(self._left_out)


def serve(port: int) -> None:
    """Answer until the process is ended."""
    listener = socket.create_server(('127.0.0.1', port), backlog=256)
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    connections: dict[int, tuple[socket.socket, _Connection]] = {}
    while True:
        for number, event in poll.poll():
            if number == listener.fileno():
                sock, _ = listener.accept()
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connections[sock.fileno()] = sock, _Connection(sock, port)
                poll.register(sock, select.EPOLLIN)
                continue
            sock, connection = connections[number]
            try:
                alive = _step(connection, event)
            except OSError:
                alive = False
            if alive:
                wanted = select.EPOLLOUT if connection.wants_to_write else select.EPOLLIN
                if wanted != event:
                    poll.modify(sock, wanted)
            else:
                del connections[number]
                poll.unregister(sock)
                sock.close()


def _step(connection: _Connection, event: int) -> bool:
    if event & select.EPOLLOUT:
        connection.writable()
        return True
    return connection.readable()


if __name__ == '__main__':
    serve(int(sys.argv[1]))
