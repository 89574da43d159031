"""``jumpgate keys``: the keys that tokens are encrypted with."""
from __future__ import annotations

import argparse
import sys
from typing import Any

from oslo_config import cfg

from jumpgate.cmd import openrc
from jumpgate.identity.keys import KeyRepository, NoKeys


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        'keys', help='make or rotate the token keys',
        description='Make the token keys, or rotate them: the staged key becomes the primary one, '
                    'and the oldest goes when there are more than max_active_keys. Running '
                    'gateways notice by themselves.')
    parser.add_argument('action', choices=('setup', 'rotate'))
    parser.add_argument('--config-file', help='configuration file to read')
    parser.add_argument('--state-dir', help='state folder of the gateway')
    return parser


def run(args: argparse.Namespace) -> int:
    """Do it and say what was done; return the exit code."""
    try:
        repository = KeyRepository.of(openrc.load(args))
        if args.action == 'setup':
            made = repository.setup()
            print(f'{repository.folder}: ' + ('keys made' if made else 'has keys already'))
        else:
            print(f'{repository.folder}: key {repository.rotate()} is the primary one now')
    except (cfg.Error, NoKeys, OSError) as error:
        print(f'jumpgate keys: {error}', file=sys.stderr)
        return 1
    return 0
