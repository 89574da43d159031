"""Image files of 2 GiB up and down: memory of the worker, and throughput beside nginx's.

The two take turns, so that the ratios are of the same moments.
"""
from __future__ import annotations

import contextlib
import dataclasses
import re
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.rig import load, servers
from bench.rig.report import Report

SIZE = 2 * 1024 ** 3
MIB = 1024 * 1024
ROUNDS = 3
#: Seconds after which no further round begins.
BUDGET = 75
THROUGHPUT_TARGET = 0.6
MEMORY_TARGET = 32.0
FILE = '/image/v2/images/c0ffee00-0000-4000-8000-000000000002/file'
_PIECE = memoryview(bytes(MIB))
_TIMEOUT = 30


@dataclasses.dataclass
class Transfers:
    """How fast one server passed on one kind of file, in bytes per second, and its memory."""

    server: servers.Running
    transfer: Callable[[int], None]
    size: int = SIZE
    rates: list[float] = dataclasses.field(default_factory=list)
    growth: int = 0
    cpu: float = 0.0

    def run(self) -> None:
        """One file."""
        with _Watch(self.server) as watch:
            start, cpu = time.perf_counter(), self.server.cpu()
            self.transfer(self.server.port)
            self.rates.append(self.size / (time.perf_counter() - start))
            self.cpu = self.server.cpu() - cpu
        self.growth = max(self.growth, watch.growth)


class _Watch:
    """Looks at a server's memory, again and again, while something runs."""

    def __init__(self, server: servers.Running) -> None:
        self._server = server
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.growth = 0

    def __enter__(self) -> _Watch:
        self._before = self._server.resident()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            self.growth = max(self.growth, self._server.resident() - self._before)
            if self._done.wait(0.05):
                return


def main(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix='jumpgate-bench-') as name, \
            contextlib.ExitStack() as stack:
        folder = Path(name)
        behind = stack.enter_context(servers.backend(folder))
        gateway = stack.enter_context(servers.forward(folder, behind))
        nginx = stack.enter_context(servers.nginx(folder, behind))
        runs = {(who, what): Transfers(server, transfer)
                for what, transfer in (('upload', _upload), ('download', _download))
                for who, server in (('direct', behind), ('nginx', nginx), ('jumpgate', gateway))
                if server is not None}
        _warm_up(gateway)
        start = time.monotonic()
        for number in range(ROUNDS):
            if number and time.monotonic() - start > BUDGET * number / (number + 1):
                report.line(f'a slow machine: only {number} of {ROUNDS} rounds')
                break
            for (who, what), run in runs.items():
                report.progress(f'round {number + 1} of {ROUNDS}: {what}, {who}')
                run.run()
        _tell(report, runs)


def _tell(report: Report, runs: dict[tuple[str, str], Transfers]) -> None:
    for (who, what), run in runs.items():
        report.line(f'{what:9} {who:9} {statistics.median(run.rates) / MIB:7.0f} MiB/s   '
                    f'{run.cpu:5.2f} s of cpu   memory grew by {run.growth / MIB:5.1f} MiB')
    for what in ('upload', 'download'):
        ours, theirs = runs['jumpgate', what], runs.get(('nginx', what))
        report.at_most(f'{what} of 2 GiB: growth of resident memory', ours.growth / MIB,
                       MEMORY_TARGET, 'MiB')
        if theirs is None:
            report.line(f'{what}: nginx is not installed, so there is nothing to compare with')
            continue
        ratio = statistics.median(a / b for a, b in zip(ours.rates, theirs.rates, strict=True))
        report.at_least(f"{what}: throughput / nginx's", ratio, THROUGHPUT_TARGET)


def _warm_up(gateway: servers.Running) -> None:
    """A few small requests: what is loaded at the first of them is no growth."""
    data = load.request('GET', '/image/v2/images/c0ffee00', gateway.port,
                        {'X-Auth-Token': 'a-token'})
    load.run(gateway.port, data, seconds=0.3)


def _upload(port: int) -> None:
    head = load.request('PUT', FILE, port, {
        'X-Auth-Token': 'a-token', 'Content-Type': 'application/octet-stream',
        'Content-Length': str(SIZE)})
    with socket.create_connection((load.HOST, port), timeout=_TIMEOUT) as sock:
        sock.sendall(head)
        for _ in range(SIZE // len(_PIECE)):
            sock.sendall(_PIECE)
        _check(sock.recv(65536))


def _download(port: int) -> None:
    buffer = bytearray(MIB)
    with socket.create_connection((load.HOST, port), timeout=_TIMEOUT) as sock:
        sock.sendall(load.request('GET', f'{FILE}?size={SIZE}', port,
                                  {'X-Auth-Token': 'a-token'}))
        head = b''
        while b'\r\n\r\n' not in head:
            head += sock.recv(65536) or _gone()
        head, _, rest = head.partition(b'\r\n\r\n')
        _check(head)
        if not re.search(rb'(?i)content-length: *%d' % SIZE, head):
            raise load.Broken(f'the reply has another length: {head!r}')
        left = SIZE - len(rest)
        while left:
            left -= sock.recv_into(buffer, min(left, MIB)) or _gone()


def _check(head: bytes) -> None:
    if not head.startswith(b'HTTP/1.1 20'):
        raise load.Broken(f'the server answered {head[:600]!r}')


def _gone() -> bytes:
    raise load.Broken('the server closed the connection in the middle')
