"""What comes back leads through the gateway, and nothing else is touched."""
import json

from tests.fixtures.scripted_upstream import answer, chunked
from tests.functional.passthrough.base import PassthroughTest


def v3_catalog(up, **more):
    """A catalog as Keystone gives it."""
    urls = {'identity': ('identity', f'{up}/v3'), 'compute': ('compute', f'{up}/v2.1'),
            'cinderv3': ('volumev3', f'{up}/v3/p1'), 'cinderv2': ('volumev2', f'{up}/v2/p1'),
            'glance': ('image', up), 'swift': ('object-store', 'http://swift:8080/v1/AUTH_p1'),
            **more}
    return [{'id': name, 'name': name, 'type': type_, 'endpoints': [
        {'id': f'{name}-{interface}', 'interface': interface, 'region': 'RegionOne',
         'region_id': 'RegionOne', 'url': url} for interface in ('public', 'internal')]}
        for name, (type_, url) in urls.items()]


def urls_of(catalog):
    return {entry['type']: sorted({endpoint['url'] for endpoint in entry['endpoints']})
            for entry in catalog}


class CatalogTest(PassthroughTest):

    def reply(self, extra=None, **outer):
        """An answer that is made when it is asked for, since only then the port is known."""
        def make(received, sock):
            catalog = v3_catalog(self.upstream.url, **(extra or {}))
            body = {'token': {'catalog': catalog, 'project': {'id': 'p1'},
                              'expires_at': '2027-01-01T00:00:00.000000Z', 'extras': {'ü': None}}}
            if outer.get('catalog_only'):
                body = {'catalog': catalog, 'links': {'self': f'{self.upstream.url}/v3'}}
            return answer('201 Created', [('X-Subject-Token', 'secret'), ('Vary', 'X-Auth-Token')],
                          body)
        return make

    def test_v3_token(self):
        self.start(self.reply())
        resp = self.ask('POST', '/identity/v3/auth/tokens', b'{"auth": {}}',
                        headers={'Accept-Encoding': 'gzip'})
        self.assertEqual(201, resp.status_int)
        self.assertEqual('secret', resp.headers['X-Subject-Token'])
        self.assertEqual(str(len(resp.body)), resp.headers['Content-Length'])
        self.assertIsNone(self.received.get('Accept-Encoding'))
        self.assertEqual({'ü': None}, resp.json['token']['extras'])
        gate = 'http://gate:5000'
        self.assertEqual({
            'identity': [f'{gate}/identity/v3'], 'compute': [f'{gate}/compute/v2.1'],
            'volumev3': [f'{gate}/volume/v3/p1'], 'volumev2': [f'{gate}/volume/v2/p1'],
            'image': [f'{gate}/image'], 'object-store': ['http://swift:8080/v1/AUTH_p1'],
            'network': [f'{gate}/network'], 'baremetal': [f'{gate}/baremetal'],
        }, urls_of(resp.json['token']['catalog']))

    def test_each_service_of_its_own(self):
        self.path = ''
        self.start(self.reply({'cinderv2': ('volumev2', 'http://cinder:8776/v2/p1'),
                               'cinderv3': ('volumev3', 'http://cinder:8776/v3/p1'),
                               'block': ('block-storage', 'http://cinder:8776/v3/p1')}))
        resp = self.ask('POST', '/v3/auth/tokens', b'{"auth": {}}')
        urls = urls_of(resp.json['token']['catalog'])
        self.assertEqual(['http://gate:5000/volume/v2/p1'], urls['volumev2'])
        self.assertEqual(['http://gate:5000/volume/v3/p1'], urls['block-storage'])

    def test_public_endpoint(self):
        self.start(self.reply(), config=None, options='')
        self.pipeline.gateway.config.set_override('public_endpoint', 'https://cloud.example')
        resp = self.ask('POST', '/identity/v3/auth/tokens', b'{"auth": {}}')
        self.assertEqual(['https://cloud.example/compute/v2.1'],
                         urls_of(resp.json['token']['catalog'])['compute'])

    def test_get_catalog(self):
        self.start(self.reply(catalog_only=True))
        resp = self.ask('GET', '/identity/v3/auth/catalog', headers={'X-Auth-Token': 't'})
        self.assertEqual(['http://gate:5000/volume/v3/p1'],
                         urls_of(resp.json['catalog'])['volumev3'])

    def test_get_token(self):
        self.start(self.reply())
        resp = self.ask('GET', '/identity/v3/auth/tokens',
                        headers={'X-Auth-Token': 't', 'X-Subject-Token': 's'})
        self.assertEqual(['http://gate:5000/compute/v2.1'],
                         urls_of(resp.json['token']['catalog'])['compute'])
        head = self.ask('HEAD', '/identity/v3/auth/tokens', headers={'X-Auth-Token': 't'})
        self.assertNotIn('Content-Length', head.headers)

    def test_v2_token(self):
        def make(received, sock):
            up = self.upstream.url
            return answer('200 OK', (), {'access': {
                'token': {'id': 'x', 'tenant': {'id': 'p1'}}, 'serviceCatalog': [
                    {'type': 'compute', 'name': 'nova', 'endpoints': [
                        {'region': 'RegionOne', 'publicURL': f'{up}/v2/p1',
                         'internalURL': f'{up}/v2/p1', 'adminURL': f'{up}/v2/p1'}]},
                    {'type': 'ec2', 'name': 'ec2', 'endpoints': [
                        {'region': 'RegionOne', 'publicURL': 'http://other:1/services'}]}]}})
        self.start(make)
        resp = self.ask('POST', '/identity/v2.0/tokens', b'{"auth": {}}')
        catalog = {entry['type']: entry['endpoints'][0]
                   for entry in resp.json['access']['serviceCatalog']}
        self.assertEqual('http://gate:5000/compute/v2/p1', catalog['compute']['adminURL'])
        self.assertEqual('http://other:1/services', catalog['ec2']['publicURL'])
        self.assertEqual('http://gate:5000/volume/v3/p1', catalog['volumev3']['publicURL'])

    def test_other_regions_stay(self):
        self.start(self.reply({'far': ('compute', 'http://far/v2.1')}))
        body = v3_catalog(self.upstream.url)
        far = json.loads(json.dumps(body[1]))
        for endpoint in far['endpoints']:
            endpoint.update(region='Far', region_id='Far', url='http://far:8774/v2.1')
        body[1]['endpoints'] += far['endpoints']
        self.upstream._answers[:] = [answer('201 Created', (), {'token': {'catalog': body}})]
        resp = self.ask('POST', '/identity/v3/auth/tokens', b'{}')
        self.assertEqual(['http://far:8774/v2.1', 'http://gate:5000/compute/v2.1'],
                         urls_of(resp.json['token']['catalog'])['compute'])

    def test_an_unscoped_token_has_no_catalog_and_gets_none(self):
        self.start(answer('201 Created', [('X-Subject-Token', 's')], {'token': {'user': {}}}))
        resp = self.ask('POST', '/identity/v3/auth/tokens', b'{}')
        self.assertEqual({'token': {'user': {}}}, resp.json)

    def test_a_fault_is_handed_through(self):
        body = b'{"error":  {"code": 401}}'
        self.start(answer('401 Unauthorized', [
            ('Content-Type', 'application/json'),
            ('WWW-Authenticate', 'Keystone uri="http://keystone:5000"')], body))
        resp = self.ask('POST', '/identity/v3/auth/tokens', b'{}')
        self.assertEqual((401, body), (resp.status_int, resp.body))
        self.assertEqual('Keystone uri="http://gate:5000/identity"',
                         resp.headers['WWW-Authenticate'])

    def test_a_reply_too_big_to_be_one(self):
        self.start(answer('200 OK', (), {'token': 'x' * (4 << 20)}))
        self.assertEqual(502, self.ask('POST', '/identity/v3/auth/tokens', b'{}').status_int)


