"""``jumpgate endpoints``: the truth about who answers what."""
from __future__ import annotations

import argparse
import collections
import csv
import dataclasses
import importlib
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from oslo_config import cfg

from jumpgate import api, config
from jumpgate.common.dispatcher import Dispatcher
from jumpgate.common.match import Coverage
from jumpgate.common.sources import DRIVER, HANDLER, NONE, UPSTREAM, BadDriver
from jumpgate.store import prepare

SOURCES = (HANDLER, DRIVER, UPSTREAM, NONE)


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What one service answers.

    :param enabled: whether the service is served at all
    :param unused: the endpoints of which no handler and no driver answers any verb
    :param lines: a verb or an action each
    """

    service: str
    project: str
    enabled: bool
    unused: frozenset[str]
    lines: tuple[Coverage, ...]

    @property
    def endpoints(self) -> int:
        return len({line.endpoint.name for line in self.lines})

    @property
    def counts(self) -> dict[str, int]:
        """Source → verbs and actions."""
        found = collections.Counter(line.source for line in self.lines)
        return {source: found[source] for source in SOURCES}


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        'endpoints', help='list the endpoints and who answers them',
        description='List every verb and action of the OpenStack APIs, and who answers it: a '
                    'hand-written handler, the typed driver, the upstream OpenStack, or none.')
    parser.add_argument('--config-file', help="jumpgate.conf to go by; '' for none at all")
    parser.add_argument('--service', choices=config.SERVICES, help='only this service')
    parser.add_argument('--unused', action='store_true',
                        help='only endpoints of which no handler and no driver answers any verb')
    parser.add_argument('--source', choices=SOURCES, help='only what is answered so')
    parser.add_argument('--format', choices=list(FORMATS), default='table')
    return parser


def run(args: argparse.Namespace) -> int:
    wanted = [args.service] if args.service else config.SERVICES
    try:
        full = reports(config.load(args.config_file), wanted)
    except (BadDriver, cfg.Error) as error:
        print(f'error: {error}\n"jumpgate check" may say more', file=sys.stderr)
        return 1
    found = [_only(each, unused=args.unused, source=args.source) for each in full]
    print(FORMATS[args.format](found))
    return 0


def reports(conf: cfg.ConfigOpts, services: Iterable[str]) -> list[Report]:
    """What `services` answer, also where the configuration has them off.

    The embedded clouds get an empty state folder: who answers does not depend on what they keep,
    and the question may come before the first start, or from somebody who may not read theirs.

    :raises BadDriver: for a driver that cannot work
    """
    with tempfile.TemporaryDirectory() as folder:
        conf.set_override('state_dir', folder)
        conf.set_override('connection', None, group='database')
        prepare.upgrade(conf)
        gateway = api.Jumpgate(conf)
        return [_report(gateway, name) for name in services]


def _report(gateway: api.Jumpgate, service: str) -> Report:
    enabled = service in gateway.services
    if enabled:
        dispatcher = gateway.get_dispatcher(service)
    else:
        dispatcher = Dispatcher(gateway, importlib.import_module(f'jumpgate.{service}').SERVICE)
    return Report(service, dispatcher.service.project, enabled,
                  frozenset(dispatcher.get_unused_endpoints()), tuple(dispatcher.coverage()))


def _only(full: Report, *, unused: bool, source: str | None) -> Report:
    return dataclasses.replace(full, lines=tuple(
        line for line in full.lines
        if (not unused or line.endpoint.name in full.unused)
        and (source is None or line.source == source)))


# -- the formats ------------------------------------------------------------------------------


def table(found: Iterable[Report]) -> str:
    """Aligned columns for people, with the counts at the end."""
    rows = [('ENDPOINT', 'VERB', 'ACTION', 'SOURCE', 'STATUS', 'PATH')]
    counts = []
    for each in found:
        rows += [(f'{each.service}:{line.endpoint.name}', line.verb, line.action or '-',
                  line.source, _status(line), line.path) for line in each.lines]
        counts.append(f'{each.service} ({each.project}): {_summary(each)}')
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return '\n'.join([
        *('  '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
          for row in rows), '', *counts])


def as_json(found: Iterable[Report]) -> str:
    """One object, a key per service."""
    return json.dumps({each.service: {
        'project': each.project,
        'enabled': each.enabled,
        'endpoints': each.endpoints,
        'operations': each.counts,
        'coverage': [_line(line) for line in each.lines],
    } for each in found}, indent=1)


def _line(line: Coverage) -> dict[str, Any]:
    window = line.operation.window if line.operation else None
    return {
        'name': line.endpoint.name, 'path': line.path, 'verb': line.verb, 'action': line.action,
        'source': line.source, 'status': _status(line),
        'summary': line.operation.summary if line.operation else '',
        'since': str(window.since) if window and window.since is not None else None,
        'until': str(window.until) if window and window.until is not None else None,
    }


def rst(found: Iterable[Report]) -> str:
    """The page of the documentation."""
    found = list(found)
    return '\n'.join([
        _heading('Endpoints', '='),
        'Every endpoint that the gateway knows, by service, and who answers it where nothing is',
        'configured. ``jumpgate endpoints`` shows the same for a configuration. This page is',
        'generated by ``jumpgate endpoints --config-file= --format rst``.',
        '',
        '*driver* is the embedded cloud; *none* answers 501. Names are what',
        '``Dispatcher.set_handler`` and ``get_endpoint_url`` take.',
        '',
        *_directive('', ('Service', 'Endpoints', 'Verbs and actions', 'of them driver', 'none'), (
            (each.service, each.endpoints, len(each.lines), each.counts[DRIVER],
             each.counts[NONE]) for each in found)),
        *(line for each in found for line in _section(each)),
    ]).rstrip()


def _section(each: Report) -> Iterator[str]:
    yield ''
    yield _heading(each.service.capitalize(), '-')
    yield _summary(each).capitalize() + '.'
    yield ''
    by_name: dict[str, list[Coverage]] = {}
    for line in each.lines:
        by_name.setdefault(line.endpoint.name, []).append(line)
    yield from _directive('', ('Name', 'Path', 'Verbs and actions', 'Status'), (
        (f'``{name}``', f'``{lines[0].path}``', _who(lines), lines[0].endpoint.status)
        for name, lines in by_name.items()))


def _who(lines: list[Coverage]) -> str:
    """``driver: GET, POST; none: DELETE``"""
    by_source: dict[str, list[str]] = {}
    for line in lines:
        by_source.setdefault(line.source, []).append(line.action or line.verb)
    return '; '.join(f"{source}: {', '.join(by_source[source])}"
                     for source in SOURCES if source in by_source)


def _directive(title: str, header: tuple[str, ...],
               rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    text = io.StringIO()
    csv.writer(text, lineterminator='\n').writerows([header, *rows])
    yield f'.. csv-table:: {title}'.rstrip()
    yield '   :header-rows: 1'
    yield ''
    yield from ('   ' + line for line in text.getvalue().splitlines())


def _heading(text: str, line: str) -> str:
    return f'{text}\n{line * len(text)}\n'


def _summary(each: Report) -> str:
    counts = ', '.join(f'{count} {source}' for source, count in each.counts.items())
    return (f'{each.endpoints} endpoints, {len(each.lines)} verbs and actions: {counts}'
            + ('' if each.enabled else '; off'))


def _status(line: Coverage) -> str:
    return (line.operation.status if line.operation else None) or line.endpoint.status


FORMATS = {'table': table, 'json': as_json, 'rst': rst}
