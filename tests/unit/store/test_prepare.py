"""The first start."""
import json
import os
import subprocess
import sys

import fixtures
import sqlalchemy as sa
import testtools
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import jumpgate.identity.drivers.sandbox  # noqa: F401 (its tables)
from jumpgate import config
from jumpgate.store import prepare, schema, tables
from jumpgate.store.engine import open_store


class PrepareCase(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.folder = self.useFixture(fixtures.TempDir()).path + '/state'
        self.useFixture(fixtures.EnvironmentVariable('OS_DEFAULT__STATE_DIR', self.folder))
        self.useFixture(fixtures.EnvironmentVariable('OS_IDENTITY__PASSWORD_HASH_ROUNDS', '4'))
        self.conf = config.load('')


class FirstStartTest(PrepareCase):

    def test_only_the_owner_can_look(self):
        prepare.prepare(self.conf)
        self.assertEqual(0o700, os.stat(self.folder).st_mode & 0o777)
        self.assertEqual(
            0o600, os.stat(os.path.join(self.folder, 'passwords.json')).st_mode & 0o777)

    def test_a_second_start_keeps_the_passwords(self):
        prepare.prepare(self.conf)
        first = prepare.read_passwords(self.conf)
        prepare.prepare(self.conf)
        self.assertEqual(first, prepare.read_passwords(self.conf))
        self.assertEqual({'admin', 'demo'}, set(first))

    def test_an_old_schema_is_refused_with_words(self):
        prepare.make_state_dir(self.conf)
        error = self.assertRaises(schema.OutdatedSchema, schema.require_current,
                                  open_store(self.conf))
        self.assertIn('jumpgate db upgrade', str(error))

    def test_twice_at_once(self):
        script = ('from jumpgate import config; from jumpgate.store import prepare; '
                  "prepare.prepare(config.load(''))")
        both = [subprocess.Popen([sys.executable, '-c', script], stderr=subprocess.PIPE)
                for _ in range(2)]
        for process in both:
            _, problems = process.communicate(timeout=60)
            self.assertEqual((0, b''), (process.returncode, problems))
        rows = open_store(self.conf).quick_rows('SELECT name FROM identity_users ORDER BY name',
                                                ())
        self.assertEqual([('admin',), ('demo',)], rows)


class AdminPasswordTest(PrepareCase):

    def test_the_option_wins_at_any_start(self):
        prepare.prepare(self.conf)
        store = open_store(self.conf)
        before = store.quick_rows('SELECT document FROM identity_secrets ORDER BY id', ())
        self.useFixture(fixtures.EnvironmentVariable('OS_IDENTITY__ADMIN_PASSWORD', 'chosen'))
        conf = config.load('')
        prepare.prepare(conf)
        self.assertEqual('chosen', prepare.read_passwords(conf)['admin'])
        after = store.quick_rows('SELECT document FROM identity_secrets ORDER BY id', ())
        self.assertEqual(1, sum(one != other for one, other in zip(before, after, strict=True)))

    def test_the_same_again_writes_nothing(self):
        self.useFixture(fixtures.EnvironmentVariable('OS_IDENTITY__ADMIN_PASSWORD', 'chosen'))
        conf = config.load('')
        prepare.prepare(conf)
        store = open_store(conf)
        before = store.quick_rows('SELECT document FROM identity_secrets ORDER BY id', ())
        prepare.prepare(conf)
        self.assertEqual(
            before, store.quick_rows('SELECT document FROM identity_secrets ORDER BY id', ()))


class SchemaTest(PrepareCase):

    def test_the_migrations_make_the_tables_that_the_code_has(self):
        prepare.upgrade(self.conf)
        with open_store(self.conf).engine.connect() as connection:
            context = MigrationContext.configure(connection)
            self.assertEqual([], compare_metadata(context, tables.METADATA))

    def test_file_names_tell_the_heads(self):
        folder = os.path.dirname(schema.__file__) + '/migrations'
        self.assertEqual(set(ScriptDirectory(folder).get_heads()), set(schema.expected()))

    def test_nothing_is_imported_for_it_when_it_is_current(self):
        prepare.upgrade(self.conf)
        script = ('import sys; from jumpgate import config; from jumpgate.store import prepare; '
                  "prepare.upgrade(config.load('')); print('alembic' in sys.modules)")
        self.assertEqual('False', subprocess.check_output(
            [sys.executable, '-c', script], text=True).strip())

    def test_one_row_for_every_request(self):
        prepare.upgrade(self.conf)
        rows = open_store(self.conf).rows(sa.select(tables.GATEWAY))
        self.assertEqual([(1, 1, 0.0)], [tuple(row) for row in rows])


class PasswordFileTest(PrepareCase):

    def test_a_half_written_file_is_never_seen(self):
        prepare.make_state_dir(self.conf)
        prepare.write_passwords(self.conf, {'admin': 'a'})
        path = os.path.join(self.folder, 'passwords.json')
        with open(path) as old:
            prepare.write_passwords(self.conf, {'admin': 'b'})
            self.assertEqual({'admin': 'a'}, json.load(old))
        self.assertEqual({'admin': 'b'}, prepare.read_passwords(self.conf))
        self.assertEqual(['passwords.json'], os.listdir(self.folder))
