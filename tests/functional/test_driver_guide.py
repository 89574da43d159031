"""The driver author's guide does what it says, word by word."""
import fixtures
import testtools

from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import open_store
from tests.fixtures.pipeline import Pipeline
from tests.fixtures.sandbox import Sandbox
from tests.functional import driver_guide


class GuideTest(testtools.TestCase):
    """A reader who wrote down every file of the guide."""

    def setUp(self):
        super().setUp()
        folder = self.useFixture(fixtures.TempDir()).path
        driver_guide.write(folder)
        self.useFixture(fixtures.PythonPathEntry(folder))
        self.useFixture(fixtures.MonkeyPatch('sys.dont_write_bytecode', True))
        self.addCleanup(_forget, 'my_cloud')
        self.gateway = self.useFixture(self.make_gateway(driver_guide.files()))


class HandlersTest(GuideTest):

    def make_gateway(self, files):
        return Pipeline(files['jumpgate.conf'])

    def log_in(self, password='wonderland'):
        return self.gateway.request('POST', '/v2.0/tokens', {'auth': {'passwordCredentials': {
            'username': 'alice', 'password': password}}})

    def test_the_index_answers_with_urls_of_the_request(self):
        reply = self.gateway.request('GET', '/compute/v2', host='cloud.example.com')
        self.assertEqual(200, reply.status_int)
        v2, v1 = reply.json['versions']
        self.assertEqual('http://cloud.example.com/compute/v2', v2['links'][0]['href'])
        self.assertEqual('http://cloud.example.com/compute/v1', v1['links'][0]['href'])
        self.assertEqual('application/json', reply.content_type)

    def test_a_login_gets_a_token_and_a_catalog(self):
        reply = self.log_in()
        self.assertEqual(200, reply.status_int)
        access = reply.json['access']
        self.assertEqual('2f7a', access['token']['tenant']['id'])
        urls = {entry['type']: entry['endpoints'][0]['publicURL']
                for entry in access['serviceCatalog']}
        self.assertEqual({'compute': 'http://h:5000/compute/v2/2f7a',
                          'identity': 'http://h:5000/v2.0'}, urls)

    def test_a_wrong_password_is_refused_in_keystones_words(self):
        reply = self.log_in('looking-glass')
        self.assertEqual(401, reply.status_int)
        self.assertEqual({'error': {'code': 401, 'title': 'Unauthorized',
                                    'message': 'Invalid user name or password.'}}, reply.json)

    def test_a_bug_in_a_handler_tells_the_client_nothing(self):
        reply = self.gateway.request('POST', '/v2.0/tokens', {'auth': {}})
        self.assertEqual(500, reply.status_int)
        self.assertIn(reply.headers['x-openstack-request-id'], reply.json['error']['message'])
        self.assertNotIn('passwordCredentials', reply.text)

    def test_the_rest_is_refused_without_a_token(self):
        for path in ('/compute/v2/2f7a/servers', '/v3/users', '/compute/v2.1/nothing'):
            self.assertEqual(401, self.gateway.request('GET', path).status_int)

    def test_other_verbs_of_the_endpoint_are_not_found_or_refused(self):
        reply = self.gateway.request('DELETE', '/compute/v2')
        self.assertEqual(405, reply.status_int)
        self.assertEqual('GET, HEAD, OPTIONS', reply.headers['Allow'])

    def test_options_and_head_come_with_the_endpoint(self):
        reply = self.gateway.request('OPTIONS', '/compute/v2')
        self.assertEqual((200, 'GET, HEAD, OPTIONS'), (reply.status_int, reply.headers['Allow']))
        reply = self.gateway.request('HEAD', '/compute/v2')
        self.assertEqual((200, b''), (reply.status_int, reply.body))

    def test_what_is_left_to_do_can_be_listed(self):
        unused = self.gateway.gateway.get_dispatcher('compute').get_unused_endpoints()
        self.assertNotIn('v2_index', unused)
        self.assertIn('v2_servers', unused)
        self.assertNotIn('v2_tokens',
                         self.gateway.gateway.get_dispatcher('identity').get_unused_endpoints())


class TypedTest(GuideTest):

    def make_gateway(self, files):
        return Sandbox(files['typed.conf'])

    def log_in(self, password='wonderland', **auth):
        return self.gateway.request('POST', '/v3/auth/tokens', {'auth': {
            'identity': {'methods': ['password'], 'password': {'user': {
                'name': 'alice', 'domain': {'name': 'Default'}, 'password': password}}}, **auth}})

    def token(self):
        return self.log_in(scope={'project': {'id': '2f7a'}}).headers['X-Subject-Token']

    def test_a_login_gets_a_token_with_project_roles_and_catalog(self):
        reply = self.log_in(scope={'project': {'id': '2f7a'}})
        self.assertEqual(201, reply.status_int)
        token = reply.json['token']
        self.assertEqual(('2f7a', ['member', 'reader']), (
            token['project']['id'], [role['name'] for role in token['roles']]))
        self.assertEqual({'compute', 'identity', 'image'},
                         {entry['type'] for entry in token['catalog']})
        self.assertNotIn('wonderland', reply.text)

    def test_a_wrong_password_is_refused(self):
        self.assertEqual(401, self.log_in('looking-glass').status_int)

    def test_an_account_that_is_gone_loses_its_tokens(self):
        token = self.token()
        import my_cloud.accounts
        account = my_cloud.accounts.ACCOUNTS.pop('alice')
        self.addCleanup(my_cloud.accounts.ACCOUNTS.update, alice=account)
        reply = self.gateway.request('GET', '/compute/v2.1/servers', token=token)
        self.assertEqual(401, reply.status_int)

    def test_it_loses_those_that_were_found_good_a_while_ago_too(self):
        token = self.token()
        self.assertEqual(200, self.gateway.request(
            'GET', '/compute/v2.1/servers', token=token).status_int)
        import my_cloud.accounts
        account = my_cloud.accounts.ACCOUNTS.pop('alice')
        self.addCleanup(my_cloud.accounts.ACCOUNTS.update, alice=account)
        clock = StoredClock(open_store(self.gateway.conf))
        clock.advance(self.gateway.conf.token.cache_time + 1)
        self.assertEqual(401, self.gateway.request(
            'GET', '/compute/v2.1/servers', token=token).status_int)

    def test_the_credential_reaches_a_handler(self):
        reply = self.gateway.request('GET', '/compute/v2.1/servers', token=self.token())
        self.assertEqual('2f7a with a key of 10 letters', reply.json['asked_as'])

    def test_projects_can_be_listed_and_tokens_revoked(self):
        token = self.token()
        reply = self.gateway.request('GET', '/v3/auth/projects', token=token)
        self.assertEqual(['2f7a'], [project['id'] for project in reply.json['projects']])
        reply = self.gateway.request('DELETE', '/v3/auth/tokens', token=token,
                                     headers={'X-Subject-Token': token})
        self.assertEqual(204, reply.status_int)
        reply = self.gateway.request('GET', '/v3/auth/projects', token=token)
        self.assertEqual(401, reply.status_int)


def _forget(package):
    import sys
    for name in [name for name in sys.modules if name.split('.')[0] == package]:
        del sys.modules[name]
