"""``jumpgate clock``: the time that the embedded clouds and their tokens go by."""
from __future__ import annotations

import argparse
import sys
from typing import Any

from oslo_config import cfg
from sqlalchemy import exc

from jumpgate.cmd import openrc
from jumpgate.store import schema
from jumpgate.store.clock import StoredClock, to_datetime
from jumpgate.store.engine import open_store


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        'clock', help="tell or advance the embedded clouds' clock",
        description='Tell what time it is for the embedded clouds and for tokens, or put it '
                    'forward, so that a test need not wait. Every process that shares the '
                    'database sees it at once. It never goes back.')
    parser.add_argument('action', choices=('show', 'advance'))
    parser.add_argument('seconds', nargs='?', type=_seconds, default=0.0,
                        help='how far to put it forward')
    parser.add_argument('--config-file', help='configuration file to read')
    parser.add_argument('--state-dir', help='state folder of the gateway')
    return parser


def _seconds(text: str) -> float:
    """:raises argparse.ArgumentTypeError: if it is no number of seconds from 0"""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e9:
        raise argparse.ArgumentTypeError(f'{text} is not a number of seconds from 0')
    return seconds


def run(args: argparse.Namespace) -> int:
    """Do it and tell the time; return the exit code."""
    try:
        store = open_store(openrc.load(args))
        schema.require_current(store)
        clock = StoredClock(store)
        if args.action == 'advance':
            clock.advance(args.seconds)
        print(f'{to_datetime(clock.time()):%Y-%m-%dT%H:%M:%SZ} ({clock.offset:+.0f} s)')
    except (cfg.Error, schema.OutdatedSchema, OSError, exc.SQLAlchemyError) as error:
        print(f'jumpgate clock: {error}', file=sys.stderr)
        return 1
    return 0
