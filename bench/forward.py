"""What standing in the way costs: requests per second at 16 connections, one worker each.

All servers run at the same time and take turns in short rounds, so that the ratios are of the same
moments. A ratio is the median over the rounds.
"""
from __future__ import annotations

import contextlib
import dataclasses
import statistics
import tempfile
from pathlib import Path

from bench.rig import load, servers
from bench.rig.report import Report

ROUNDS = 20
SECONDS = 0.3
WARM_UP = 0.5
SERVER = '/servers/c0ffee00-0000-4000-8000-000000000001'

ORIGINAL_TARGET = 2.5
BAREST_TARGET = 0.55
VALIDATED_TARGET = 0.85


@dataclasses.dataclass
class Contender:
    """Somebody who takes part, and how it did in each round.

    :param target: path and query that it is asked for
    """

    server: servers.Running
    name: str
    target: str
    token: str = 'gAAAAABn-token-of-the-usual-length-' + 'x' * 150
    rates: list[float] = dataclasses.field(default_factory=list)
    latencies: list[float] = dataclasses.field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0

    def run(self, seconds: float) -> None:
        """One round."""
        data = load.request('GET', self.target, self.server.port, {'X-Auth-Token': self.token})
        spent = self.server.cpu()
        result = load.run(self.server.port, data, seconds=seconds)
        self.seconds += self.server.cpu() - spent
        self.requests += len(result.latencies)
        self.rates.append(result.rate)
        self.latencies.append(result.latency(0.99))

    def forget(self) -> None:
        """Start counting anew."""
        self.rates.clear()
        self.latencies.clear()
        self.requests, self.seconds = 0, 0.0

    @property
    def cpu(self) -> float:
        """Seconds of the server's processor time for one request."""
        return self.seconds / self.requests


def main(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix='jumpgate-bench-') as name, \
            contextlib.ExitStack() as stack:
        contenders = _start(Path(name), stack, report)
        for contender in contenders.values():
            contender.run(WARM_UP)
            contender.forget()
        for number in range(ROUNDS):
            report.progress(f'round {number + 1} of {ROUNDS}')
            for contender in contenders.values():
                contender.run(SECONDS)
    _tell(report, contenders)


def _start(folder: Path, stack: contextlib.ExitStack, report: Report) -> dict[str, Contender]:
    behind = stack.enter_context(servers.backend(folder))
    nginx = stack.enter_context(servers.nginx(folder, behind))
    original = stack.enter_context(servers.original(folder, behind))
    barest = stack.enter_context(servers.barest(folder, behind))
    forward = stack.enter_context(servers.forward(folder, behind))
    validated, token = stack.enter_context(servers.validated(folder, behind))
    plain = '/compute/v2.1' + SERVER
    contenders = {
        'direct': Contender(behind, 'the backend itself', plain),
        'original': Contender(original, 'as the original: requests.request', plain),
        'barest': Contender(barest, 'barest eventlet + http.client loop', plain),
        'forward': Contender(forward, 'jumpgate, token forwarded', plain),
        'validated': Contender(validated, 'jumpgate, token validated first', plain, token),
        'list': Contender(forward, 'jumpgate, a list: its links rewritten',
                          '/compute/v2.1/servers/detail'),
    }
    if nginx is not None:
        contenders['nginx'] = Contender(nginx, 'nginx', plain)
    else:
        report.line('nginx is not installed: left out')
    return contenders


def _tell(report: Report, contenders: dict[str, Contender]) -> None:
    report.line(f'{"":36} {"requests/s":>10}  {"of direct":>9}  {"99 % within":>11}  cpu/request')
    direct = contenders['direct']
    for one in contenders.values():
        report.line(f'{one.name:36} {statistics.median(one.rates):10.0f}  '
                    f'{_ratio(one, direct):9.2f}  '
                    f'{statistics.median(one.latencies) * 1000:8.1f} ms  '
                    f'{one.cpu * 1e6:8.0f} µs')
    forward, validated = contenders['forward'], contenders['validated']
    report.at_least("forwarded / the original's method",
                    _ratio(forward, contenders['original']), ORIGINAL_TARGET)
    report.at_least('forwarded / the barest loop',
                    _ratio(forward, contenders['barest']), BAREST_TARGET)
    report.at_least('validated first / forwarded',
                    _ratio(validated, forward), VALIDATED_TARGET)
    # less disturbed by what else the machine does
    report.line('the same by processor time: '
                f'{contenders["original"].cpu / forward.cpu:.2f}, '
                f'{contenders["barest"].cpu / forward.cpu:.2f}, '
                f'{forward.cpu / validated.cpu:.2f}')


def _ratio(one: Contender, other: Contender) -> float:
    return statistics.median(ours / theirs for ours, theirs
                             in zip(one.rates, other.rates, strict=True))
