"""openstackclient: acting for others, and what a catalog is made of."""
import json

from tests.clients.test_identity import ClientCase


class ApplicationCredentialTest(ClientCase):

    def setUp(self):
        super().setUp()
        self.demo = self.client('demo')

    def log_in_with(self, made):
        return self.client(
            OS_AUTH_TYPE='v3applicationcredential', OS_USERNAME=None, OS_PASSWORD=None,
            OS_PROJECT_NAME=None, OS_USER_DOMAIN_NAME=None, OS_PROJECT_DOMAIN_NAME=None,
            OS_APPLICATION_CREDENTIAL_ID=made['ID'],
            OS_APPLICATION_CREDENTIAL_SECRET=made['Secret'])

    def test_from_its_making_to_its_end(self):
        made = self.demo.json('application', 'credential', 'create', 'ci', '--role', 'reader',
                              '--description', 'for a robot')
        robot = self.log_in_with(made)
        project = self.demo.json('token', 'issue')['project_id']
        self.assertEqual(project, robot.json('token', 'issue')['project_id'])
        self.assertIn('401', self.log_in_with({**made, 'Secret': 'x'}).fails('token', 'issue'))
        self.assertEqual(['ci'], [one['Name'] for one in self.demo.json(
            'application', 'credential', 'list')])
        # What a robot may not make is another robot.
        self.assertIn('403', robot.fails('application', 'credential', 'create', 'more'))
        self.demo.ok('application', 'credential', 'delete', 'ci')
        self.assertIn('404', robot.fails('token', 'issue'))

    def test_access_rules(self):
        rules = json.dumps([{'service': 'identity', 'method': 'GET', 'path': '/v3/auth/projects'}])
        made = self.demo.json('application', 'credential', 'create', 'narrow',
                              '--access-rules', rules)
        robot = self.log_in_with(made)
        self.assertTrue(robot.json('token', 'issue')['id'])
        self.assertEqual(1, len(self.demo.json('access', 'rule', 'list')))
        self.assertIn('401', robot.fails('application', 'credential', 'list'))
        self.demo.ok('application', 'credential', 'delete', 'narrow')


class TrustTest(ClientCase):

    def test_acting_for_somebody(self):
        admin, demo = self.client(), self.client('demo')
        admin.json('user', 'create', 'deputy', '--password', 'secret')
        ids = {name: admin.json('user', 'show', name)['id'] for name in ('demo', 'deputy')}
        project = admin.json('project', 'show', 'demo')['id']
        member = admin.json('role', 'show', 'member')['id']
        trust = demo.json('trust', 'create', '--project', project, '--role', member,
                          '--impersonate', ids['demo'], ids['deputy'])
        deputy = self.client(OS_USERNAME='deputy', OS_PASSWORD='secret', OS_PROJECT_NAME=None,
                             OS_PROJECT_DOMAIN_NAME=None, OS_TRUST_ID=trust['id'])
        token = deputy.json('token', 'issue')
        self.assertEqual((project, ids['demo']), (token['project_id'], token['user_id']))
        demo.ok('trust', 'delete', trust['id'])
        self.assertRegex(deputy.fails('token', 'issue'), '401|404')


class CatalogTest(ClientCase):

    config = '[identity]\npassword_hash_rounds = 4\ncatalog = stored\n'

    def test_services_regions_and_endpoints(self):
        base = self.gateway.url
        # The catalog is still empty, so the client is told where the identity service is.
        admin = self.client()
        token = admin.json('token', 'issue')['id']
        client = self.client(OS_AUTH_TYPE='admin_token', OS_ENDPOINT=f'{base}/identity/v3',
                             OS_TOKEN=token, OS_USERNAME=None, OS_PASSWORD=None,
                             OS_PROJECT_NAME=None, OS_USER_DOMAIN_NAME=None,
                             OS_PROJECT_DOMAIN_NAME=None, OS_AUTH_URL=None)
        client.json('region', 'create', 'RegionOne')
        client.json('service', 'create', 'identity', '--name', 'keystone')
        for interface in ('public', 'internal'):
            client.json('endpoint', 'create', 'keystone', interface, f'{base}/identity',
                        '--region', 'RegionOne')
        # From here on it stands on its own.
        self.assertIn(f'public: {base}/identity', admin.ok('catalog', 'list'))
        self.assertEqual({'public', 'internal'}, {one['Interface'] for one in admin.json(
            'endpoint', 'list', '--service', 'keystone')})
        admin.json('service', 'create', 'compute', '--name', 'nova')
        admin.ok('service', 'set', 'nova', '--disable')
        self.assertNotIn('nova', admin.ok('catalog', 'list'))
        admin.ok('service', 'delete', 'nova')
