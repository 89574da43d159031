"""What finding an endpoint costs: the slowest of a service against its fastest.

The target is a ratio of at most 3 over the full map.
"""
import functools
import importlib
import re
import timeit

from bench.rig.report import Report
from jumpgate import config
from jumpgate.common.endpoints import EndpointMap
from jumpgate.common.routing import Router

TARGET = 3.0
LOOPS = 30
ROUNDS = 12


def main(report: Report) -> None:
    for name in config.SERVICES:
        service = importlib.import_module(f'jumpgate.{name}').SERVICE
        router = Router(service.map, trailing_slash=service.trailing_slash)
        costs = sorted((cost, path) for path, cost in _costs(router, _paths(service.map)).items())
        (fastest, fast), (slowest, slow) = costs[0], costs[-1]
        report.line(f'{name:10} {len(costs):4} templates, median {costs[len(costs) // 2][0]:5.2f} '
                    f'µs; fastest {fastest:5.2f} µs {fast}')
        report.line(f'{"":10} slowest {slowest:5.2f} µs {slow}')
        report.at_most(f'{name}: slowest match / fastest', slowest / fastest, TARGET)


def _paths(endpoint_map: EndpointMap) -> list[str]:
    return [re.sub(r'\{[a-z_]+\}', 'c0ffee', root + row.endpoint.path) or '/'
            for row in endpoint_map for root in row.group.roots]


def _costs(router: Router, paths: list[str]) -> dict[str, float]:
    """Microseconds a look-up by path: the best of rounds over all, so that a busy spell of the
    machine falls on every path alike."""
    costs = dict.fromkeys(paths, float('inf'))
    for _ in range(ROUNDS):
        for path in paths:
            spent = timeit.timeit(functools.partial(router.find, path), number=LOOPS)
            costs[path] = min(costs[path], spent / LOOPS * 1e6)
    return costs
