"""``jumpgate openrc``: what an OpenStack client needs to log in."""
from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from pathlib import Path
from typing import Any

from oslo_config import cfg

from jumpgate import config
from jumpgate.cmd.serve import STATE_FILE
from jumpgate.store import prepare

_DOMAIN = 'Default'
_DEFAULT_URL = 'http://127.0.0.1:5000'


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        'openrc', help='print what an OpenStack client needs to log in',
        description='Print export lines for a shell (eval "$(jumpgate openrc)"), or an entry of '
                    'clouds.yaml, for the gateway that runs with this configuration, or last did.')
    parser.add_argument('--user', choices=('admin', 'demo'), default='admin',
                        help='who logs in, to the project of the same name (default: admin)')
    parser.add_argument('--cloud', action='store_true',
                        help='print an entry of clouds.yaml instead of export lines')
    parser.add_argument('--config-file', help='configuration file to read')
    parser.add_argument('--state-dir', help='state folder of the gateway')
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the lines; return the exit code."""
    try:
        conf = load(args)
    except cfg.Error as error:
        print(f'jumpgate openrc: {error}', file=sys.stderr)
        return 1
    password = prepare.read_passwords(conf).get(args.user)
    if password is None:
        print(f'jumpgate openrc: {conf.state_dir} has no password of {args.user}; '
              '`jumpgate serve` makes one at its first start', file=sys.stderr)
        return 1
    print(_cloud(conf, args.user, password) if args.cloud
          else _exports(conf, args.user, password))
    return 0


def load(args: argparse.Namespace) -> cfg.ConfigOpts:
    """The configuration, with the state folder of the command line.

    :raises cfg.Error: if it cannot be read
    """
    if args.state_dir:
        os.environ['OS_DEFAULT__STATE_DIR'] = config.escaped(os.path.abspath(args.state_dir))
    return config.load(args.config_file)


def auth_url(conf: cfg.ConfigOpts) -> str:
    """Where the gateway's identity service is: as it last said itself."""
    mount = '' if conf.server.per_service_ports else '/identity'
    base = conf.public_endpoint or _last_url(conf) or _DEFAULT_URL
    return f'{base.rstrip("/")}{mount}/v3'


def _last_url(conf: cfg.ConfigOpts) -> str | None:
    """The URL that `jumpgate serve` last listened at with this state folder."""
    try:
        state = json.loads((Path(conf.state_dir) / STATE_FILE).read_text())
    except (FileNotFoundError, ValueError):
        return None
    urls = {listener['app']: listener['url'] for listener in state['listeners']}
    found: str | None = urls.get('identity_port', state['url'])
    return found


def _exports(conf: cfg.ConfigOpts, user: str, password: str) -> str:
    values = {
        'OS_AUTH_URL': auth_url(conf),
        'OS_IDENTITY_API_VERSION': '3',
        'OS_USERNAME': user,
        'OS_PASSWORD': password,
        'OS_PROJECT_NAME': user,
        'OS_USER_DOMAIN_NAME': _DOMAIN,
        'OS_PROJECT_DOMAIN_NAME': _DOMAIN,
        'OS_REGION_NAME': conf.region,
    }
    return '\n'.join(f'export {name}={shlex.quote(value)}' for name, value in values.items())


def _cloud(conf: cfg.ConfigOpts, user: str, password: str) -> str:
    """An entry of clouds.yaml; JSON's way of quoting a text is YAML's too."""
    auth = {
        'auth_url': auth_url(conf), 'username': user, 'password': password,
        'project_name': user, 'user_domain_name': _DOMAIN, 'project_domain_name': _DOMAIN,
    }
    lines = ['clouds:', f'  jumpgate-{user}:', f'    region_name: {json.dumps(conf.region)}',
             '    identity_api_version: 3', '    auth:']
    return '\n'.join(lines + [f'      {name}: {json.dumps(value)}' for name, value in auth.items()])
