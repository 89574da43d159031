"""``jumpgate check``: what is wrong with this set-up, in words that say what to change."""
from __future__ import annotations

import argparse
import configparser
import dataclasses
import difflib
import importlib
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy.exc
from oslo_config import cfg

from jumpgate import api, config
from jumpgate.cmd import listeners
from jumpgate.common import errors
from jumpgate.common.sources import BadDriver
from jumpgate.store import engine, schema

_UPSTREAM_TIMEOUT = 5.0


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    :param fatal: whether the gateway cannot start with it
    """

    text: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{'error' if self.fatal else 'warning'}: {self.text}"


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(
        'check', help='say what is wrong with the configuration',
        description='Check the configuration, drivers, filters, keys, upstreams and ports, and say '
                    'what to change. The exit status is 1 if the gateway could not start.')
    parser.add_argument('--config-file', help='jumpgate.conf to check')
    parser.add_argument('--paste-config', help='api-paste.ini to check')
    return parser


def run(args: argparse.Namespace) -> int:
    problems = list(find_problems(args.config_file, args.paste_config))
    for problem in problems:
        print(problem)
    fatal = sum(problem.fatal for problem in problems)
    if not problems:
        print('All is well.')
    else:
        print(f'{fatal} errors, {len(problems) - fatal} warnings')
    return 1 if fatal else 0


def find_problems(config_file: str | None = None,
                  paste_config: str | None = None) -> Iterator[Problem]:
    """Everything that is wrong, the most basic first."""
    try:
        conf = config.load(config_file)
    except cfg.ConfigFilesNotFoundError as error:
        yield Problem(f"the configuration file {', '.join(error.config_files)} is not there")
        return
    except (cfg.Error, ValueError, OSError) as error:
        yield Problem(f'the configuration cannot be read: {error}')
        return
    basic = list(basic_problems(conf, paste_config))
    yield from basic
    yield from _upstream_problems(conf)
    yield from _port_problems(conf)
    if not any(problem.fatal for problem in basic):
        yield from _database_problems(conf)
        yield from _assembly_problems(conf)


def basic_problems(conf: cfg.ConfigOpts, paste_config: str | None = None) -> Iterator[Problem]:
    """What can be told at once, without asking a database or the network."""
    yield from _option_problems(conf)
    yield from _driver_problems(conf)
    yield from _paste_problems(conf, paste_config)
    yield from _key_problems(conf)


def _option_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    """Values of the wrong kind, and names that look like a slip."""
    known = {group: {option.dest for option in options} for group, options in config.list_opts()}
    for group, options in known.items():
        for option in sorted(options):
            try:
                getattr(conf if group == 'DEFAULT' else conf[group], option)
            except (cfg.Error, ValueError) as error:
                yield Problem(f'[{group}] {option}: {error}')
    for path in conf.default_config_files or ():
        sections: dict[str, dict[str, list[str]]] = {}
        cfg.ConfigParser(path, sections).parse()
        for group, values in sections.items():
            for option in sorted(set(values) - known.get(group, set(values))):
                near = difflib.get_close_matches(option, known[group], n=1)
                if near or group != 'DEFAULT':      # options of oslo.log may stand there as well
                    meant = f'; did you mean {near[0]}?' if near else ''
                    yield Problem(f'{path}: [{group}] has no option {option}{meant}', fatal=False)


def _driver_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    named = {name: conf[name].driver for name in config.SERVICES if conf[name].driver}
    if not named:
        yield Problem('no service has a driver; set driver in at least one of '
                      + ', '.join(f'[{name}]' for name in config.SERVICES))
    for service, driver in named.items():
        try:
            api.load_driver_module(service, driver)
        except BadDriver as error:
            yield Problem(str(error))
        except Exception as error:
            yield Problem(f'[{service}] driver = {driver}: importing it fails: '
                          f'{type(error).__name__}: {error}')


def _database_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    """The tables of the embedded clouds. Where they are not there yet, those clouds are left out
    of what follows."""
    embedded = [name for name in config.SERVICES if conf[name].driver.endswith('.sandbox')]
    if not embedded:
        return
    if not conf.database.connection and not os.path.isdir(conf.state_dir):
        current = False
    else:
        try:
            current = schema.is_current(engine.open_store(conf))
        except sqlalchemy.exc.SQLAlchemyError as error:
            reason = str(getattr(error, 'orig', error)).strip().split('\n')[0]
            yield Problem(f'the database cannot be opened: {reason}; see [database] connection')
            current = False
    if not current:
        yield Problem('the database has not the tables of this release; "jumpgate serve" makes '
                      'them, other WSGI servers need "jumpgate db upgrade"', fatal=False)
        for name in embedded:
            conf.set_override('driver', '', name)


def _assembly_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    """What only shows when everything is put together."""
    if not any(conf[name].driver for name in config.SERVICES):
        return
    try:
        gateway = api.Jumpgate(conf)
    except errors.BadSetup as error:
        yield Problem(str(error))
        return
    except Exception as error:
        yield Problem(f'a driver cannot be set up: {type(error).__name__}: {error}')
        return
    if 'identity' in gateway.services and gateway.token_validator is None:
        yield Problem('the identity driver is made of handlers only, so nothing can validate a '
                      'token: endpoints that need one answer 401 unless a before hook sets the '
                      'context', fatal=False)
    for name in ('image', 'network', 'volume'):
        if (name in gateway.services and gateway.get_driver('compute') is not None
                and gateway.get_driver(name) is None):
            yield Problem(f'[{name}] has no typed driver, so compute acts as if there were no '
                          f'{name} service', fatal=False)


def _paste_problems(conf: cfg.ConfigOpts, given: str | None) -> Iterator[Problem]:
    try:
        path = config.find_paste_config(conf, given)
    except FileNotFoundError as error:
        yield Problem(str(error))
        return
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read(path, encoding='utf-8')
    except (configparser.Error, UnicodeError) as error:
        yield Problem(f'{path} cannot be read: {error}')
        return
    names = {section.partition(':')[2] for section in parser.sections()}
    for section in parser.sections():
        kind, _, name = section.partition(':')
        options = dict(parser.items(section))
        if kind == 'pipeline':
            yield from _pipeline_problems(path, name, options.get('pipeline', ''), names)
        for option, value in options.items():
            if option.startswith('paste.') and ':' in value:
                yield from _factory_problems(path, section, value)


def _pipeline_problems(path: str, name: str, pipeline: str, names: set[str]) -> Iterator[Problem]:
    parts = pipeline.split()
    for part in parts:
        if part not in names and ':' not in part:
            yield Problem(f'{path}: the pipeline {name} names the filter {part}, but there is no '
                          f'section [filter:{part}]; add one or take the name out')
    if name in config.SERVICES and not any('auth' in part for part in parts):
        yield Problem(f'{path}: the pipeline {name} has no auth filter, so it refuses everything '
                      'but public endpoints', fatal=False)


def _factory_problems(path: str, section: str, value: str) -> Iterator[Problem]:
    module, _, attribute = value.partition(':')
    try:
        found = importlib.import_module(module)
        for part in attribute.split('.'):
            found = getattr(found, part)
    except Exception as error:
        yield Problem(f'{path}: [{section}] names {value}, which cannot be loaded: {error}')


def _key_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    """The token keys: there, and for nobody else to read."""
    if not conf.identity.driver or conf.identity.driver == 'jumpgate.identity.drivers.openstack':
        return
    folder = Path(conf.fernet_tokens.key_repository or os.path.join(conf.state_dir, 'fernet-keys'))
    if not folder.is_dir():
        yield Problem(f'there are no token keys in {folder}; "jumpgate serve" makes them, or run '
                      '"jumpgate keys setup"', fatal=False)
        return
    try:
        keys = [entry for entry in folder.iterdir() if entry.name.isdigit()]
    except OSError as error:
        yield Problem(f'the token keys in {folder} cannot be read: {error.strerror}')
        return
    if not keys:
        yield Problem(f'{folder} holds no token keys; run "jumpgate keys setup"')
    for entry in [folder, *keys]:
        if entry.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            wanted = '0700' if entry.is_dir() else '0600'
            yield Problem(f'{entry} can be read by others; run "chmod {wanted} {entry}"')
        elif not os.access(entry, os.R_OK):
            yield Problem(f'{entry} cannot be read by this user; change its owner')


def _upstream_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    named = {f'{service}_endpoint': service for service in config.SERVICES}
    for option, service in {**named, 'auth_url': 'identity'}.items():
        url = conf.openstack[option]
        if url:
            problem = _ask(conf, service, url)
            if problem is not None:
                yield Problem(f'[openstack] {option} = {url}: {problem}', fatal=False)


def _ask(conf: cfg.ConfigOpts, service: str, url: str) -> str | None:
    """Whether an OpenStack service answers at `url`: its version document is JSON."""
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if url.startswith('https'):
        from jumpgate.common import passthrough
        try:
            context = passthrough.tls_context(conf.openstack)
        except BadDriver as error:
            return str(error)
        handlers.append(urllib.request.HTTPSHandler(context=context))
    opener = urllib.request.build_opener(*handlers)
    asked = urllib.request.Request(  # noqa: S310  the option takes http and https only
        url.rstrip('/') + '/', headers={'Accept': 'application/json'})
    try:
        with opener.open(asked, timeout=_UPSTREAM_TIMEOUT) as reply:
            return _not_openstack(reply.headers.get('Content-Type', ''))
    except urllib.error.HTTPError as error:
        with error:
            if error.code in (300, 401):
                return _not_openstack(error.headers.get('Content-Type', ''))
            return (f'it answers {error.code} to a request for its versions; is the path right for '
                    f'the {service} service?')
    except (OSError, ValueError) as error:
        reason = getattr(error, 'reason', error)
        return f'it cannot be reached ({reason}); start it, or correct the URL'


def _not_openstack(content_type: str) -> str | None:
    if 'json' in content_type:
        return None
    return f'it answers {content_type or "nothing"} and not JSON, so it is no OpenStack service'


def _port_problems(conf: cfg.ConfigOpts) -> Iterator[Problem]:
    """Whether everything can be listened on: by doing so."""
    try:
        listeners.close_all(listeners.open_all(conf))
    except listeners.CannotListen as error:
        yield Problem(str(error))
