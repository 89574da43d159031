"""A worker of `jumpgate serve`: eventlet, the application, and nothing that outlives them.

Started by the supervisor as ``python -m jumpgate.cmd.worker <JSON> <line>``; see `Task`.
"""
import gc
import os
import warnings

# imports make objects that stay; looking through them for garbage takes a tenth of the start
gc.disable()
# before the first import of eventlet: its own resolver costs 18 MiB, and resolves nothing here
os.environ['EVENTLET_NO_GREENDNS'] = 'yes'
# what common.blocking runs hashes passwords, mostly: more threads would only starve the others
os.environ.setdefault('EVENTLET_THREADPOOL_SIZE', '8')
warnings.filterwarnings('ignore', message='(?s).*Eventlet is deprecated')
import eventlet  # noqa: E402

# psycopg2 takes 4 MiB, also where it is not used; see _green_database
eventlet.monkey_patch(psycopg=False)

import contextlib  # noqa: E402
import dataclasses  # noqa: E402
import importlib  # noqa: E402
import json  # noqa: E402
import logging  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from email.utils import formatdate  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import event, greenio, greenpool, patcher, tpool  # noqa: E402
from oslo_config import cfg  # noqa: E402

from jumpgate import config  # noqa: E402
from jumpgate.cmd import access_log, logs, protocol, request_head, tls  # noqa: E402
from jumpgate.cmd.reader import Settings  # noqa: E402
from jumpgate.common import blocking, errors, faults  # noqa: E402

LOG = logging.getLogger(__name__)

_plain_socket = patcher.original('socket')

#: Objects made between two collections of the youngest generation; Python's own 700 costs a
#: large page of results 12 to 20 %.
_GC_THRESHOLD = (50_000, 20, 50)
#: Seconds that connections without a request are kept when the worker stops.
_PATIENCE = 0.5


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """What the supervisor tells a worker.

    :param listeners: descriptor and Paste section of each listening socket
    :param app: ``module:factory`` of an application to serve instead of the Paste sections
    """

    config_file: str | None
    paste_config: str | None
    listeners: list[tuple[int, str]]
    workers: int
    app: str | None = None


class Server:
    """What all connections of a worker share."""

    def __init__(self, conf: cfg.ConfigOpts, services: dict[str, Any]) -> None:
        server = conf.server
        self.settings = Settings(
            limits=request_head.Limits(server.max_request_line, server.max_header_bytes,
                                       server.max_headers),
            max_body=server.max_body_size, keep_alive=server.keep_alive,
            head_timeout=server.header_timeout, body_timeout=server.body_timeout,
            write_timeout=server.write_timeout)
        self.draining = False
        self.connections: set[protocol.Connection] = set()
        self.handshakes: set[Any] = set()
        self.acceptors: list[Any] = []
        self.pool = greenpool.GreenPool(server.max_connections)
        self._services = services
        self._tls = tls.server_context(conf)
        self._access = access_log.make(conf, eventlet.spawn_after) if server.access_log else None
        self._second = 0
        self._date = ''

    @property
    def scheme(self) -> str:
        return 'https' if self._tls else 'http'

    def fault(self, error: errors.Error, environ: protocol.Environ
              ) -> tuple[int, protocol.Headers, bytes]:
        """Tell a client about `error` in the words of the service that the path leads to."""
        head = environ['PATH_INFO']
        mount = max((mount for mount in self._services
                     if head == mount or head.startswith(mount + '/')), key=len, default='')
        name = environ.get('jumpgate.port_service')
        service = self._services.get(name) if name else self._services.get(mount)
        return faults.render(error, service, environ)

    def date(self) -> str:
        second = int(time.time())
        if second != self._second:
            self._second = second
            self._date = formatdate(second, usegmt=True)
        return self._date

    def log_access(self, environ: protocol.Environ, status: int, length: int,
                   seconds: float) -> None:
        if self._access:
            self._access.log(environ, status, length, seconds)

    def accept(self, listener: Any, app: Any, base: protocol.Environ) -> None:
        """Take connections from a listening socket for ever."""
        while True:
            while self.pool.free() <= 0:
                # what is not accepted here may be by another worker
                self._make_room()
                eventlet.sleep(0.01)
            try:
                sock, address = listener.accept()
            except OSError as error:
                LOG.warning('no connection could be accepted: %s', error)
                eventlet.sleep(0.1)
                continue
            names = dict(base)
            if isinstance(address, tuple):
                ours = sock.getsockname()
                names['SERVER_NAME'], names['SERVER_PORT'] = ours[0], str(ours[1])
                names['REMOTE_ADDR'], names['REMOTE_PORT'] = address[0], str(address[1])
            self.pool.spawn_n(self._serve, sock, app, names)

    def _make_room(self) -> None:
        """Close some of the connections that have been without a request for longest."""
        before = time.monotonic() - 1
        idle = [one for one in self.connections if one.idle and one.since < before]
        for connection in sorted(idle, key=lambda one: one.since)[:16]:
            connection.stop_if_idle()

    def _serve(self, sock: Any, app: Any, base: protocol.Environ) -> None:
        if self._tls is not None:
            sock.settimeout(self.settings.head_timeout)
            sock = self._tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
            self.handshakes.add(sock)
            speaks = tls.handshake(sock)
            self.handshakes.discard(sock)
            if not speaks:
                return
        connection = protocol.Connection(self, app, sock, base)
        self.connections.add(connection)
        try:
            connection.run()
        except Exception:
            LOG.exception('a connection failed')
        finally:
            self.connections.discard(connection)

    def drain(self, seconds: float) -> None:
        """Take no more connections, and let the requests that are on their way finish.

        For a moment, connections without a request are kept as well: a client that uses them
        just now is answered, and told to come again on another one.
        """
        self.draining = True
        for acceptor in self.acceptors:
            acceptor.kill()
        patience = time.monotonic() + _PATIENCE
        with eventlet.Timeout(seconds, False):
            while self.pool.running():
                if time.monotonic() > patience:
                    for connection in tuple(self.connections):
                        connection.stop_if_idle()
                    for sock in tuple(self.handshakes):
                        tls.shut_down(sock, socket.SHUT_RDWR)
                eventlet.sleep(0.02)
        if self.pool.running():
            LOG.warning('%d requests did not finish in time', self.pool.running())
        if self._access:
            self._access.flush()


