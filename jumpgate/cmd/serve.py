"""``jumpgate serve``: the built-in server."""
from __future__ import annotations

import argparse
import json
import logging
import os
import shlex
import shutil
import subprocess
import sys
from typing import Any

from oslo_config import cfg

from jumpgate import config
from jumpgate.cmd import listeners, logs, supervisor, tls

LOG = logging.getLogger(__name__)

#: Argument → the environment variable that tells this process and all that it starts.
_OVERRIDES = {
    'host': 'OS_SERVER__HOST',
    'port': 'OS_SERVER__PORT',
    'workers': 'OS_SERVER__WORKERS',
}
_PATH_OVERRIDES = {
    'config_file': 'JUMPGATE_CONFIG',
    'paste_config': 'OS_DEFAULT__PASTE_CONFIG',
    'state_dir': 'OS_DEFAULT__STATE_DIR',
}
#: In the state folder: where the gateway listens, for `jumpgate openrc`.
STATE_FILE = 'server.json'

_DESCRIPTION = """\
Serve the OpenStack API. With no configuration file it is a sandbox: an identity service with
users and projects of its own, kept in the state folder. SIGHUP reads the configuration again
without refusing a connection; SIGTERM lets running requests finish."""


def add_parser(subparsers: Any) -> None:
    """Declare the subcommand."""
    parser = subparsers.add_parser('serve', help='start the gateway', description=_DESCRIPTION)
    parser.add_argument('--config-file', metavar='FILE',
                        help='the configuration (default: $JUMPGATE_CONFIG, ./jumpgate.conf, '
                             '/etc/jumpgate/jumpgate.conf; none is needed)')
    parser.add_argument('--paste-config', metavar='FILE',
                        help='the Paste Deploy file that composes filters and services')
    parser.add_argument('--host', help='address to listen on (127.0.0.1)')
    parser.add_argument('--port', type=int, help='port to listen on (5000); 0 takes a free one')
    parser.add_argument('--workers', type=int, metavar='N', help='worker processes (1)')
    parser.add_argument('--state-dir', metavar='FOLDER',
                        help='database, keys and passwords (~/.local/share/jumpgate)')
    parser.add_argument('--admin-password', metavar='PASSWORD',
                        help='the password of admin at the first start, instead of a generated '
                             'one; other users of the machine can see it while the command runs, '
                             'so rather set OS_IDENTITY__ADMIN_PASSWORD')
    # any WSGI application, for tests and measurements of the server alone
    parser.add_argument('--app', metavar='MODULE:FACTORY', help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Serve until a signal; return the exit code."""
    _set_overrides(args)
    try:
        conf = config.load(args.config_file)
        logs.set_up(conf)
        tls.server_context(conf)
        opened = listeners.open_all(conf)
    except (cfg.Error, ValueError, tls.BadCertificate, listeners.CannotListen) as error:
        print(f'jumpgate serve: {error}', file=sys.stderr)
        return 1
    command = Serve(args, conf, opened)
    try:
        return supervisor.Supervisor(command.plan, command.announce).run()
    finally:
        listeners.close_all(opened)


class Serve:
    """What the supervisor asks for: plans of workers, and the words at the start."""

    def __init__(self, args: argparse.Namespace, conf: cfg.ConfigOpts,
                 opened: list[listeners.Listener]) -> None:
        self._args = args
        self._conf = conf
        self._listeners = opened
        self._addresses = _addresses(conf)
        self._secrets = {}
        if args.admin_password:
            self._secrets['OS_IDENTITY__ADMIN_PASSWORD'] = config.escaped(args.admin_password)

    def plan(self) -> supervisor.Plan:
        """Read the configuration, and say how workers are started by it.

        :raises StartFailed: with what to change
        """
        try:
            self._conf = config.load(self._args.config_file)
            tls.server_context(self._conf)
        except (cfg.Error, ValueError, tls.BadCertificate) as error:
            raise supervisor.StartFailed(str(error)) from error
        if _addresses(self._conf) != self._addresses:
            LOG.warning('the addresses in [server] have changed: restart the gateway for them')
        server = self._conf.server
        task = {
            'config_file': self._args.config_file,
            'paste_config': self._args.paste_config,
            'listeners': [(one.sock.fileno(), one.app) for one in self._listeners],
            'workers': server.workers,
            'app': self._args.app,
        }
        return supervisor.Plan(
            arguments=('-m', 'jumpgate.cmd.worker', json.dumps(task)),
            sockets=[one.sock for one in self._listeners],
            workers=server.workers, start_timeout=server.start_timeout,
            graceful_timeout=server.graceful_timeout,
            gate=None if self._args.app else self._prepare)

    def _prepare(self) -> subprocess.Popen[bytes]:
        """Begin the first start, in a process of its own: its imports must not stay in this one."""
        return subprocess.Popen([sys.executable, '-m', 'jumpgate.cmd.prepare'],
                                env={**os.environ, **self._secrets}, stdin=subprocess.DEVNULL)

    def announce(self) -> None:
        """Say where the gateway listens, here and in the state folder."""
        state = {'pid': os.getpid(), 'url': self._listeners[0].url,
                 'listeners': [{'app': one.app, 'url': one.url} for one in self._listeners]}
        folder = self._conf.state_dir
        os.makedirs(folder, mode=0o700, exist_ok=True)
        path = os.path.join(folder, STATE_FILE)
        with open(path + '.new', 'w', encoding='utf-8') as file:
            json.dump(state, file)
        os.replace(path + '.new', path)
        print(self._words(), flush=True)

    def _words(self) -> str:
        lines = [f'Jumpgate answers at {one.url}'
                 + ('' if one.app == 'main' else f' ({one.app.removesuffix("_port")})')
                 for one in self._listeners]
        command = [*_own_name(), 'openrc']
        if self._args.state_dir:
            command += ['--state-dir', os.path.abspath(self._args.state_dir)]
        lines += ['To use it with the openstack client, in another shell:',
                  f'    eval "$({shlex.join(command)})"']
        return '\n'.join(lines)


def _addresses(conf: cfg.ConfigOpts) -> tuple[Any, ...]:
    """What listeners are made from."""
    server = conf.server
    return (server.host, server.port, server.per_service_ports, server.service_ports,
            server.unix_socket)


def _set_overrides(args: argparse.Namespace) -> None:
    """Make the arguments the environment of this process, its workers and their reloads."""
    for name, variable in _OVERRIDES.items():
        value = getattr(args, name)
        if value is not None:
            os.environ[variable] = config.escaped(str(value))
    for name, variable in _PATH_OVERRIDES.items():
        value = getattr(args, name)
        if value:
            os.environ[variable] = config.escaped(os.path.abspath(value))


def _own_name() -> list[str]:
    """How this command is called in the user's shell."""
    own = os.path.abspath(sys.argv[0])
    found = shutil.which('jumpgate')
    if found and os.path.realpath(found) == os.path.realpath(own):
        return ['jumpgate']
    if os.path.basename(own) == 'jumpgate':
        return [own]
    return [sys.executable, '-m', 'jumpgate.cmd.main']

