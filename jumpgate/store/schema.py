"""Which tables the database has, and how it gets those of this release."""
from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from jumpgate.common import errors
from jumpgate.store.engine import Store
from jumpgate.store.patience import patiently

_VERSIONS = Path(__file__).parent / 'migrations' / 'versions'
_FILE = re.compile(r'^(([a-z]+)_(\d{3}))_\w+\.py$')


class OutdatedSchema(errors.BadSetup):
    """The database has not the tables that this release needs."""


def expected() -> frozenset[str]:
    """The last revision of every branch (one a service), read from the names of the files."""
    heads: dict[str, str] = {}
    for path in sorted(_VERSIONS.iterdir()):
        found = _FILE.match(path.name)
        if found:
            heads[found[2]] = found[1]
    return frozenset(heads.values())


def present(store: Store) -> frozenset[str]:
    """The revisions that the database says it has."""
    with store.engine.connect() as connection:
        if not sa.inspect(connection).has_table('alembic_version'):
            return frozenset()
        rows = connection.execute(sa.text('SELECT version_num FROM alembic_version'))
        return frozenset(row[0] for row in rows)


def is_current(store: Store) -> bool:
    return present(store) == expected()


def require_current(store: Store) -> None:
    """:raises OutdatedSchema: with words that say what to do"""
    if not is_current(store):
        raise OutdatedSchema(
            'the database has not the tables of this release; run `jumpgate db upgrade` with the '
            'same configuration')


def upgrade(store: Store) -> None:
    """Bring the tables up to this release. Call it under `prepare.lock`."""
    if is_current(store):
        return
    # Imported only here: alembic costs memory that no worker should pay.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option('script_location', str(_VERSIONS.parent))
    config.set_main_option('path_separator', 'os')
    with store.engine.connect() as connection:
        config.attributes['connection'] = connection
        if store.is_sqlite:
            # Somebody with another state folder may be at it in this moment.
            patiently(lambda: connection.exec_driver_sql('BEGIN IMMEDIATE'))
        try:
            command.upgrade(config, 'heads')
        except BaseException:
            connection.exec_driver_sql('ROLLBACK')
            raise
        if store.is_sqlite:
            connection.exec_driver_sql('COMMIT')
        else:
            connection.commit()
