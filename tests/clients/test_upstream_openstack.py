"""python-openstackclient through the gateway to a real Keystone and Glance."""
import atexit
import functools
import hashlib
import http.client
import json
import os
import pathlib
import uuid

import fixtures

from tests.fixtures.gateway import Gateway
from tests.fixtures.openstackclient import OpenStackClient
from tests.fixtures.upstream_openstack import PASSWORD, UpstreamTest

SIZE = 64 * 1024 * 1024


class Client(OpenStackClient):
    """A user of the real Keystone, who knows the gateway only."""

    def _setUp(self):
        self.environment = {
            'OS_AUTH_URL': self._gateway.url + '/identity/v3', 'OS_USERNAME': self._user,
            'OS_PASSWORD': PASSWORD, 'OS_PROJECT_NAME': self._user,
            'OS_USER_DOMAIN_NAME': 'Default', 'OS_PROJECT_DOMAIN_NAME': 'Default',
            'OS_REGION_NAME': 'RegionOne', **self._settings}


@functools.cache
def _gateway(stack):
    """One gateway in front of the stack for all that is here, as there is one stack."""
    gateway = Gateway({
        **{name: {'driver': ''} for name in ('compute', 'volume', 'network', 'baremetal')},
        'identity': {'driver': 'jumpgate.identity.drivers.openstack'},
        'image': {'driver': 'jumpgate.image.drivers.openstack'},
        'openstack': {'tokens': 'forward', 'identity_endpoint': stack.keystone,
                      'image_endpoint': stack.glance}})
    gateway.setUp()
    atexit.register(gateway.cleanUp)
    return gateway


class PassedThroughTest(UpstreamTest):
    """Identity and image are passed through."""

    def setUp(self):
        super().setUp()
        self.gateway = _gateway(self.stack)
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)

    def client(self, user='demo', **settings):
        return self.useFixture(Client(self.gateway, user, **settings))

    def request(self, verb, path, body=None, token=None, **headers):
        """One request without any client: the response, unread, and its connection."""
        host, _, port = self.gateway.url.partition('//')[2].rpartition(':')
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        self.addCleanup(connection.close)
        if isinstance(body, dict):
            body, headers['Content-Type'] = json.dumps(body), 'application/json'
        connection.request(verb, path, body,
                           {'X-Auth-Token': token or self.stack.token(), **headers})
        return connection.getresponse()

    def make_images(self, count, prefix):
        token = self.stack.token()
        for number in range(count):
            reply = self.request('POST', '/image/v2/images', {
                'name': f'{prefix}-{number:02}', 'disk_format': 'raw',
                'container_format': 'bare'}, token)
            self.assertEqual(201, reply.status)


class IdentityTest(PassedThroughTest):

    def test_token_issue(self):
        issued = self.client().json('token', 'issue')
        self.assertEqual({'expires', 'id', 'project_id', 'user_id'}, set(issued))

    def test_catalog_list(self):
        catalog = {entry['Type']: {endpoint['url'] for endpoint in entry['Endpoints']}
                   for entry in self.client().json('catalog', 'list')}
        self.assertEqual({'identity': {self.gateway.url + '/identity/v3'},
                          'image': {self.gateway.url + '/image'}}, catalog)

    def test_auth_url_of_the_root(self):
        client = self.client(OS_AUTH_URL=self.gateway.url + '/v3')
        self.assertEqual({'identity', 'image'},
                         {entry['Type'] for entry in client.json('catalog', 'list')})

    def test_user_list(self):
        users = {user['Name'] for user in self.client('admin').json('user', 'list')}
        self.assertEqual({'admin', 'demo', 'glance'}, users)

    def test_a_member_may_not_list_users(self):
        self.assertIn('403', self.client().fails('user', 'list'))

    def test_wrong_password(self):
        self.assertIn('HTTP 401', self.client(OS_PASSWORD='wrong').fails('token', 'issue'))

    def test_expired_token(self):
        expired = self.stack.expired_token()
        reply = self.request('GET', '/image/v2/images', token=expired)
        self.assertEqual(401, reply.status)
        self.assertEqual(f'Keystone uri="{self.gateway.url}/identity"',
                         reply.headers['WWW-Authenticate'])
        client = self.client(OS_AUTH_TYPE='v3token', OS_TOKEN=expired, OS_USERNAME=None,
                             OS_PASSWORD=None, OS_USER_DOMAIN_NAME=None)
        self.assertRegex(client.fails('token', 'issue'), 'HTTP 40[14]')

    def test_revoked_token(self):
        token = self.stack.token()
        self.assertEqual(200, self.request('GET', '/identity/v3/auth/projects', token=token).status)
        reply = self.request('DELETE', '/identity/v3/auth/tokens', token=token,
                             **{'X-Subject-Token': token})
        self.assertEqual(204, reply.status)
        self.assertEqual(401, self.request('GET', '/identity/v3/auth/projects', token=token).status)

    def test_version_documents(self):
        reply = self.request('GET', '/identity')
        self.assertEqual(300, reply.status)
        links = {link['href'] for version in json.load(reply)['versions']['values']
                 for link in version['links']}
        self.assertEqual({self.gateway.url + '/identity/v3/'}, links)


