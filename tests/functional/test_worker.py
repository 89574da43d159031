"""What is inside of a worker process, looked at from the inside."""
import json
import os
import subprocess
import sys

import fixtures
import testtools

from tests.fixtures import gateway

#: Heavy, and needed by nobody in a gateway that serves the embedded clouds from SQLite.
ABSENT = {'alembic', 'psycopg2', 'pymysql', 'keystoneauth1', 'keystonemiddleware', 'SoftLayer',
          'requests', 'urllib3', 'jsonschema', 'dns', 'prometheus_client', 'dogpile'}

LOADED = """
import json, sys
from jumpgate.cmd import worker
worker._load(worker.Task('', None, [(0, 'main')], 1))
print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))
"""

GREEN = """
from jumpgate import config
from jumpgate.cmd import worker
worker._green_database(config.load(''))
from psycopg2 import extensions
print(extensions.get_wait_callback().__module__)
"""


class WorkerTest(testtools.TestCase):

    def run_inside(self, code, **env):
        """What `code` prints in a process like a worker's."""
        state = self.useFixture(fixtures.TempDir()).join('state')
        env = {**os.environ, 'PYTHONPATH': gateway.ROOT, 'OS_DEFAULT__STATE_DIR': state, **env}
        if 'OS_DATABASE__CONNECTION' not in env:
            subprocess.run([sys.executable, '-m', 'jumpgate.cmd.main', 'db', 'upgrade',
                            '--config-file='], env=env, check=True, capture_output=True)
        done = subprocess.run([sys.executable, '-c', code], env=env, capture_output=True, text=True)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_it_loads_no_more_than_it_needs(self):
        loaded = set(json.loads(self.run_inside(LOADED)))
        self.assertIn('sqlalchemy', loaded)
        self.assertEqual(set(), loaded & ABSENT)

    def test_postgresql_lets_other_requests_run_while_it_waits(self):
        self.assertEqual('eventlet.support.psycopg2_patcher\n', self.run_inside(
            GREEN, OS_DATABASE__CONNECTION='postgresql+psycopg2://nobody@127.0.0.1/nothing'))
