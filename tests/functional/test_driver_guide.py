"""The driver author's guide does what it says, word by word."""
import fixtures
import testtools

from tests.fixtures.pipeline import Pipeline
from tests.functional import driver_guide


class DriverGuideTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        folder = self.useFixture(fixtures.TempDir()).path
        driver_guide.write(folder)
        self.useFixture(fixtures.PythonPathEntry(folder))
        self.useFixture(fixtures.MonkeyPatch('sys.dont_write_bytecode', True))
        self.addCleanup(_forget, 'my_cloud')
        self.gateway = self.useFixture(Pipeline(driver_guide.files()['jumpgate.conf']))

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


def _forget(package):
    import sys
    for name in [name for name in sys.modules if name.split('.')[0] == package]:
        del sys.modules[name]
