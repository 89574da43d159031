"""How soon `jumpgate serve` answers after its start, and what it holds while it idles."""
from __future__ import annotations

import compileall
import tempfile
import time
from pathlib import Path

import jumpgate
from bench.rig import servers
from bench.rig.report import Report

SECONDS_TARGET = 1.5
MEMORY_TARGET = 90.0
STARTS = 4
MIB = 1024 * 1024


def main(report: Report) -> None:
    # as pip does with what it installs; a checkout has it done by its first start otherwise
    compileall.compile_dir(str(Path(jumpgate.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory(prefix='jumpgate-bench-') as name:
        folder = Path(name)
        started, spent = [], []
        for _ in range(STARTS):
            with servers.gateway(folder) as server:
                started.append(server.started)
                spent.append(server.whole_cpu())
                time.sleep(0.5)
                idle = server.resident() / MIB
                parent = server.process.memory_info().rss / MIB
        with servers.backend(folder) as behind, servers.forward(folder, behind) as server:
            time.sleep(0.5)
            forward = server.resident() / MIB
    report.line('starts, the first one with an empty state folder: '
                + ', '.join(f'{seconds:.2f} s' for seconds in started))
    report.line('of it processor time, where nothing ran at once: '
                + ', '.join(f'{seconds:.2f} s' for seconds in spent))
    report.line(f'resident: parent {parent:.0f} MiB, worker {idle:.0f} MiB; '
                f'worker that passes three services through {forward:.0f} MiB')
    report.at_most('first answer after the very first start', started[0], SECONDS_TARGET, 's')
    report.at_most('first answer after a later start', min(started[1:]), SECONDS_TARGET, 's')
    report.at_most('resident memory of an idle worker', idle, MEMORY_TARGET, 'MiB')
