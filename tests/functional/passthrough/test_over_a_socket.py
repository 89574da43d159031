"""The whole way as bytes: a raw client, `jumpgate serve`, a scripted upstream."""
import threading

import testtools

from tests.fixtures import raw_http
from tests.fixtures.gateway import Gateway
from tests.fixtures.polling import wait_for
from tests.fixtures.scripted_upstream import ScriptedUpstream, answer, chunked
from tests.functional.passthrough.base import SERVICES, drivers


class SocketTest(testtools.TestCase):
    """One gateway and one upstream for the class; each test says what the upstream answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.upstream = ScriptedUpstream()
        cls.upstream.setUp()
        cls.addClassCleanup(cls.upstream.cleanUp)
        urls = ''.join(f'{name}_endpoint = {cls.upstream.url}\n' for name in SERVICES)
        cls.gateway = Gateway(drivers(**dict.fromkeys(SERVICES, True))
                              + f'[openstack]\ntokens = forward\nread_timeout = 20\n{urls}')
        cls.gateway.setUp()
        cls.addClassCleanup(cls.gateway.cleanUp)

    def setUp(self):
        super().setUp()
        self.upstream.requests.clear()

    def upstream_answers(self, *replies):
        self.upstream._answers[:] = replies

    def connect(self):
        client = raw_http.Client(self.gateway.port)
        self.addCleanup(client.close)
        return client

    def ask(self, verb, target, *headers, body=b'', bodyless=False):
        client = self.connect()
        client.send(self.request(verb, target, *headers) + body)
        return client.answer(bodyless=bodyless)

    def request(self, verb, target, *headers):
        lines = [f'{verb} {target} HTTP/1.1', f'Host: 127.0.0.1:{self.gateway.port}',
                 'X-Auth-Token: t', *headers, '', '']
        return '\r\n'.join(lines).encode()

    @property
    def received(self):
        return self.upstream.requests[-1]

    def test_targets(self):
        self.upstream_answers(answer())
        for target in ('/v2.1/servers?', '/v2.1/servers?a=&b&c=1&c=2', '/v2.1/servers/%2e%2e/x',
                       '/v2.1/servers/a%2Fb%2fc', '/v2.1/%E2%82%AC?q=%e2%82%ac', '/v2.1//x/',
                       '/v2.1/a:b@c!$&\'()*+,;=~', '/v2.1/servers?x=%00%zz'):
            self.assertEqual(200, self.ask('GET', '/compute' + target).status, target)
            self.assertEqual(target, self.received.target)

    def test_repeated_headers_both_ways(self):
        self.upstream_answers(answer('200 OK', [('Set-Cookie', 'a=1'), ('Set-Cookie', 'b=2')]))
        client = self.connect()
        client.send(self.request('GET', '/compute/v2.1/servers/x', 'X-Many: 1', 'X-Many: 2',
                             'Cookie: c=3', 'X-Project-Id: forged', 'Connection: close'))
        raw = client._file.read()
        self.assertEqual(['1', '2'], self.received.all('X-Many'))
        self.assertEqual(['c=3'], self.received.all('Cookie'))
        self.assertEqual([], self.received.all('X-Project-Id'))
        self.assertEqual([], self.received.all('Content-Type'))
        self.assertIn(b'Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n', raw)

    def test_answers_without_a_body_keep_the_connection(self):
        self.upstream_answers(
            answer('204 No Content', length=False), answer('304 Not Modified', length=False),
            answer('200 OK', [('Content-Length', '77')], length=False),
            answer('302 Found', [('Location', self.upstream.url + '/v2.1/x')]), answer())
        client = self.connect()
        seen = []
        for verb in ('DELETE', 'GET', 'HEAD', 'GET', 'GET'):
            client.send(self.request(verb, '/compute/v2.1/servers/x'))
            seen.append(client.answer(bodyless=verb == 'HEAD' or len(seen) < 2))
        self.assertEqual([204, 304, 200, 302, 200], [one.status for one in seen])
        self.assertEqual('77', seen[2].headers['content-length'])
        self.assertEqual(f'{self.gateway.url}/compute/v2.1/x', seen[3].headers['location'])

    def test_chunked_both_ways(self):
        self.upstream_answers(chunked(b'one', b'two' * 50_000))
        reply = self.ask('PUT', '/image/v2/images/x/file', 'Transfer-Encoding: chunked',
                         body=b'3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n')
        self.assertEqual(b'one' + b'two' * 50_000, reply.body)
        self.assertEqual(b'abcde', self.received.body)
        self.assertEqual(['chunked'], self.received.all('Transfer-Encoding'))

    def test_expect_100_continue(self):
        def go_on(received, sock):
            sock.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')
            received.body = sock.makefile('rb').read(100_000)
            return answer('201 Created')
        go_on.early = True
        self.upstream_answers(go_on)
        client = self.connect()
        client.send(self.request('PUT', '/image/v2/images/x/file', 'Content-Length: 100000',
                             'Expect: 100-continue'))
        self.assertEqual(100, client.answer(bodyless=True).status)
        client.send(b'x' * 100_000)
        self.assertEqual(201, client.answer().status)
        self.assertEqual(b'x' * 100_000, self.received.body)

    def test_expect_100_continue_and_a_refusal(self):
        def refuse(received, sock):
            return answer('409 Conflict', (), b'no')
        refuse.early = True
        self.upstream_answers(refuse)
        reply = self.ask('PUT', '/image/v2/images/x/file', 'Content-Length: 100000',
                         'Expect: 100-continue')
        self.assertEqual((409, b'no'), (reply.status, reply.body))

    def test_a_body_that_breaks_off_is_seen_to_break(self):
        for headers in (['Content-Length: 500000'], ['Transfer-Encoding: chunked']):
            piece = b'x' * 200_000
            if 'chunked' in headers[0]:
                piece = b'%x\r\n%b\r\n' % (len(piece), piece)
            self.upstream_answers(
                b'HTTP/1.1 200 OK\r\nConnection: close\r\n' + headers[0].encode() + b'\r\n\r\n'
                + piece)
            client = self.connect()
            client.send(self.request('GET', '/image/v2/images/x/file'))
            raw = b''
            try:
                while data := client._file.read1(65536):
                    raw += data
            except ConnectionResetError:
                pass
            self.assertIn(b' 200 OK', raw[:20])
            self.assertLess(raw.count(b'x'), 400_000)
            self.assertNotIn(b'\r\n0\r\n', raw)

    def test_a_silent_upstream_holds_up_nobody_else(self):
        let_go = threading.Event()
        self.addCleanup(let_go.set)

        def wait(received, sock):
            let_go.wait(15)
            return answer('200 OK', (), b'late')
        self.upstream_answers(wait, answer('200 OK', (), b'quick'))
        slow = self.connect()
        slow.send(self.request('GET', '/compute/v2.1/servers/x'))
        wait_for(lambda: self.upstream.requests)
        for _ in range(5):
            self.assertEqual(b'quick', self.ask('GET', '/compute/v2.1/servers/y').body)
        let_go.set()
        self.assertEqual(b'late', slow.answer().body)

    def test_a_client_that_leaves_frees_the_upstream(self):
        def endless(received, sock):
            sock.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
            while True:
                sock.sendall(b'4000\r\n' + b'x' * 0x4000 + b'\r\n')
        self.upstream_answers(endless)
        client = self.connect()
        client.send(self.request('GET', '/image/v2/images/x/file'))
        client._file.read(100_000)
        ended = self.upstream.ended
        client.close()
        wait_for(lambda: self.upstream.ended > ended)

    def test_connections_are_shared(self):
        self.upstream_answers(answer('200 OK', (), b'x'))
        before = self.upstream.connections
        clients = [self.connect() for _ in range(4)]
        for _ in range(25):
            for client in clients:
                client.send(self.request('GET', '/compute/v2.1/servers/x'))
            for client in clients:
                self.assertEqual(200, client.answer().status)
        self.assertLessEqual(self.upstream.connections - before, 8)