class VersionsTest(PassthroughTest):

    def document(self, link):
        def make(received, sock):
            up = link or self.upstream.url
            return answer('300 Multiple Choices', (), {'versions': [
                {'id': 'v2.1', 'status': 'CURRENT', 'links': [
                    {'rel': 'self', 'href': f'{up}/v2.1/'},
                    {'rel': 'describedby', 'type': 'text/html', 'href': 'http://docs.example/x'}]}]})
        return make

    def test_links(self):
        for link in (None, 'https://the-public-name:13774'):
            for path in ('/compute/', '/compute', '/compute/v2.1', '/compute/v2.1/',
                         '/image/versions'):
                self.start(self.document(link))
                resp = self.ask('GET', path)
                self.assertEqual(300, resp.status_int)
                links = [one['href'] for one in resp.json['versions'][0]['links']]
                mount = path.split('/')[1]
                self.assertEqual(
                    [f'http://gate:5000/{mount}/v2.1/', 'http://docs.example/x'], links)


class LinksTest(PassthroughTest):

    def body(self):
        up = self.upstream.url
        return (f'{{"servers": [ {{"id": 1, "name": "{up}/keep"}}],\n "servers_links": '
                f'[{{"rel": "next", "href": "{up}/v2.1/servers?marker=1"}}]}}').encode()

    def rewritten(self):
        up = self.upstream.url
        return self.body().replace(f'"href": "{up}'.encode(), b'"href": "http://gate:5000/compute')

    def test_collection(self):
        self.start(lambda received, sock: answer(
            '200 OK', [('Content-Type', 'application/json')], self.body()))
        resp = self.ask('GET', '/compute/v2.1/servers?limit=1', headers={'Accept-Encoding': 'gzip'})
        self.assertEqual(self.rewritten(), resp.body)
        self.assertEqual(str(len(resp.body)), resp.headers['Content-Length'])
        self.assertIsNone(self.received.get('Accept-Encoding'))

    def test_long_collection_streams(self):
        rows = 100_000 * b' '
        self.start(lambda received, sock: answer(
            '200 OK', [('Content-Type', 'application/json')], rows + self.body() + rows))
        resp = self.ask('GET', '/compute/v2.1/servers/detail')
        self.assertNotIn('Content-Length', resp.headers)
        self.assertEqual(rows + self.rewritten() + rows, resp.body)

    def test_chunked_collection(self):
        self.start(lambda received, sock: chunked(
            *[self.body()[at:at + 7] for at in range(0, len(self.body()), 7)],
            headers=[('Content-Type', 'application/json')]))
        self.assertEqual(self.rewritten(), self.ask('GET', '/compute/v2.1/servers').body)

    def test_unknown_paths_too(self):
        self.start(lambda received, sock: answer(
            '200 OK', [('Content-Type', 'application/json')], self.body()))
        self.assertEqual(self.rewritten(), self.ask('GET', '/compute/v2.1/brand-new').body)

    def test_all_else_is_left_alone(self):
        self.start(lambda received, sock: answer(
            '200 OK', [('Content-Type', 'application/json')], self.body()))
        for verb, path in (('GET', '/compute/v2.1/servers/x'), ('POST', '/compute/v2.1/servers'),
                           ('PUT', '/compute/v2.1/servers/x')):
            resp = self.ask(verb, path, None if verb == 'GET' else b'{}',
                            headers={'Accept-Encoding': 'gzip'})
            self.assertEqual(self.body(), resp.body)
            self.assertEqual('gzip', self.received.get('Accept-Encoding'))

    def test_what_is_no_json_is_left_alone(self):
        for headers in ([('Content-Type', 'application/octet-stream')],
                        [('Content-Type', 'application/json'), ('Content-Encoding', 'gzip')]):
            self.start(lambda received, sock: answer('200 OK', headers, self.body()))  # noqa: B023
            self.assertEqual(self.body(), self.ask('GET', '/image/v2/images/x/file').body)

    def test_ironic_and_keystone_links(self):
        self.start(lambda received, sock: answer('200 OK', (), {
            'next': f'{self.upstream.url}/v1/nodes?marker=1',
            'links': {'self': f'{self.upstream.url}/v1/nodes', 'previous': None}}))
        resp = self.ask('GET', '/baremetal/v1/nodes')
        self.assertEqual({'next': 'http://gate:5000/baremetal/v1/nodes?marker=1', 'links': {
            'self': f'{self.upstream.url}/v1/nodes', 'previous': None}}, resp.json)

    def test_relative_links_stay(self):
        body = b'{"images": [], "next": "/v2/images?marker=1", "first": "/v2/images"}'
        self.start(answer('200 OK', [('Content-Type', 'application/json')], body))
        self.assertEqual(body, self.ask('GET', '/image/v2/images').body)


class LocationTest(PassthroughTest):

    def led(self, location, status='201 Created'):
        self.start(lambda received, sock: answer(
            status, [('Location', location.format(up=self.upstream.url))]))
        return self.ask('POST', '/image/v2/images', b'{}').headers['Location']

    def test_location(self):
        gate = 'http://gate:5000/image'
        self.assertEqual(f'{gate}/v2/images/x?a=b', self.led('{up}/v2/images/x?a=b'))
        self.assertEqual(f'{gate}/v2/images/x', self.led('/v2/images/x', '302 Found'))
        self.assertEqual(gate, self.led('{up}'))
        self.assertEqual('http://elsewhere/x', self.led('http://elsewhere/x', '307 Temporary'))
        self.assertEqual('//elsewhere/x', self.led('//elsewhere/x', '307 Temporary'))

    def test_location_below_a_path(self):
        self.path = '/glance'
        gate = 'http://gate:5000/image'
        self.assertEqual(f'{gate}/v2/x', self.led('{up}/glance/v2/x'))
        self.assertEqual(f'{gate}/v2/x', self.led('/glance/v2/x'))
        self.assertEqual('/swift/x', self.led('/swift/x')[-8:])