class ImageTest(PassedThroughTest):

    def test_an_image_there_and_back(self):
        name = uuid.uuid4().hex
        source, saved = self.folder / 'source', self.folder / 'saved'
        source.write_bytes(os.urandom(1024 * 1024) * 64)
        client = self.client()
        made = client.json('image', 'create', '--file', str(source), '--disk-format', 'raw',
                           '--container-format', 'bare', name)
        self.assertEqual(('active', SIZE), (made['status'], made['size']))
        client.ok('image', 'save', '--file', str(saved), name)
        self.assertEqual(*(hashlib.sha256(path.read_bytes()).hexdigest()
                           for path in (source, saved)))
        client.ok('image', 'set', '--property', 'colour=blue', '--name', name + '-new', name)
        shown = client.json('image', 'show', name + '-new')
        self.assertEqual('blue', shown['properties']['colour'])
        client.ok('image', 'delete', name + '-new')
        self.assertNotIn(name + '-new', [image['Name'] for image in client.json('image', 'list')])

    def test_list_with_paging(self):
        prefix = uuid.uuid4().hex
        self.make_images(30, prefix)    # Glance gives 25 a page
        listed = [image['Name'] for image in self.client().json('image', 'list')
                  if image['Name'].startswith(prefix)]
        self.assertEqual([f'{prefix}-{number:02}' for number in range(30)], sorted(listed))

    def test_a_chunked_upload(self):
        made = json.load(self.request('POST', '/image/v2/images', {
            'name': 'chunked', 'disk_format': 'raw', 'container_format': 'bare'}))
        host, _, port = self.gateway.url.partition('//')[2].rpartition(':')
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        self.addCleanup(connection.close)
        connection.request('PUT', f'/image/v2/images/{made["id"]}/file',
                           iter([b'abc', b'x' * 200_000, b'def']), {
                               'X-Auth-Token': self.stack.token(),
                               'Content-Type': 'application/octet-stream'}, encode_chunked=True)
        self.assertEqual(204, connection.getresponse().status)
        reply = self.request('GET', f'/image/v2/images/{made["id"]}/file')
        self.assertEqual(b'abc' + b'x' * 200_000 + b'def', reply.read())
        self.assertIsNotNone(reply.headers['Content-MD5'])


class FailureTest(PassedThroughTest):
    """Glance goes away and comes back."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.stack.revive, 'glance')

    def test_killed_in_the_middle_of_a_download(self):
        made = json.load(self.request('POST', '/image/v2/images', {
            'name': 'broken', 'disk_format': 'raw', 'container_format': 'bare'}))
        self.assertEqual(204, self.request(
            'PUT', f'/image/v2/images/{made["id"]}/file', b'x' * SIZE,
            **{'Content-Type': 'application/octet-stream'}).status)
        reply = self.request('GET', f'/image/v2/images/{made["id"]}/file')
        self.assertEqual(str(SIZE), reply.headers['Content-Length'])
        reply.read(1024 * 1024)
        self.stack.kill('glance')
        self.assertRaises((http.client.IncompleteRead, ConnectionError), reply.read)
        # the gateway goes on, and says what is the matter
        gone = self.request('GET', '/image/v2/images')
        self.assertEqual(503, gone.status)
        self.assertIsNotNone(gone.headers['Retry-After'])
        self.assertEqual(200, self.request('GET', '/identity/v3/auth/projects').status)
        self.stack.revive('glance')
        again = self.request('GET', f'/image/v2/images/{made["id"]}/file')
        self.assertEqual(SIZE, len(again.read()))

    def test_killed_in_the_middle_of_a_listing(self):
        prefix = uuid.uuid4().hex
        self.make_images(3, prefix)
        first = json.load(self.request('GET', '/image/v2/images?limit=2'))
        following = '/image' + first['next']
        self.stack.kill('glance')
        reply = self.request('GET', following)
        self.assertEqual(503, reply.status)
        self.assertIn(b'could not be reached', reply.read())
        code, out, _ = self.client().run('image', 'list')
        self.assertNotEqual(0, code)
        self.assertNotIn(prefix, out)
        self.stack.revive('glance')
        page = json.load(self.request('GET', following))
        self.assertNotEqual([], page['images'])
        names = [image['Name'] for image in self.client().json('image', 'list')]
        self.assertEqual(3, sum(name.startswith(prefix) for name in names))
