"""https toward the upstream, and no proxy of the environment."""
import fixtures

from tests.fixtures.certificates import Certificates
from tests.fixtures.scripted_upstream import answer
from tests.functional.passthrough.base import PassthroughTest

SHOW = '/compute/v2.1/servers/x'


class TLSTest(PassthroughTest):

    def setUp(self):
        super().setUp()
        self.certificates = self.useFixture(Certificates())

    def begin(self, *options, **server):
        self.start(answer('200 OK', (), b'x' * 300_000), tls=self.certificates.server(**server),
                   options=''.join(f'{line}\n' for line in ('retries = 0', *options)))

    def test_an_authority_of_our_own(self):
        self.begin(f'cafile = {self.certificates.cafile}')
        for _ in range(2):
            self.assertEqual(b'x' * 300_000, self.ask('GET', SHOW).body)
        self.ask('POST', '/compute/v2.1/servers', b'y' * 200_000)
        self.assertEqual(b'y' * 200_000, self.received.body)
        self.assertEqual(1, self.upstream.connections)

    def test_a_certificate_that_nobody_vouches_for(self):
        self.begin()
        resp = self.ask('GET', SHOW)
        self.assertEqual(503, resp.status_int)
        self.assertIn('certificate', resp.text)
        self.assertEqual([], self.upstream.requests)

    def test_it_can_be_let_by(self):
        self.begin('insecure = true')
        self.assertEqual(200, self.ask('GET', SHOW).status_int)

    def test_a_client_certificate(self):
        cert, key = self.certificates.issue('gateway')
        self.begin(f'cafile = {self.certificates.cafile}', f'certfile = {cert}',
                   f'keyfile = {key}', client_certificate=True)
        self.assertEqual(200, self.ask('GET', SHOW).status_int)

    def test_without_the_client_certificate(self):
        self.begin(f'cafile = {self.certificates.cafile}', client_certificate=True)
        self.assertEqual(503, self.ask('GET', SHOW).status_int)

    def test_an_upstream_that_speaks_plain_http(self):
        self.start(answer(), options='retries = 0\n')
        for name in ('compute', 'identity'):
            self.pipeline.gateway.config.set_override(
                f'{name}_endpoint', self.upstream.url.replace('http:', 'https:'), 'openstack')
        self.pipeline.gateway.openstack = None
        upstream = type(self.pipeline.gateway.upstream('compute'))(
            self.pipeline.gateway, self.pipeline.gateway.services['compute'])
        self.pipeline.gateway.get_dispatcher('compute').upstream = upstream
        self.assertEqual(503, self.ask('GET', SHOW).status_int)


class ProxyTest(PassthroughTest):

    def test_proxies_of_the_environment_are_not_asked(self):
        for name in ('http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy'):
            self.useFixture(fixtures.EnvironmentVariable(name, 'http://127.0.0.1:1'))
        self.start(answer())
        self.assertEqual(200, self.ask('GET', SHOW).status_int)
