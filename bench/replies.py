"""Replies of 1 to 200 kB over one connection: none may wait for the client's delayed ACK.

With Nagle's algorithm left on, a reply in two packets takes 40 ms. Both what is handed through and
what is rewritten on its way is looked at.
"""
from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from bench.forward import SERVER
from bench.rig import load, servers
from bench.rig.report import Report

SIZES = (1, 2, 4, 8, 16, 26, 50, 64, 65, 100, 130, 200)
SECONDS = 0.4
#: Milliseconds within which nine of ten replies must be there; a delayed ACK takes 40.
TARGET = 20.0


def main(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix='jumpgate-bench-') as name, \
            contextlib.ExitStack() as stack:
        folder = Path(name)
        behind = stack.enter_context(servers.backend(folder))
        gateway = stack.enter_context(servers.forward(folder, behind))
        report.line(f'{"":8} {"direct":>18} {"handed through":>18} {"links rewritten":>18}')
        worst = 0.0
        for size in SIZES:
            query = f'?size={size * 1024}'
            row = [_measure(port, target + query) for port, target in (
                (behind.port, '/compute/v2.1' + SERVER), (gateway.port, '/compute/v2.1' + SERVER),
                (gateway.port, '/compute/v2.1/servers/detail'))]
            worst = max(worst, *(result.latency(0.9) * 1000 for result in row[1:]))
            report.line(f'{size:5} kB ' + ' '.join(
                f'{result.rate:8.0f}/s {result.latency(0.5) * 1000:5.2f} ms' for result in row))
    report.at_most('reply that 9 of 10 are faster than, slowest size', worst, TARGET, 'ms')


def _measure(port: int, target: str) -> load.Result:
    data = load.request('GET', target, port, {'X-Auth-Token': 'a-token'})
    load.run(port, data, seconds=0.05, connections=1)
    return load.run(port, data, seconds=SECONDS, connections=1)
