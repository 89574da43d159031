"""What reaches the upstream, byte for byte."""
import io

from tests.fixtures.polling import wait_for
from tests.fixtures.scripted_upstream import RESET, answer
from tests.functional.passthrough.base import PassthroughTest


class TargetTest(PassthroughTest):

    def test_raw_target_is_unchanged(self):
        self.start(answer())
        for target in (
                '/v2.1/servers?name=%7Ea&empty=&flag&a=1&a=2',
                '/v2.1/servers/a%2Fb', '/v2.1/servers/%2e%2e/x', '/v2.1/%E2%82%AC?q=%e2%82%ac',
                '/v2.1//servers', '/v2.1/servers/a;b=c,d', '/v2.1/a+b?c+d',
                '/v2.1/servers?x=a/b?c&y=%2B', '/nothing/that/the/map/knows'):
            self.ask('GET', '/compute' + target)
            self.assertEqual(target, self.received.target)

    def test_mount_written_with_percent_signs(self):
        self.start(answer())
        self.ask('GET', '/%63ompute/v2.1/servers/%41')
        self.assertEqual('/v2.1/servers/%41', self.received.target)

    def test_endpoint_with_a_path_and_a_version(self):
        self.path = '/nova/v2.1'
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x')
        self.assertEqual('/nova/v2.1/servers/x', self.received.target)

    def test_absolute_form(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x',
                 RAW_PATH_INFO='http://gate:5000/compute/v2.1/servers/x')
        self.assertEqual('/v2.1/servers/x', self.received.target)

    def test_other_servers_names_of_the_raw_target(self):
        self.start(answer())
        for key in ('REQUEST_URI', 'RAW_URI'):
            self.ask('GET', '/compute/v2.1/servers/a%2Fb?c=%20',
                     RAW_PATH_INFO='', **{key: '/compute/v2.1/servers/a%2Fb?c=%20'})
            self.assertEqual('/v2.1/servers/a%2Fb?c=%20', self.received.target)
        self.ask('GET', '/', RAW_PATH_INFO='', PATH_INFO='/compute/v2.1/servers/x',
                 REQUEST_URI='/compute/v2.1/servers/x?')
        self.assertEqual('/v2.1/servers/x?', self.received.target)

    def test_without_any_raw_target_the_path_is_quoted(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/%E2%82%AC%20?a=b', RAW_PATH_INFO='')
        self.assertEqual('/v2.1/servers/%E2%82%AC%20?a=b', self.received.target)

    def test_nothing_can_be_smuggled_into_the_request_line(self):
        self.start(answer())
        resp = self.ask('GET', '/compute/v2.1/servers',
                        RAW_PATH_INFO='/compute/v2.1/servers HTTP/1.1\r\nX-Evil: 1\r\n\r\n')
        self.assertEqual(400, resp.status_int)
        self.assertEqual([], self.upstream.requests)


class HeadersTest(PassthroughTest):

    def test_headers_go_on(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', headers={
            'X-Auth-Token': 'secret', 'OpenStack-API-Version': 'compute 2.79',
            'Accept': 'application/json', 'Accept-Encoding': 'gzip', 'X-Custom': 'a, b'})
        self.assertEqual(['secret'], self.received.all('X-Auth-Token'))
        self.assertEqual(['compute 2.79'], self.received.all('OpenStack-API-Version'))
        self.assertEqual(['gzip'], self.received.all('Accept-Encoding'))
        self.assertEqual(['a, b'], self.received.all('X-Custom'))
        self.assertEqual([self.upstream.url.partition('://')[2]], self.received.all('Host'))
        self.assertEqual([], self.received.all('Content-Length'))
        self.assertEqual([], self.received.all('Transfer-Encoding'))

    def test_hop_by_hop_headers_stay(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', headers={
            'Connection': 'close, X-Private', 'X-Private': '1', 'Keep-Alive': '5', 'TE': 'gzip',
            'Upgrade': 'h2c', 'Proxy-Authorization': 'Basic eA==', 'Trailer': 'X', 'X-Kept': '1'})
        names = {name.lower() for name, _ in self.received.headers}
        self.assertIn('x-kept', names)
        self.assertEqual(set(), names & {
            'connection', 'x-private', 'keep-alive', 'te', 'upgrade', 'proxy-authorization',
            'trailer'})

    def test_identity_headers_are_never_forwarded(self):
        self.start(answer())
        forged = ('X-User-Id', 'X-Project-Id', 'X-Roles', 'X-Identity-Status', 'X-Tenant-Name',
                  'X-Service-Roles', 'X-Service-User-Id', 'X-Service-Catalog', 'X-Is-Admin-Project',
                  'OpenStack-System-Scope', 'X-User-Domain-Name', 'X-Domain-Id', 'X-Role')
        self.ask('GET', '/compute/v2.1/servers/x',
                 headers={**dict.fromkeys(forged, 'admin'), 'X-Service-Token': 'kept'})
        names = {name.lower() for name, _ in self.received.headers}
        self.assertEqual(set(), names & {name.lower() for name in forged})
        self.assertEqual('kept', self.received.get('X-Service-Token'))

    def test_links_of_the_upstream_are_not_led_by_forwarding_headers(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', REMOTE_ADDR='192.0.2.7', headers={
            'X-Forwarded-Host': 'evil', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Prefix': '/x',
            'Forwarded': 'host=evil', 'X-Forwarded-For': '198.51.100.1'})
        names = {name.lower() for name, _ in self.received.headers}
        self.assertEqual(set(), names & {
            'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-prefix', 'forwarded'})
        self.assertEqual('198.51.100.1, 192.0.2.7', self.received.get('X-Forwarded-For'))

    def test_repeated_headers_stay_repeated(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', headers={'X-Many': 'a,b', 'X-One': 'c,d'},
                 headers_raw=(('X-Many', 'a'), ('x-many', 'b'), ('X-One', 'c,d')))
        self.assertEqual(['a', 'b'], self.received.all('X-Many'))
        self.assertEqual(['c,d'], self.received.all('X-One'))

    def test_a_made_up_content_type_is_not_sent(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', CONTENT_TYPE='text/plain', headers_raw=())
        self.assertEqual([], self.received.all('Content-Type'))

    def test_the_request_id_goes_on_as_the_global_one(self):
        self.start(answer('200 OK', [('X-Openstack-Request-Id', 'req-theirs')]))
        resp = self.ask('GET', '/compute/v2.1/servers/x')
        self.assertEqual([self.received.get('X-OpenStack-Request-ID')],
                         resp.headers.getall('X-OpenStack-Request-ID'))
        mine = 'req-00000000-0000-4000-8000-000000000000'
        self.ask('GET', '/compute/v2.1/servers/x', headers={'X-OpenStack-Request-ID': mine})
        self.assertEqual([mine], self.received.all('X-OpenStack-Request-ID'))

    def test_a_folded_header_cannot_become_two(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', headers={'X-Folded': 'a\r\n X-Evil: 1'})
        self.assertEqual('a X-Evil: 1', self.received.get('X-Folded'))
        self.assertIsNone(self.received.get('X-Evil'))


class Slow(io.RawIOBase):
    """A body that must not be held: says how much of it was read ahead at most."""

    def __init__(self, size):
        self.left = size
        self.biggest = 0

    def read(self, size=-1):
        self.biggest = max(self.biggest, size)
        given = min(size, self.left, 10_000)
        self.left -= given
        return b'x' * given


class BodyTest(PassthroughTest):

    def test_body_with_a_length(self):
        self.start(answer('201 Created'))
        resp = self.ask('POST', '/compute/v2.1/servers', b'{"server": {}}',
                        CONTENT_TYPE='application/json')
        self.assertEqual(201, resp.status_int)
        self.assertEqual(b'{"server": {}}', self.received.body)
        self.assertEqual(['14'], self.received.all('Content-Length'))
        self.assertEqual(['application/json'], self.received.all('Content-Type'))

    def test_no_body(self):
        self.start(answer())
        self.ask('POST', '/compute/v2.1/servers/x/action')
        self.assertEqual(['0'], self.received.all('Content-Length'))
        self.ask('DELETE', '/compute/v2.1/servers/x')
        self.assertEqual([], self.received.all('Content-Length'))

    def test_a_long_body_streams(self):
        self.start(answer('204 No Content'))
        body = Slow(3_000_000)
        self.ask('PUT', '/image/v2/images/x/file', CONTENT_LENGTH='3000000',
                 **{'wsgi.input': body})
        self.assertEqual(3_000_000, len(self.received.body))
        self.assertLessEqual(body.biggest, 256 * 1024)

    def test_a_chunked_body_stays_chunked(self):
        self.start(answer('204 No Content'))
        self.ask('PUT', '/image/v2/images/x/file', headers={'Transfer-Encoding': 'chunked'},
                 **{'wsgi.input': Slow(25_000)})
        self.assertEqual(['chunked'], self.received.all('Transfer-Encoding'))
        self.assertEqual([], self.received.all('Content-Length'))
        self.assertEqual(b'x' * 25_000, self.received.body)
        self.assertEqual(b'2710\r\n', self.received.raw_body[:6])

    def test_a_body_that_breaks_off_is_not_completed(self):
        self.start(answer('204 No Content'))
        resp = self.ask('PUT', '/image/v2/images/x/file', CONTENT_LENGTH='200000',
                        **{'wsgi.input': Slow(150_000)})
        self.assertEqual(400, resp.status_int)
        wait_for(lambda: self.upstream.ended)
        self.assertEqual(b'', self.received.body)

    def test_a_get_with_a_body(self):
        self.start(answer())
        self.ask('GET', '/compute/v2.1/servers/x', b'{}')
        self.assertEqual(b'{}', self.received.body)

    def test_an_early_answer_ends_the_upload(self):
        def refuse(received, sock):
            return answer('413 Too Large', [('Connection', 'close')], b'too big')
        refuse.early = True
        self.start(refuse, answer())
        body = Slow(1 << 40)
        resp = self.ask('PUT', '/image/v2/images/x/file', CONTENT_LENGTH=str(1 << 40),
                        **{'wsgi.input': body})
        self.assertEqual((413, b'too big'), (resp.status_int, resp.body))
        self.ask('GET', '/compute/v2.1/servers/x')
        self.assertEqual(1, self.received.connection)


class ExpectTest(PassthroughTest):

    def expecting(self):
        return self.ask('PUT', '/image/v2/images/x/file', CONTENT_LENGTH='100000',
                        headers={'Expect': '100-continue'}, **{'wsgi.input': self.body})

    def setUp(self):
        super().setUp()
        self.body = Slow(100_000)

    def test_the_body_waits_for_100(self):
        def go_on(received, sock):
            read.append(self.body.left)
            sock.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')
            reader = sock.makefile('rb')
            received.body = reader.read(100_000)
            return answer('204 No Content')
        read = []
        go_on.early = True
        self.start(go_on)
        self.assertEqual(204, self.expecting().status_int)
        self.assertEqual('100-continue', self.received.get('Expect'))
        self.assertEqual([100_000], read)
        self.assertEqual(b'x' * 100_000, self.received.body)

    def test_a_refusal_is_handed_through_before_the_body_is_read(self):
        def refuse(received, sock):
            return answer('403 Forbidden', (), b'no')
        refuse.early = True
        self.start(refuse, answer())
        self.assertEqual(403, self.expecting().status_int)
        self.assertEqual(100_000, self.body.left)
        self.ask('GET', '/compute/v2.1/servers/x')
        self.assertEqual(1, self.received.connection)

    def test_an_upstream_that_hangs_up_instead(self):
        self.start(RESET)
        self.assertEqual(503, self.expecting().status_int)
