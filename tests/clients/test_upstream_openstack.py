"""python-openstackclient through the gateway to a real Keystone and Glance."""
import hashlib
import http.client
import json
import os
import pathlib
import subprocess
import sys
import uuid

import fixtures

from tests.fixtures.gateway import Gateway
from tests.fixtures.upstream_openstack import PASSWORD, UpstreamTest

CLIENT = pathlib.Path(sys.executable).with_name('openstack')
SIZE = 64 * 1024 * 1024


class PassedThroughTest(UpstreamTest):
    """One gateway for all tests of a class, identity and image passed through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = None

    def setUp(self):
        super().setUp()
        if self.gateway is None:
            gateway = Gateway(config={
                **{name: {'driver': ''} for name in ('compute', 'volume', 'network', 'baremetal')},
                'identity': {'driver': 'jumpgate.identity.drivers.openstack'},
                'image': {'driver': 'jumpgate.image.drivers.openstack'},
                'openstack': {'tokens': 'forward', 'identity_endpoint': self.stack.keystone,
                              'image_endpoint': self.stack.glance}})
            gateway.setUp()
            self.addClassCleanup(gateway.cleanUp)
            type(self).gateway = gateway
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)

    def run_client(self, *arguments, user='demo', **variables):
        """The client as a user runs it: its exit status and what it wrote."""
        env = {key: value for key, value in os.environ.items() if not key.startswith('OS_')}
        env.update(OS_AUTH_URL=self.gateway.url + '/identity/v3', OS_USERNAME=user,
                   OS_PASSWORD=PASSWORD, OS_PROJECT_NAME=user, OS_USER_DOMAIN_NAME='Default',
                   OS_PROJECT_DOMAIN_NAME='Default', OS_REGION_NAME='RegionOne')
        env.update(variables)
        env = {key: value for key, value in env.items() if value is not None}
        done = subprocess.run([CLIENT, *arguments], env=env, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=300, cwd=self.folder)
        return done.returncode, done.stdout, done.stderr

    def client(self, *arguments, **options):
        """What the client found, where it must succeed."""
        code, out, err = self.run_client(*arguments, *options.pop('form', ('-f', 'json')),
                                         **options)
        self.assertEqual(0, code, err)
        return json.loads(out) if out.strip() else None

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
        issued = self.client('token', 'issue')
        self.assertEqual({'expires', 'id', 'project_id', 'user_id'}, set(issued))

    def test_catalog_list(self):
        catalog = {entry['Type']: {endpoint['url'] for endpoint in entry['Endpoints']}
                   for entry in self.client('catalog', 'list')}
        self.assertEqual({'identity': {self.gateway.url + '/identity/v3'},
                          'image': {self.gateway.url + '/image'}}, catalog)

    def test_auth_url_of_the_root(self):
        issued = self.client('--os-auth-url', self.gateway.url + '/v3', 'catalog', 'list')
        self.assertEqual({'identity', 'image'}, {entry['Type'] for entry in issued})

    def test_user_list(self):
        users = {user['Name'] for user in self.client('user', 'list', user='admin')}
        self.assertEqual({'admin', 'demo', 'glance'}, users)

    def test_a_member_may_not_list_users(self):
        code, _, err = self.run_client('user', 'list')
        self.assertNotEqual(0, code)
        self.assertIn('403', err)

    def test_wrong_password(self):
        code, _, err = self.run_client('token', 'issue', '--os-password', 'wrong')
        self.assertNotEqual(0, code)
        self.assertIn('HTTP 401', err)

    def test_expired_token(self):
        expired = self.stack.expired_token()
        reply = self.request('GET', '/image/v2/images', token=expired)
        self.assertEqual(401, reply.status)
        self.assertEqual(f'Keystone uri="{self.gateway.url}/identity"',
                         reply.headers['WWW-Authenticate'])
        code, _, err = self.run_client(
            '--os-auth-type', 'v3token', '--os-token', expired, 'token', 'issue',
            OS_USERNAME=None, OS_PASSWORD=None, OS_USER_DOMAIN_NAME=None)
        self.assertNotEqual(0, code)
        self.assertRegex(err, 'HTTP 40[14]')

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
        made = self.client('image', 'create', '--file', str(source), '--disk-format', 'raw',
                           '--container-format', 'bare', name)
        self.assertEqual(('active', SIZE), (made['status'], made['size']))
        self.client('image', 'save', '--file', str(saved), name, form=())
        self.assertEqual(*(hashlib.sha256(path.read_bytes()).hexdigest()
                           for path in (source, saved)))
        self.client('image', 'set', '--property', 'colour=blue', '--name', name + '-new', name,
                    form=())
        shown = self.client('image', 'show', name + '-new')
        self.assertEqual('blue', shown['properties']['colour'])
        self.client('image', 'delete', name + '-new', form=())
        self.assertNotIn(name + '-new',
                         [image['Name'] for image in self.client('image', 'list')])

    def test_list_with_paging(self):
        prefix = uuid.uuid4().hex
        self.make_images(30, prefix)    # Glance gives 25 a page
        listed = [image['Name'] for image in self.client('image', 'list')
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
        code, out, _ = self.run_client('image', 'list')
        self.assertNotEqual(0, code)
        self.assertNotIn(prefix, out)
        self.stack.revive('glance')
        page = json.load(self.request('GET', following))
        self.assertNotEqual([], page['images'])
        names = [image['Name'] for image in self.client('image', 'list')]
        self.assertEqual(3, sum(name.startswith(prefix) for name in names))
