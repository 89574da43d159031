"""openstackclient against a gateway on its first start: what an administrator does in a day."""
import os
import subprocess
import sys

import testtools

from tests.fixtures.gateway import Gateway
from tests.fixtures.openstackclient import OpenStackClient, openrc

_CHEAP = '[identity]\npassword_hash_rounds = 4\n'


class ClientCase(testtools.TestCase):
    """All tests of a class share a gateway."""

    config = _CHEAP

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = Gateway(cls.config)
        cls.gateway.setUp()
        cls.addClassCleanup(cls.gateway.cleanUp)

    def client(self, user='admin', **settings):
        return self.useFixture(OpenStackClient(self.gateway, user, **settings))


class FirstCommandsTest(ClientCase):
    """The two commands that a newcomer types, in a process of their own."""

    def run_openstack(self, *words):
        program = os.path.join(os.path.dirname(sys.executable), 'openstack')
        return subprocess.run(
            [program, *words], capture_output=True, text=True, check=True, timeout=120,
            env={'PATH': os.environ['PATH'], **openrc(self.gateway)}).stdout

    def test_token_issue(self):
        token = self.run_openstack('token', 'issue', '-f', 'value', '-c', 'id').strip()
        self.assertTrue(token.startswith('gAAAA'), token)

    def test_catalog_list(self):
        catalog = self.run_openstack('catalog', 'list')
        self.assertIn(f'public: {self.gateway.url}/identity', catalog)


class AuthUrlTest(ClientCase):

    def test_any_spelling_of_the_url(self):
        for path in ('/v3', '/v3/', '/identity', '/identity/', '/identity/v3', '/identity/v3/',
                     '', '/'):
            client = self.client(OS_AUTH_URL=self.gateway.url + path)
            self.assertTrue(client.json('token', 'issue')['project_id'], path)

    def test_scopes(self):
        project = self.client().json('token', 'issue')['project_id']
        self.assertEqual(project, self.client(
            OS_PROJECT_NAME=None, OS_PROJECT_ID=project).json('token', 'issue')['project_id'])
        self.assertNotIn('project_id', self.client(
            OS_PROJECT_NAME=None, OS_PROJECT_DOMAIN_NAME=None).json('token', 'issue'))
        self.assertEqual('all', self.client(
            OS_PROJECT_NAME=None, OS_PROJECT_DOMAIN_NAME=None,
            OS_SYSTEM_SCOPE='all').json('token', 'issue')['system'])

    def test_a_token_instead_of_a_password(self):
        token = self.client().json('token', 'issue')['id']
        client = self.client(OS_AUTH_TYPE='v3token', OS_TOKEN=token, OS_USERNAME=None,
                             OS_PASSWORD=None, OS_USER_DOMAIN_NAME=None)
        self.assertEqual(['admin', 'demo'],
                         sorted(one['Name'] for one in client.json('project', 'list')))


class WrongTest(ClientCase):
    """What goes wrong is told in words."""

    def test_password(self):
        message = self.client(OS_PASSWORD='wrong').fails('token', 'issue')
        self.assertIn('The request you have made requires authentication. (HTTP 401)', message)

    def test_role(self):
        message = self.client('demo').fails('role', 'create', 'king')
        self.assertIn('You are not authorized to perform the requested action: '
                      'identity:create_role', message)
        self.assertIn('403', message)

    def test_name_that_is_taken(self):
        message = self.client().fails('project', 'create', 'demo')
        self.assertIn('Duplicate entry found with name demo', message)
        self.assertIn('409', message)

    def test_nobody_of_that_name(self):
        for noun in ('user', 'project', 'domain', 'group', 'role'):
            message = self.client().fails(noun, 'show', 'nobody')
            self.assertIn('nobody', message)
            self.assertNotIn('Traceback', message)

    def test_a_bad_value(self):
        message = self.client().fails('project', 'create', 'x' * 65)
        self.assertIn('400', message)


