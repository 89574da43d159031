"""The command behind ``make interop``."""
from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Mapping

from tests.fixtures import databases
from tests.fixtures.gateway import Gateway
from tests.interop import discovery, lists, report
from tests.interop.cloud import Cloud, Unreachable
from tests.interop.outcomes import Outcome, Outcomes
from tests.interop.tempest import Tempest, TempestFailed

ROOT = pathlib.Path(__file__).parents[2]
_LIST = 'interop-compute'
_CONFIG = pathlib.Path(__file__).with_name('jumpgate.conf')


def main() -> int:
    """Run; return 0 where all is as expected, 1 where not, 2 where nothing could be run."""
    args = _arguments()
    try:
        tests = lists.select(lists.load_all(args.list or [_LIST]), args.service, args.match)
        expected = report.load_expected()
        with _running() if args.running else _served(args) as login:
            done = _judge(args, tests, expected, login)
    except (lists.BadList, report.BadExpectations, Unreachable, TempestFailed) as error:
        print(f'interop: {error}', file=sys.stderr)
        return 2
    (args.output / 'failures.txt').write_text(done.failures())
    (args.output / 'summary.txt').write_text(done.summary())
    print(done.summary(), end='')
    return 0 if done.good else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog='python -m tests.interop',
        description='Serve the embedded clouds, run Tempest against them, and say per interop '
                    'capability how many tests passed. docs/interop.rst tells more.')
    parser.add_argument('--list', action='append', default=[],
                        help='a list in tests/interop/lists, or a file; may be repeated '
                             f'({_LIST})')
    parser.add_argument('--service', action='append', default=[],
                        help='only the tests of this service; may be repeated')
    parser.add_argument('--match', default='', metavar='REGEX',
                        help='only tests whose name this expression finds')
    parser.add_argument('--config', type=pathlib.Path, default=_CONFIG, metavar='FILE',
                        help='jumpgate.conf of the gateway (tests/interop/jumpgate.conf)')
    parser.add_argument('--workers', type=int, default=1, help='of the gateway (1)')
    parser.add_argument('--database', choices=('sqlite', *databases.SERVERS), default='sqlite',
                        help='what the gateway keeps its state in (sqlite)')
    parser.add_argument('--running', action='store_true',
                        help='serve nothing: judge the cloud of the variables OS_AUTH_URL, '
                             'OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME')
    parser.add_argument('--concurrency', type=int, default=2, help='tests at a time (2)')
    parser.add_argument('--timeout', type=float, default=3600, metavar='SECONDS',
                        help='for the whole run (3600)')
    parser.add_argument('--output', type=pathlib.Path, default=ROOT / '.interop',
                        metavar='FOLDER', help='summary, failures, logs; emptied first (.interop)')
    parser.add_argument('--tempest', type=pathlib.Path, metavar='COMMAND',
                        default=ROOT / '.tempest' / 'bin' / 'tempest',
                        help='of the virtual environment that has it (.tempest/bin/tempest)')
    return parser.parse_args()


def _judge(args: argparse.Namespace, tests: list[lists.Test], expected: Mapping[str, str],
           login: Mapping[str, str]) -> report.Report:
    cloud = Cloud(login)
    _empty(args.output)
    tempest = Tempest(args.tempest, args.output)
    tempest.set_up()
    discovery.write(tempest.config_file, discovery.fixed(), discovery.discover(cloud), {
        'DEFAULT': {'debug': True, 'use_stderr': False, 'log_dir': args.output.absolute(),
                    'log_file': 'tempest.log'},
        'oslo_concurrency': {'lock_path': args.output.absolute() / 'tempest_lock'},
    })
    outcomes = Outcomes(_tell)
    names = [test.name for test in tests]
    begun = time.monotonic()
    tempest.run(names, outcomes, args.concurrency, args.timeout)
    seconds = time.monotonic() - begun
    return report.Report(tests, outcomes.of(names), outcomes.leftovers, expected, seconds)


def _tell(outcome: Outcome) -> None:
    """Say on standard error how a test went, for whoever waits."""
    seconds = '' if outcome.seconds is None else f' ({outcome.seconds:.1f} s)'
    print(f'{outcome.result:7} {outcome.test}{seconds}', file=sys.stderr, flush=True)


def _empty(folder: pathlib.Path) -> None:
    """Take away the results of a run before; nothing else is ever removed."""
    if (folder / 'workspaces.yaml').exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _running() -> contextlib.AbstractContextManager[Mapping[str, str]]:
    wanted = {'OS_AUTH_URL', 'OS_USERNAME', 'OS_PASSWORD', 'OS_PROJECT_NAME'}
    missing = ', '.join(sorted(wanted - os.environ.keys()))
    if missing:
        raise Unreachable(f'--running needs {missing}')
    return contextlib.nullcontext(os.environ)


@contextlib.contextmanager
def _served(args: argparse.Namespace) -> Iterator[Mapping[str, str]]:
    """A gateway while the block runs; gives its administrator's login."""
    env = {'OS_IDENTITY__ADMIN_PASSWORD': secrets.token_urlsafe()}
    with contextlib.ExitStack() as stack:
        if args.database != 'sqlite':
            server = stack.enter_context(databases.SERVERS[args.database]())
            env['OS_DATABASE__CONNECTION'] = server.url
        gateway = stack.enter_context(
            Gateway(config=args.config.read_text(), workers=args.workers, env=env))
        try:
            yield {'OS_AUTH_URL': f'{gateway.url}/identity/v3', 'OS_USERNAME': 'admin',
                   'OS_PASSWORD': env['OS_IDENTITY__ADMIN_PASSWORD'], 'OS_PROJECT_NAME': 'admin'}
        finally:
            args.output.mkdir(parents=True, exist_ok=True)
            (args.output / 'gateway.log').write_text(gateway.log)


if __name__ == '__main__':
    sys.exit(main())
