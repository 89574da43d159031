"""openrc, keys and db: the commands that work on the state folder."""
import argparse
import contextlib
import io
import json
import os
import pathlib
import shlex
import subprocess

import fixtures
import testtools
import yaml

from jumpgate.cmd import clock, db, keys, openrc
from jumpgate.identity.keys import KeyRepository


class StateCase(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path) / 'state'
        for name, value in (('OS_IDENTITY__PASSWORD_HASH_ROUNDS', '4'),
                            ('OS_DEFAULT__STATE_DIR', str(self.folder)),
                            ('OS_DEFAULT__REGION', 'it is `x`'), ('JUMPGATE_CONFIG', None)):
            self.useFixture(fixtures.EnvironmentVariable(name, value))

    def run_command(self, module, *arguments):
        parser = argparse.ArgumentParser()
        module.add_parser(parser.add_subparsers(dest='command'))
        args = parser.parse_args([module.__name__.rpartition('.')[2], *arguments])
        with contextlib.redirect_stdout(io.StringIO()) as out:
            with contextlib.redirect_stderr(io.StringIO()) as err:
                code = module.run(args)
        return code, out.getvalue(), err.getvalue()


class OpenrcTest(StateCase):

    def setUp(self):
        super().setUp()
        self.run_command(db, 'upgrade')

    def exports(self, *arguments):
        code, out, err = self.run_command(openrc, *arguments)
        self.assertEqual((0, ''), (code, err))
        script = out + '\nenv -0'
        found = subprocess.run(['/bin/sh', '-c', script], capture_output=True, text=True,
                               env={}, check=True).stdout
        return dict(line.split('=', 1) for line in found.split('\0') if line.startswith('OS_'))

    def test_lines_for_a_shell(self):
        values = self.exports()
        self.assertEqual('http://127.0.0.1:5000/identity/v3', values['OS_AUTH_URL'])
        self.assertEqual(('admin', 'admin', 'Default', 'Default'), (
            values['OS_USERNAME'], values['OS_PROJECT_NAME'], values['OS_USER_DOMAIN_NAME'],
            values['OS_PROJECT_DOMAIN_NAME']))
        self.assertEqual('it is `x`', values['OS_REGION_NAME'])
        self.assertTrue(values['OS_PASSWORD'])

    def test_another_user(self):
        values = self.exports('--user', 'demo')
        self.assertEqual(('demo', 'demo'), (values['OS_USERNAME'], values['OS_PROJECT_NAME']))

    def test_where_it_listens(self):
        (self.folder / 'server.json').write_text(json.dumps({
            'url': 'http://10.0.0.1:8080',
            'listeners': [{'app': 'main', 'url': 'http://10.0.0.1:8080'}]}))
        self.assertEqual('http://10.0.0.1:8080/identity/v3', self.exports()['OS_AUTH_URL'])

    def test_an_entry_of_clouds_yaml(self):
        _, out, _ = self.run_command(openrc, '--cloud')
        cloud = yaml.safe_load(out)['clouds']['jumpgate-admin']
        self.assertEqual('it is `x`', cloud['region_name'])
        self.assertEqual('admin', cloud['auth']['username'])

    def test_another_folder(self):
        other = self.folder.parent / 'other'
        code, _, err = self.run_command(openrc, '--state-dir', str(other))
        self.assertEqual(1, code)
        self.assertIn(str(other), err)
        self.assertIn('jumpgate serve', err)

    def test_quoting_is_a_matter_of_the_shell(self):
        self.assertIn(shlex.quote('it is `x`'), self.run_command(openrc)[1])


class KeysTest(StateCase):

    def test_setup_and_rotate(self):
        self.assertEqual(0, self.run_command(keys, 'setup')[0])
        self.assertIn('already', self.run_command(keys, 'setup')[1])
        self.assertIn('key 2', self.run_command(keys, 'rotate')[1])
        self.assertEqual(3, len(KeyRepository(self.folder / 'fernet-keys').load()))

    def test_nothing_to_rotate(self):
        code, _, err = self.run_command(keys, 'rotate')
        self.assertEqual(1, code)
        self.assertIn('jumpgate keys setup', err)


class DbTest(StateCase):

    def test_makes_everything_that_is_missing(self):
        self.assertEqual(0, self.run_command(db, 'upgrade')[0])
        self.assertTrue((self.folder / 'jumpgate.sqlite').exists())
        self.assertIn('up to date', self.run_command(db, 'upgrade')[1])

    def test_a_database_that_is_not_there(self):
        self.useFixture(fixtures.EnvironmentVariable(
            'OS_DATABASE__CONNECTION', 'postgresql+psycopg2://nobody@127.0.0.1:1/none'))
        code, _, err = self.run_command(db, 'upgrade')
        self.assertEqual(1, code)
        self.assertNotIn('Traceback', err)
        self.assertFalse(os.path.exists(self.folder / 'jumpgate.sqlite'))


class ClockTest(StateCase):

    def test_put_forward_for_everybody(self):
        self.run_command(db, 'upgrade')
        self.assertIn('(+0 s)', self.run_command(clock, 'show')[1])
        self.assertIn('(+90 s)', self.run_command(clock, 'advance', '90')[1])
        self.assertIn('(+100 s)', self.run_command(clock, 'advance', '10')[1])
        self.assertIn('(+100 s)', self.run_command(clock, 'show')[1])

    def test_never_back(self):
        for text in ('-1', 'x', 'inf', 'nan'):
            self.assertRaises(SystemExit, self.run_command, clock, 'advance', text)

    def test_before_the_first_start(self):
        self.folder.mkdir()
        code, _, err = self.run_command(clock, 'show')
        self.assertEqual(1, code)
        self.assertIn('jumpgate db upgrade', err)
