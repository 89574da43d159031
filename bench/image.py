"""The image service: a thousand images in pages of a hundred, 1 GiB up and down.

An upload is held against a plain eventlet server that hashes the same bytes and keeps nothing; the
two take turns.
"""
from __future__ import annotations

import contextlib
import json
import socket
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench.rig import load, servers
from bench.rig.report import Report
from bench.transfer import Transfers

IMAGES = 1000
PAGE = 100
SIZE = 1024 ** 3
MIB = 1024 * 1024
ROUNDS = 3
#: Seconds after which no further round begins.
BUDGET = 40
THROUGHPUT_TARGET = 0.5
MEMORY_TARGET = 32.0
_PIECE = memoryview(bytes(MIB))
_TIMEOUT = 60


def main(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix='jumpgate-bench-') as name, \
            contextlib.ExitStack() as stack:
        folder = Path(name)
        gateway = stack.enter_context(servers.gateway(folder))
        client = _Client(gateway.port)
        _lists(report, client)
        _transfers(report, client, gateway, stack.enter_context(servers.sink(folder)))


class _Client:
    """The administrator of a gateway."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.token = servers.login(port)[0]
        self.image_id = ''

    def ask(self, verb: str, path: str, body: Any = None) -> Any:
        asked = urllib.request.Request(
            f'http://{load.HOST}:{self.port}/image{path}', method=verb,
            data=None if body is None else json.dumps(body).encode(),
            headers={'X-Auth-Token': self.token, 'Content-Type': 'application/json'})
        with urllib.request.urlopen(asked, timeout=_TIMEOUT) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def new_image(self) -> str:
        return self.ask('POST', '/v2/images', {
            'name': 'an image', 'disk_format': 'raw', 'container_format': 'bare',
            'tags': ['bench'], 'os_distro': 'none', 'hw_disk_bus': 'virtio'})['id']


def _lists(report: Report, client: _Client) -> None:
    for _ in range(IMAGES):
        client.new_image()
    path, pages, times = f'/v2/images?tag=bench&limit={PAGE}', [], []
    while path:
        start = time.perf_counter()
        page = client.ask('GET', path)
        times.append(time.perf_counter() - start)
        pages.append(len(page['images']))
        path = page.get('next')
    if sum(pages) != IMAGES:
        raise load.Broken(f'the pages have {pages} images')
    report.line(f'{IMAGES} images in pages of {PAGE}: {statistics.median(times) * 1000:.1f} ms a '
                f'page, the last of them {times[IMAGES // PAGE - 1] * 1000:.1f} ms')
    data = load.request('GET', f'/image/v2/images?limit={PAGE}', client.port,
                        {'X-Auth-Token': client.token})
    report.line(f'the first page: {load.run(client.port, data, seconds=2).rate:.0f} requests/s')


def _transfers(report: Report, client: _Client, gateway: servers.Running,
               sink: servers.Running) -> None:
    ups = Transfers(gateway, lambda port: _upload(client), SIZE)
    plain = Transfers(sink, lambda port: _send(port, 'PUT', '/', ''), SIZE)
    downs = Transfers(gateway, lambda port: _download(client), SIZE)
    start = time.monotonic()
    for number in range(ROUNDS):
        if number and time.monotonic() - start > BUDGET * number / (number + 1):
            report.line(f'a slow machine: only {number} of {ROUNDS} rounds')
            break
        for what in (plain, ups, downs):
            what.run()
    for name, run in (('upload, plain sink', plain), ('upload', ups), ('download', downs)):
        report.line(f'{name:20} {statistics.median(run.rates) / MIB:7.0f} MiB/s   '
                    f'{run.cpu:5.2f} s of cpu   memory grew by {run.growth / MIB:5.1f} MiB')
    report.at_most('image of 1 GiB: growth of resident memory',
                   max(ups.growth, downs.growth) / MIB, MEMORY_TARGET, 'MiB')
    ratio = statistics.median(a / b for a, b in zip(ups.rates, plain.rates, strict=True))
    report.at_least('image upload: throughput / plain sink that hashes', ratio, THROUGHPUT_TARGET)


def _upload(client: _Client) -> None:
    client.image_id = client.new_image()
    _send(client.port, 'PUT', f'/image/v2/images/{client.image_id}/file',
          client.token)


def _send(port: int, verb: str, path: str, token: str) -> None:
    head = load.request(verb, path, port, {
        'X-Auth-Token': token, 'Content-Type': 'application/octet-stream',
        'Content-Length': str(SIZE)})
    with socket.create_connection((load.HOST, port), timeout=_TIMEOUT) as sock:
        sock.sendall(head)
        for _ in range(SIZE // len(_PIECE)):
            sock.sendall(_PIECE)
        answer = sock.recv(65536)
    if not answer.startswith(b'HTTP/1.1 20'):
        raise load.Broken(f'the server answered {answer[:600]!r}')


def _download(client: _Client) -> None:
    path = f'/image/v2/images/{client.image_id}'
    asked = urllib.request.Request(f'http://{load.HOST}:{client.port}{path}/file',
                                   headers={'X-Auth-Token': client.token})
    buffer, got = bytearray(MIB), 0
    with urllib.request.urlopen(asked, timeout=_TIMEOUT) as reply:
        while size := reply.readinto(buffer):
            got += size
    if got != SIZE:
        raise load.Broken(f'the download has {got} bytes')
    client.ask('DELETE', f'{path.removeprefix("/image")}')
