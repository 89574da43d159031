"""The barest proxy that eventlet can be: eventlet.wsgi, and one http.client connection reused per
green thread. It has no routing, no checks and no limits: what it costs is the floor.
"""
from __future__ import annotations

import os
import sys
import warnings

os.environ['EVENTLET_NO_GREENDNS'] = 'yes'
warnings.filterwarnings('ignore', message='(?s).*Eventlet is deprecated')
import eventlet  # noqa: E402

eventlet.monkey_patch()

import http.client  # noqa: E402
import socket  # noqa: E402
import threading  # noqa: E402

import eventlet.wsgi  # noqa: E402

_LOCAL = threading.local()
_HOP_BY_HOP = frozenset(('connection', 'keep-alive', 'transfer-encoding', 'date'))


def application(port: int):
    """Pass every request on to the backend."""
    def answer(environ, start_response):
        connection = getattr(_LOCAL, 'connection', None)
        if connection is None:
            connection = _LOCAL.connection = http.client.HTTPConnection('127.0.0.1', port)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        length = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(length) if length else None
        target = environ['PATH_INFO']
        if environ.get('QUERY_STRING'):
            target += '?' + environ['QUERY_STRING']
        headers = {'X-Auth-Token': environ.get('HTTP_X_AUTH_TOKEN', ''),
                   'Accept': environ.get('HTTP_ACCEPT', '*/*')}
        connection.request(environ['REQUEST_METHOD'], target, body, headers)
        response = connection.getresponse()
        data = response.read()
        start_response(f'{response.status} {response.reason}', [
            (name, value) for name, value in response.getheaders()
            if name.lower() not in _HOP_BY_HOP])
        return [data]
    return answer


def serve(port: int, app) -> None:
    """Run eventlet's server as lean as it goes."""
    listener = eventlet.listen(('127.0.0.1', port), backlog=256)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    eventlet.wsgi.server(listener, app, log_output=False)


if __name__ == '__main__':
    serve(int(sys.argv[1]), application(int(sys.argv[2])))