class DayTest(ClientCase):
    """Everything an administrator does for a new customer, and its undoing."""

    def setUp(self):
        super().setUp()
        self.admin = self.client()

    def test_a_customer(self):
        ok, show = self.admin.ok, self.admin.json
        domain = show('domain', 'create', 'acme', '--description', 'A customer')
        self.assertTrue(domain['enabled'])
        for name in ('shop', 'lab'):
            show('project', 'create', name, '--domain', 'acme', '--tag', name)
        show('project', 'create', 'till', '--domain', 'acme', '--parent', 'shop')
        show('user', 'create', 'wile', '--domain', 'acme', '--password', 'beep beep',
             '--email', 'wile@acme.example')
        show('group', 'create', 'crew', '--domain', 'acme')
        ok('group', 'add', 'user', 'crew', 'wile', '--group-domain', 'acme',
           '--user-domain', 'acme')
        self.assertEqual('', self.admin.run(
            'group', 'contains', 'user', 'crew', 'wile', '--group-domain', 'acme',
            '--user-domain', 'acme')[2])
        ok('role', 'add', 'member', '--group', 'crew', '--group-domain', 'acme',
           '--project', 'shop', '--project-domain', 'acme')
        ok('role', 'add', 'manager', '--user', 'wile', '--user-domain', 'acme',
           '--domain', 'acme')
        self._log_in_as_the_customer()
        found = show('role', 'assignment', 'list', '--names', '--effective', '--user', 'wile',
                     '--user-domain', 'acme')
        self.assertEqual({'manager', 'member', 'reader'}, {one['Role'] for one in found})
        self._clean_up()

    def _log_in_as_the_customer(self):
        customer = {'OS_USERNAME': 'wile', 'OS_PASSWORD': 'beep beep',
                    'OS_USER_DOMAIN_NAME': 'acme', 'OS_PROJECT_DOMAIN_NAME': 'acme'}
        member = self.client(**customer, OS_PROJECT_NAME='shop')
        self.assertEqual(['shop'], [one['Name'] for one in member.json('project', 'list',
                                                                       '--my-projects')])
        self.assertIn('403', member.fails('user', 'create', 'x'))
        manager = self.client(**{**customer, 'OS_PROJECT_DOMAIN_NAME': None},
                              OS_PROJECT_NAME=None, OS_DOMAIN_NAME='acme')
        manager.json('user', 'create', 'runner', '--domain', 'acme', '--password', 'x')
        self.assertEqual({'wile', 'runner'},
                         {one['Name'] for one in manager.json('user', 'list')})
        member.ok('user', 'password', 'set', '--original-password', 'beep beep',
                  '--password', 'meep meep')
        self.assertIn('401', member.fails('token', 'issue'))

    def _clean_up(self):
        ok = self.admin.ok
        self.assertEqual(['lab'], [one['Name'] for one in self.admin.json(
            'project', 'list', '--domain', 'acme', '--tags', 'lab')])
        ok('project', 'set', 'lab', '--domain', 'acme', '--disable', '--name', 'attic')
        self.assertFalse(self.admin.json('project', 'show', 'attic', '--domain', 'acme')['enabled'])
        ok('role', 'remove', 'manager', '--user', 'wile', '--user-domain', 'acme',
           '--domain', 'acme')
        ok('group', 'remove', 'user', 'crew', 'wile', '--group-domain', 'acme',
           '--user-domain', 'acme')
        self.assertIn('403', self.admin.fails('domain', 'delete', 'acme'))
        ok('domain', 'set', 'acme', '--disable')
        ok('domain', 'delete', 'acme')
        self.assertIn('acme', self.admin.fails('domain', 'show', 'acme'))

    def test_roles(self):
        ok, show = self.admin.ok, self.admin.json
        show('role', 'create', 'painter')
        show('role', 'create', 'artist')
        ok('implied', 'role', 'create', 'artist', '--implied-role', 'painter')
        found = show('implied', 'role', 'list')
        self.assertIn(('artist', 'painter'),
                      {(one['Prior Role Name'], one['Implied Role Name']) for one in found})
        ok('role', 'add', 'artist', '--user', 'demo', '--system', 'all')
        found = show('role', 'assignment', 'list', '--names', '--system', 'all', '--user', 'demo')
        self.assertEqual(['artist'], [one['Role'] for one in found])
        ok('implied', 'role', 'delete', 'artist', '--implied-role', 'painter')
        ok('role', 'delete', 'artist', 'painter')
        self.assertEqual([], show('role', 'assignment', 'list', '--names', '--system', 'all',
                                  '--user', 'demo'))

    def test_a_token_revoked(self):
        token = self.client('demo').json('token', 'issue')['id']
        self.admin.ok('token', 'revoke', token)
        client = self.client(OS_AUTH_TYPE='v3token', OS_TOKEN=token, OS_USERNAME=None,
                             OS_PASSWORD=None, OS_USER_DOMAIN_NAME=None)
        self.assertIn('404', client.fails('project', 'list'))
