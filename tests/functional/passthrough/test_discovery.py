"""Where services are when nobody configured it: as the upstream's catalog says."""
import json

from tests.fixtures.scripted_upstream import ScriptedUpstream, answer, by_path
from tests.functional.passthrough.base import PassthroughTest, drivers


class DiscoveryTest(PassthroughTest):
    """Identity is configured, compute is to be found."""

    credential = ''

    def config(self, endpoints, options):
        return (drivers(identity=True, compute=True) +
                f'[openstack]\ntokens = forward\nidentity_endpoint = {self.upstream.url}\n'
                + self.options + options)

    def start(self, **options):
        self.nova = self.useFixture(ScriptedUpstream(answer('200 OK', (), {
            'servers_links': [{'rel': 'next',
                               'href': 'http://nova.public:8774/v2.1/servers?marker=1'}]})))
        super().start(by_path(
            (('GET', '/v3'), answer('200 OK', (), {'version': {
                'id': 'v3.14', 'status': 'stable', 'links': []}})),
            (('GET', '/v3/auth/catalog'), self.catalog),
            (('POST', '/v3/auth/tokens'), self.token)), **options)

    def entries(self):
        def urls(region, public, internal):
            return [{'interface': interface, 'region': region, 'region_id': region, 'url': url}
                    for interface, url in (('public', public), ('internal', internal))]
        return [{'type': 'compute', 'name': 'nova', 'endpoints': [
            *urls('Far', 'http://far:8774/v2.1', 'http://far.internal:8774/v2.1'),
            *urls('Near', 'http://nova.public:8774/v2.1', self.nova.url + '/v2.1')]}]

    def catalog(self, received, sock):
        if received.get('X-Auth-Token') not in ('good', 'service'):
            return answer('401 Unauthorized', (), {'error': {}})
        return answer('200 OK', (), {'catalog': self.entries()})

    def token(self, received, sock):
        self.login = json.loads(received.body)
        return answer('201 Created', [('X-Subject-Token', 'service')], {'token': {
            'expires_at': '2099-01-01T00:00:00.000000Z', 'user': {'id': 'u', 'domain': {}},
            'methods': [], 'catalog': self.entries()}})

    options = 'region = Near\ninterface = internal\n'

    def test_with_the_token_at_hand(self):
        self.start()
        for _ in range(3):
            resp = self.ask('GET', '/compute/v2.1/servers', headers={'X-Auth-Token': 'good'})
            self.assertEqual(200, resp.status_int)
        self.assertEqual('/v2.1/servers', self.nova.requests[-1].target)
        self.assertEqual(1, len(self.upstream.requests))
        # every URL that the catalog has for it is known as the service's
        self.assertEqual('http://gate:5000/compute/v2.1/servers?marker=1',
                         resp.json['servers_links'][0]['href'])

    def test_from_a_token_that_passes_by(self):
        self.start()
        self.ask('POST', '/v3/auth/tokens', b'{"auth": {}}')
        self.assertEqual(200, self.ask('GET', '/compute/').status_int)
        self.assertEqual(1, len(self.upstream.requests))

    def test_not_known_yet(self):
        self.start()
        resp = self.ask('GET', '/compute/')
        self.assertEqual(503, resp.status_int)
        self.assertIn('Retry-After', resp.headers)
        self.assertIn('not known yet', resp.text)

    def test_a_bad_token(self):
        self.start()
        resp = self.ask('GET', '/compute/v2.1/servers', headers={'X-Auth-Token': 'bad'})
        self.assertEqual(401, resp.status_int)
        self.assertEqual([], self.nova.requests)

    def test_with_a_user_of_the_gateway(self):
        self.start(options='username = looker\npassword = secret\nproject_name = service\n')
        self.assertEqual(200, self.ask('GET', '/compute/').status_int)
        self.assertEqual('looker', self.login['auth']['identity']['password']['user']['name'])
        self.assertEqual('service', self.login['auth']['scope']['project']['name'])

    def test_a_service_that_is_not_there(self):
        self.options = 'region = Nowhere\n'
        self.start()
        resp = self.ask('GET', '/compute/v2.1/servers', headers={'X-Auth-Token': 'good'})
        self.assertEqual(503, resp.status_int)
        self.assertIn('no compute service', resp.text)

    def test_the_catalog_leads_here_in_that_region_only(self):
        self.start()
        resp = self.ask('POST', '/v3/auth/tokens', b'{"auth": {}}')
        compute = resp.json['token']['catalog'][0]
        self.assertEqual(
            {('Far', 'public'): 'http://far:8774/v2.1',
             ('Far', 'internal'): 'http://far.internal:8774/v2.1',
             ('Near', 'public'): 'http://gate:5000/compute/v2.1',
             ('Near', 'internal'): 'http://gate:5000/compute/v2.1'},
            {(one['region'], one['interface']): one['url'] for one in compute['endpoints']})

    def test_an_upstream_that_moves(self):
        self.start()
        self.ask('POST', '/v3/auth/tokens', b'{"auth": {}}')
        self.ask('GET', '/compute/')
        self.nova = self.useFixture(ScriptedUpstream(answer('200 OK', (), b'new')))
        self.ask('POST', '/v3/auth/tokens', b'{"auth": {}}')
        self.assertEqual(b'new', self.ask('GET', '/compute/v2.1/servers/x').body)
