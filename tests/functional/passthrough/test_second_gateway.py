"""A gateway in front of another one, whose embedded cloud is the upstream."""
import os
import pathlib

import fixtures
import testtools

from tests.fixtures.gateway import Gateway
from tests.fixtures.openstackclient import OpenStackClient, openrc


class Client(OpenStackClient):
    """A user of the inner gateway, who knows the outer one only."""

    def __init__(self, outer, inner, **settings):
        super().__init__(inner, **settings)
        self._outer = outer

    def _setUp(self):
        self.environment = {**openrc(self._gateway, self._user),
                            'OS_AUTH_URL': self._outer.url + '/v3', **self._settings}


class SecondGatewayTest(testtools.TestCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        off = {name: {'driver': ''} for name in ('compute', 'volume', 'network', 'baremetal')}
        cls.inner = cls.started({**off, 'identity': {'password_hash_rounds': 4}})
        cls.outer = cls.started({
            **off, **{name: {'driver': f'jumpgate.{name}.drivers.openstack'}
                      for name in ('identity', 'image')},
            'openstack': {'tokens': 'forward', 'identity_endpoint': cls.inner.url + '/identity'}})

    @classmethod
    def started(cls, config):
        gateway = Gateway(config)
        gateway.setUp()
        cls.addClassCleanup(gateway.cleanUp)
        return gateway

    def client(self, **settings):
        return self.useFixture(Client(self.outer, self.inner, **settings))

    def test_identity(self):
        client = self.client()
        self.assertTrue(client.json('token', 'issue')['project_id'])
        self.assertEqual(['admin', 'demo'],
                         sorted(one['Name'] for one in client.json('project', 'list')))
        urls = {endpoint['url'] for entry in client.json('catalog', 'list')
                for endpoint in entry['Endpoints']}
        self.assertEqual({self.outer.url + '/image'},
                         {url for url in urls if not url.startswith(self.outer.url + '/identity')
                          and url.removesuffix('/v3') != self.outer.url})

    def test_wrong_password(self):
        self.assertIn('HTTP 401', self.client(OS_PASSWORD='wrong').fails('token', 'issue'))

    def test_images(self):
        """Where the image service is comes from the inner one's catalog."""
        folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)
        (folder / 'source').write_bytes(os.urandom(3_000_000))
        client = self.client()
        client.ok('image', 'create', '--file', str(folder / 'source'), '--disk-format', 'raw',
                  '--container-format', 'bare', 'there-and-back')
        client.ok('image', 'save', '--file', str(folder / 'saved'), 'there-and-back')
        self.assertEqual((folder / 'source').read_bytes(), (folder / 'saved').read_bytes())
        client.ok('image', 'delete', 'there-and-back')
        self.assertIn('No Image found', client.fails('image', 'show', 'there-and-back'))
