"""The sockets that the gateway listens on, opened before any worker exists."""
from __future__ import annotations

import contextlib
import dataclasses
import errno
import os
import socket
import stat

from oslo_config import cfg

from jumpgate import config


class CannotListen(Exception):
    """An address that cannot be had; the message says what to change."""


@dataclasses.dataclass(frozen=True, slots=True)
class Listener:
    """A listening socket, and the section of the Paste Deploy file that answers there."""

    sock: socket.socket
    app: str
    url: str


def open_all(conf: cfg.ConfigOpts) -> list[Listener]:
    """Bind and listen on all that ``[server]`` names.

    :raises CannotListen: where one is taken, or not allowed
    """
    server = conf.server
    scheme = 'https' if server.cert_file else 'http'
    found: list[Listener] = []
    try:
        for app, port in _ports(conf):
            sock = _tcp(server.host, port, server.backlog)
            found.append(Listener(sock, app, _url(scheme, server.host, sock)))
        if server.unix_socket:
            sock = _unix(server.unix_socket, int(server.unix_socket_mode, 8), server.backlog)
            found.append(Listener(sock, 'main', f'unix:{server.unix_socket}'))
    except CannotListen:
        close_all(found)
        raise
    return found


def close_all(listeners: list[Listener]) -> None:
    """Close the sockets, and take away the files of those that have one."""
    for listener in listeners:
        name = listener.sock.getsockname() if listener.sock.family == socket.AF_UNIX else ''
        listener.sock.close()
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)


def _ports(conf: cfg.ConfigOpts) -> list[tuple[str, int]]:
    """Paste section and port of each TCP listener."""
    server = conf.server
    if not server.per_service_ports:
        return [('main', server.port)]
    enabled = [name for name in config.SERVICES if conf[name].driver]
    missing = [name for name in enabled if name not in server.service_ports]
    if missing:
        raise CannotListen(f'[server] service_ports names no port for {", ".join(missing)}')
    return [(f'{name}_port', int(server.service_ports[name])) for name in enabled]


def _tcp(host: str, port: int, backlog: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise CannotListen(f'[server] host = {host}: {error.strerror}') from error
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # accepted sockets inherit it; with Nagle's algorithm on, a reply of several pieces
        # waits 40 ms for the client's delayed acknowledgement
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind(address)
        sock.listen(backlog)
    except OSError as error:
        sock.close()
        raise CannotListen(_reason(error, f'port {port} on {host}')) from error
    return sock


def _reason(error: OSError, place: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (f'{place} is in use: stop what listens there (ss -ltnp shows it), or choose '
                'another with --port or [server] port')
    if error.errno == errno.EACCES:
        return f'{place} may not be opened by this user: choose a port above 1023'
    if error.errno == errno.EADDRNOTAVAIL:
        return f'{place}: this machine has no such address; set [server] host'
    return f'{place}: {error.strerror}'


def _unix(path: str, mode: int, backlog: int) -> socket.socket:
    _remove_stale(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        sock.bind(path)
        os.chmod(path, mode)
        sock.listen(backlog)
    except OSError as error:
        sock.close()
        raise CannotListen(f'the Unix socket {path}: {error.strerror}') from error
    finally:
        os.umask(before)
    return sock


def _remove_stale(path: str) -> None:
    """Take away a socket that nobody listens on any more."""
    try:
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            raise CannotListen(f'the Unix socket {path}: a file of another kind is there')
    except FileNotFoundError:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            os.unlink(path)
            return
        except OSError as error:
            raise CannotListen(f'the Unix socket {path}: {error.strerror}') from error
    raise CannotListen(f'the Unix socket {path} is in use by another server')


def _url(scheme: str, host: str, sock: socket.socket) -> str:
    port = sock.getsockname()[1]
    if host in ('0.0.0.0', '::', ''):  # noqa: S104 - it is read here, not bound
        host = '127.0.0.1' if sock.family == socket.AF_INET else '::1'
    return f'{scheme}://[{host}]:{port}' if ':' in host else f'{scheme}://{host}:{port}'
