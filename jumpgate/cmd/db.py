"""``jumpgate db``: the tables of the database."""
from __future__ import annotations

import argparse
import sys
from typing import Any

from oslo_config import cfg
from sqlalchemy import exc

from jumpgate.cmd import openrc
from jumpgate.store import prepare, schema
from jumpgate.store.engine import open_store


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        'db', help='bring the database up to date',
        description='Make the tables that this release needs, keeping what is in them. `jumpgate '
                    'serve` does it by itself; under a WSGI server it is done by hand.')
    parser.add_argument('action', choices=('upgrade',))
    parser.add_argument('--config-file', help='configuration file to read')
    parser.add_argument('--state-dir', help='state folder of the gateway')
    return parser


def run(args: argparse.Namespace) -> int:
    """Upgrade and say what was done; return the exit code."""
    try:
        conf = openrc.load(args)
        prepare.make_state_dir(conf)
        if schema.is_current(open_store(conf)):
            print('the database is up to date')
        prepare.prepare(conf)
    except (cfg.Error, OSError, exc.SQLAlchemyError) as error:
        print(f'jumpgate db: {error}', file=sys.stderr)
        return 1
    print(f'{conf.state_dir} is ready')
    return 0
