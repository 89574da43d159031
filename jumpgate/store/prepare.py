"""The first start: the state folder, the tables, and what each embedded cloud begins with."""
from __future__ import annotations

import fcntl
import importlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from oslo_config import cfg

from jumpgate.common import errors
from jumpgate.store import schema
from jumpgate.store.engine import Store, open_store

_PASSWORDS = 'passwords.json'
_LOCK_NUMBER = 7_105_832


def prepare(conf: cfg.ConfigOpts) -> None:
    """Make everything that serving needs: safe to call at every start, also twice at once.

    A driver module that has a function `prepare(conf)` is called after the tables are there.
    """
    make_state_dir(conf)
    store = open_store(conf)
    with lock(conf, store):
        schema.upgrade(store)
        for name in services_of(conf):
            driver = getattr(conf, name).driver
            start = getattr(importlib.import_module(driver), 'prepare', None) if driver else None
            if start is not None:
                start(conf)


def services_of(conf: cfg.ConfigOpts) -> list[str]:
    """The names of the option groups that choose a driver, identity first."""
    names = [name for name in conf if hasattr(conf[name], 'driver')]
    return sorted(names, key=lambda name: (name != 'identity', name))


def upgrade(conf: cfg.ConfigOpts) -> None:
    """Bring only the tables up to this release."""
    make_state_dir(conf)
    store = open_store(conf)
    with lock(conf, store):
        schema.upgrade(store)


def make_state_dir(conf: cfg.ConfigOpts) -> Path:
    """The state folder, made for its owner only where it is not there.

    :raises OSError: if it cannot be made
    """
    folder = Path(conf.state_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def lock(conf: cfg.ConfigOpts, store: Store) -> Iterator[None]:
    """Keep out everybody else who prepares this state folder or this database."""
    with open(Path(conf.state_dir) / 'lock', 'a') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with _database_lock(store):
            yield


@contextmanager
def _database_lock(store: Store) -> Iterator[None]:
    """Hosts that share a database may not share a folder. SQLite is never shared by hosts."""
    if store.is_sqlite:
        yield
        return
    with store.engine.connect() as connection:
        connection = connection.execution_options(isolation_level='AUTOCOMMIT')
        name: object = _LOCK_NUMBER
        if connection.dialect.name == 'postgresql':
            take, give = 'SELECT pg_advisory_lock(:n)', 'SELECT pg_advisory_unlock(:n)'
        else:
            # MySQL takes a number for a name, MariaDB does not
            name = f'jumpgate-{_LOCK_NUMBER}'
            take, give = 'SELECT GET_LOCK(:n, 60)', 'SELECT RELEASE_LOCK(:n)'
        if connection.execute(sa.text(take), {'n': name}).scalar() == 0:
            raise errors.CloudUnavailable(
                'somebody else has been preparing the database for a minute')
        try:
            yield
        finally:
            connection.execute(sa.text(give), {'n': name})


def read_passwords(conf: cfg.ConfigOpts) -> dict[str, str]:
    """User name → password, of the users that the first start made here."""
    path = Path(conf.state_dir) / _PASSWORDS
    if not path.exists():
        return {}
    found: dict[str, str] = json.loads(path.read_text())
    return found


def write_passwords(conf: cfg.ConfigOpts, passwords: dict[str, str]) -> None:
    """Keep passwords where only the owner of the state folder can read them."""
    write_private(Path(conf.state_dir) / _PASSWORDS, json.dumps(passwords, indent=1) + '\n')


def write_private(path: Path, text: str) -> None:
    """Write a file in one step, with access for its owner only."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, 'w') as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