def _load(task: Task) -> tuple[dict[str, Any], dict[str, Any]]:
    """The application of each section, and the services by mount and by name."""
    sections = {section for _, section in task.listeners}
    if task.app:
        module, _, factory = task.app.partition(':')
        app = getattr(importlib.import_module(module), factory)()
        return dict.fromkeys(sections, app), {}
    from jumpgate import api, deploy
    apps = {section: deploy.load_app(task.config_file, task.paste_config, section)
            for section in sections}
    gateway = api.get_jumpgate(config.find_config_file(task.config_file) or '')
    services: dict[str, Any] = dict(gateway.services)
    for name, mounts in gateway.mounts.items():
        services.update(dict.fromkeys(mounts, gateway.services[name]))
    return apps, services


def _base_environ(section: str, scheme: str, workers: int) -> protocol.Environ:
    """The environ keys that are the same for all requests to a listener."""
    base: protocol.Environ = {
        'SCRIPT_NAME': '',
        'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80',
        'REMOTE_ADDR': '',
        'GATEWAY_INTERFACE': 'CGI/1.1',
        'wsgi.version': (1, 0),
        'wsgi.url_scheme': scheme,
        'wsgi.errors': sys.stderr,
        'wsgi.multithread': True,
        'wsgi.multiprocess': workers > 1,
        'wsgi.run_once': False,
    }
    if section.endswith('_port'):
        base['jumpgate.port_service'] = section.removesuffix('_port')
    return base


def _green_database(conf: cfg.ConfigOpts) -> None:
    """libpq waits in C: without this a query of one request stalls all others."""
    if (conf.database.connection or '').startswith('postgresql'):
        from eventlet.support import psycopg2_patcher
        psycopg2_patcher.make_psycopg_green()


def _green(descriptor: int) -> Any:
    """A green socket over an inherited one; eventlet's own constructor takes all for IPv4."""
    return greenio.GreenSocket(_plain_socket.socket(fileno=descriptor))


def _watch(line: Any, stop: Any) -> None:
    """Set `stop` on SIGTERM or SIGINT, or when the parent is gone."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)

    def wait(sock: Any) -> None:
        with contextlib.suppress(OSError):
            sock.recv(1)
        if not stop.ready():
            stop.send()

    # the pair lives as long as the thread that reads it
    eventlet.spawn(lambda keep: wait(ours), theirs)
    eventlet.spawn(wait, line)


def _import_early(conf: cfg.ConfigOpts) -> None:
    """Import what `_load` would, while the parent has the state folder prepared.

    What is wrong with a driver is said there, or by `_load`.
    """
    importlib.import_module('jumpgate.deploy')
    for name in config.SERVICES:
        if conf[name].driver.startswith('jumpgate.'):
            with contextlib.suppress(ImportError):
                importlib.import_module(conf[name].driver)


def main(arguments: list[str]) -> int:
    task = Task(**json.loads(arguments[0]))
    conf = config.load(task.config_file)
    logs.set_up(conf)
    _green_database(conf)
    line = _green(int(arguments[1]))
    if not task.app:
        _import_early(conf)
    if line.recv(1) != b'G':
        return 0
    try:
        apps, services = _load(task)
    except (errors.BadSetup, LookupError, FileNotFoundError) as error:
        print(f'error: {error}', file=sys.stderr)
        return 1
    blocking.set_runner(tpool.execute)
    server = Server(conf, services)
    stop = event.Event()
    _watch(line, stop)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLD)
    gc.enable()
    for descriptor, section in task.listeners:
        listener = _green(descriptor)
        base = _base_environ(section, server.scheme, task.workers)
        server.acceptors.append(eventlet.spawn(server.accept, listener, apps[section], base))
    line.sendall(b'R')
    stop.wait()
    server.drain(conf.server.graceful_timeout)
    return 0


if __name__ == '__main__':
    code = main(sys.argv[1:])
    logging.shutdown()
    # what is still running was given its time: threads and sockets end here
    os._exit(code)
