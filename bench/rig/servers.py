"""Starting and ending what is measured: each server in processes of its own, on a free port."""
from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.rig.load import HOST

#: Seconds that a server may take to listen.
_PATIENCE = 30
PASSWORD = 'bench-password'
#: The project that requests are made in, by its id in the backend.
UPSTREAM_PROJECT = 'aa'


@dataclasses.dataclass
class Running:
    """A server that listens.

    :param name: as the tables call it
    :param started: seconds from its start to its first answer, where that was looked at
    """

    name: str
    port: int
    process: psutil.Process
    started: float = 0.0

    @functools.cached_property
    def workers(self) -> list[psutil.Process]:
        """The processes that answer: the children, or the process itself where it has none.

        Looked for once, since that takes as long as many a request.
        """
        return self.process.children(recursive=True) or [self.process]

    def resident(self) -> int:
        """Bytes of resident memory of the largest worker."""
        return max(worker.memory_info().rss for worker in self.workers)

    def whole_cpu(self) -> float:
        """Seconds of processor time of all that was started, helpers that have ended too."""
        return self.cpu() + sum(self.process.cpu_times()[:4])

    def cpu(self) -> float:
        """Seconds of processor time that the workers have used."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def _running(name: str, port: int, command: list[str], folder: Path,
             path: str | None = None, more: dict[str, str] | None = None) -> Iterator[Running]:
    """Start `command`, wait until it answers `path` (or listens), and end it afterwards."""
    environ = {key: value for key, value in os.environ.items()
               if not key.startswith(('OS_', 'JUMPGATE_'))}
    environ.update(more or {})
    log = folder / f'{name.replace(" ", "-")}-{port}.log'
    with log.open('wb') as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, env=environ)
    try:
        server = Running(name, port, psutil.Process(process.pid))
        _wait(process, port, path, log)
        server.started = time.perf_counter() - start
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str | None, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError):
            if path is None:
                socket.create_connection((HOST, port), timeout=_PATIENCE).close()
            else:
                urllib.request.urlopen(f'http://{HOST}:{port}{path}', timeout=_PATIENCE).close()
            return
        time.sleep(0.01)
    raise RuntimeError(f'{process.args[:4]} did not start; its last words: '
                       f'{log.read_text()[-2000:]}')


def _module(name: str, *arguments: object) -> list[str]:
    return [sys.executable, '-m', name, *map(str, arguments)]


def backend(folder: Path) -> contextlib.AbstractContextManager[Running]:
    port = free_port()
    return _running('backend', port, _module('bench.rig.backend', port), folder)


def sink(folder: Path) -> contextlib.AbstractContextManager[Running]:
    """A server that hashes what is uploaded to it."""
    port = free_port()
    return _running('sink', port, _module('bench.rig.sink', port), folder)


def barest(folder: Path, behind: Running) -> contextlib.AbstractContextManager[Running]:
    port = free_port()
    return _running('barest', port, _module('bench.rig.barest', port, behind.port), folder)


def original(folder: Path, behind: Running) -> contextlib.AbstractContextManager[Running]:
    port = free_port()
    return _running('original', port, _module('bench.rig.original', port, behind.port), folder)


def find_nginx() -> str | None:
    return shutil.which('nginx') or shutil.which('nginx', path='/usr/sbin:/usr/local/sbin')


_NGINX = '''
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log {folder}/nginx-access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    tcp_nodelay on;
    keepalive_requests 100000000;
    client_max_body_size 0;
    client_body_buffer_size 256k;
    upstream backend {{
        server 127.0.0.1:{behind};
        keepalive 64;
        keepalive_requests 100000000;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_request_buffering off;
            proxy_buffers 8 64k;
            proxy_max_temp_file_size 0;
        }}
    }}
}}
'''


@contextlib.contextmanager
def nginx(folder: Path, behind: Running) -> Iterator[Running | None]:
    """nginx as a proxy with one worker; None where it is not installed."""
    binary = find_nginx()
    if binary is None:
        yield None
        return
    port = free_port()
    config = folder / f'nginx-{port}.conf'
    config.write_text(_NGINX.format(folder=folder, port=port, behind=behind.port,
                                    user='user root;' if os.geteuid() == 0 else ''))
    command = [binary, '-e', str(folder / 'nginx.log'), '-c', str(config)]
    with _running('nginx', port, command, folder) as server:
        yield server


_GATEWAY = '''
[DEFAULT]
state_dir = {state}
{more}
'''
_FORWARD = '''
[identity]
driver = jumpgate.identity.drivers.openstack
[compute]
driver = jumpgate.compute.drivers.openstack
[image]
driver = jumpgate.image.drivers.openstack
[openstack]
tokens = forward
identity_endpoint = http://127.0.0.1:{behind}/identity
compute_endpoint = http://127.0.0.1:{behind}/compute
image_endpoint = http://127.0.0.1:{behind}/image
'''
_VALIDATED = '''
[compute]
driver = jumpgate.compute.drivers.openstack
[openstack]
tokens = service
auth_url = http://127.0.0.1:{behind}/identity/v3
compute_endpoint = http://127.0.0.1:{behind}/compute
project_map = {map}
'''


def _gateway(name: str, state: Path, more: str,
             path: str = '/v3') -> contextlib.AbstractContextManager[Running]:
    """`jumpgate serve` with one worker and, but for `more`, all that it has by default."""
    state.mkdir(exist_ok=True)
    port = free_port()
    config = state / 'jumpgate.conf'
    config.write_text(_GATEWAY.format(state=state, more=more))
    command = _module('jumpgate.cmd.main', 'serve', '--config-file', config, '--port', port,
                      '--workers', 1)
    return _running(name, port, command, state, path, {'OS_IDENTITY__ADMIN_PASSWORD': PASSWORD})


def gateway(folder: Path) -> contextlib.AbstractContextManager[Running]:
    """The gateway as it is without any configuration."""
    return _gateway('gateway', folder / 'gateway', '')


def forward(folder: Path, behind: Running) -> contextlib.AbstractContextManager[Running]:
    """The gateway before a real cloud, which judges the tokens."""
    return _gateway('forward', folder / 'forward', _FORWARD.format(behind=behind.port),
                    '/healthcheck')


@contextlib.contextmanager
def validated(folder: Path, behind: Running) -> Iterator[tuple[Running, str]]:
    """The gateway with users of its own before a cloud that knows only the gateway.

    Gives the server, and a token of its user admin.
    """
    state = folder / 'validated'
    with _gateway('validated', state, '') as server:
        project = login(server.port)[1]
    projects = folder / 'projects.json'
    projects.write_text(json.dumps({project: {
        'project_id': UPSTREAM_PROJECT, 'username': 'gateway', 'password': PASSWORD,
        'user_domain_name': 'Default'}}))
    projects.chmod(0o600)
    more = _VALIDATED.format(behind=behind.port, map=projects)
    with _gateway('validated', state, more) as server:
        yield server, login(server.port)[0]


def login(port: int) -> tuple[str, str]:
    """A token of the user admin in the project admin, and the id of that."""
    domain = {'name': 'Default'}
    body = {'auth': {
        'identity': {'methods': ['password'], 'password': {'user': {
            'name': 'admin', 'domain': domain, 'password': PASSWORD}}},
        'scope': {'project': {'name': 'admin', 'domain': domain}}}}
    asked = urllib.request.Request(
        f'http://{HOST}:{port}/v3/auth/tokens', json.dumps(body).encode(),
        {'Content-Type': 'application/json'})
    with urllib.request.urlopen(asked, timeout=_PATIENCE) as reply:
        return reply.headers['X-Subject-Token'], json.load(reply)['token']['project']['id']
