"""What broken and hostile clients send, over a socket: a clear error or a closed connection."""
import concurrent.futures
import hashlib
import json
import socket
import struct
import time

import fixtures
import testtools

from tests.fixtures import gateway, raw_http

APP = 'tests.fixtures.wsgi_app:make'
SHORT = {'server': {'header_timeout': 1, 'body_timeout': 1, 'write_timeout': 1}}
BLOCK = b'0123456789abcdef' * 4096


class Closing(fixtures.Fixture):
    """Closes a client in the end."""

    def __init__(self, client):
        super().__init__()
        self.client = client

    def _setUp(self):
        self.addCleanup(self.client.close)


class ServerTestCase(testtools.TestCase):
    """One server for all tests of a class."""

    config: dict = {}
    app: str | None = APP     # None: the gateway itself

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.served = (gateway.serving(cls.app, config=cls.config) if cls.app
                      else gateway.Gateway(config=cls.config))
        cls.served.setUp()

    @classmethod
    def tearDownClass(cls):
        cls.served.cleanUp()
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.port = self.served.port
        self.worker, = self.served.workers()

    def tearDown(self):
        self.assertEqual(200, raw_http.ask(self.port, b'GET /v3 HTTP/1.0\r\n\r\n').status,
                         'the server goes on')
        self.assertEqual([self.worker.pid], [one.pid for one in self.served.workers()],
                         'the worker lives')
        super().tearDown()

    def ask(self, *lines, body=b'', host=True, end=False):
        head = '\r\n'.join([lines[0], *(['Host: cloud'] if host else []), *lines[1:], '', ''])
        return raw_http.ask(self.port, head.encode('latin-1') + body, end=end)

    def assert_refused(self, status, answer):
        self.assertIsNotNone(answer, 'no answer')
        self.assertEqual(status, answer.status, answer)
        self.assertEqual('close', answer.headers['connection'])
        error = answer.json['error']
        self.assertEqual(status, error['code'])
        self.assertTrue(error['message'])


class MalformedTest(ServerTestCase):

    def test_request_lines(self):
        for line in ('GET', 'GET /', 'GET  / HTTP/1.1', 'GET / HTTP/1.1x', 'GET /a b HTTP/1.1',
                     'GET /\x00 HTTP/1.1', 'GET /a\tb HTTP/1.1', 'GET /\x1b HTTP/1.1',
                     'G\xc9T / HTTP/1.1', '\x16\x03\x01\x02\x00\x01', 'GET ../etc HTTP/1.1',
                     'GET http:///a HTTP/1.1', 'CONNECT cloud:443 HTTP/1.1'):
            self.assert_refused(400, self.ask(line))
        self.assert_refused(505, self.ask('PRI * HTTP/2.0'))

    def test_headers(self):
        for header in ('X-A : b', 'X-A: \x00', 'X-A: \x08', 'X-A: a\rb', 'X-A: a\nb', ' folded',
                       'X-A', ': a', 'Content-Length: +2', 'Content-Length: 1_0',
                       'Content-Length: -1', 'Content-Length: 0x1', 'Content-Length: ',
                       'Host: other', 'Content-Length: 1, 1'):
            self.assert_refused(400, self.ask('PUT /digest HTTP/1.1', header))
        self.assert_refused(400, self.ask('GET / HTTP/1.1', host=False))
        self.assert_refused(400, raw_http.ask(self.port, b'GET / HTTP/1.1\nHost: a\n\n\r\n\r\n'))

    def test_bodies_with_two_lengths(self):
        for headers in (('Content-Length: 5', 'Content-Length: 5'),
                        ('Content-Length: 5', 'Content-Length: 6'),
                        ('Content-Length: 5', 'Transfer-Encoding: chunked'),
                        ('Transfer-Encoding: chunked', 'Content-Length: 5')):
            self.assert_refused(400, self.ask('PUT /digest HTTP/1.1', *headers,
                                              body=b'0\r\n\r\nGET /pid HTTP/1.1\r\n\r\n'))
        self.assert_refused(501, self.ask('PUT /digest HTTP/1.1', 'Transfer-Encoding: gzip'))
        self.assert_refused(501, self.ask('PUT /digest HTTP/1.1',
                                          'Transfer-Encoding: chunked, chunked'))

    def test_nothing_follows_a_refused_request(self):
        with raw_http.Client(self.port) as client:
            client.send(b'PUT /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n'
                        b'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /pid HTTP/1.1\r\n'
                        b'Host: a\r\n\r\n')
            self.assert_refused(400, client.answer())
            self.assertTrue(client.closed())

    def test_huge_lengths(self):
        for length in ('9223372036854775808', '1' + '0' * 30, '1' + '0' * 5000):
            self.assert_refused(413, self.ask('PUT /digest HTTP/1.1', f'Content-Length: {length}'))
        # a length that is merely large is believed, and nothing is allocated for it
        answer = self.ask('PUT /unread HTTP/1.1', f'Content-Length: {10 ** 15}')
        self.assertEqual((403, 'close'), (answer.status, answer.headers['connection']))

    def test_chunks(self):
        for chunks in (b'+5\r\nabcde\r\n0\r\n\r\n', b'0x5\r\nabcde\r\n', b'5\r\nabcdeXX0\r\n\r\n',
                       b'ffffffffffffffffff\r\n', b'-1\r\n', b'zz\r\n', b'\r\n\r\n',
                       b'1;' + b'a' * 1000 + b'\r\n', b'0\r\n' + b'A: b\r\n' * 10000 + b'\r\n'):
            self.assert_refused(400, self.ask('PUT /digest HTTP/1.1', 'Transfer-Encoding: chunked',
                                              body=chunks + b'\r\n' * 200))

    def test_a_length_may_not_hide_a_second_request(self):
        with raw_http.Client(self.port) as client:
            client.send(b'PUT /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\n'
                        b'GET /pid HTTP/1.1\r\nHost: a\r\n\r\nGET /empty HTTP/1.1\r\n'
                        b'Host: a\r\n\r\n')
            self.assertEqual(403, client.answer().status)
            self.assertEqual(204, client.answer().status)


class FormsTest(ServerTestCase):
    """Rare, but right."""

    def test_the_absolute_form(self):
        answer = self.ask('GET http://elsewhere:81/a%2Fb?c=d HTTP/1.1')
        self.assertEqual(('/a/b', '/a%2Fb', 'c=d', 'elsewhere:81'), tuple(
            answer.json[key] for key in ('PATH_INFO', 'RAW_PATH_INFO', 'QUERY_STRING',
                                         'HTTP_HOST')))

    def test_an_unknown_host(self):
        self.assertEqual('unknown.example', self.ask(
            'GET / HTTP/1.1', 'Host: unknown.example', host=False).json['HTTP_HOST'])

    def test_old_clients(self):
        answer = self.ask('GET / HTTP/1.0', host=False)
        self.assertEqual((200, 'close'), (answer.status, answer.headers['connection']))
        with raw_http.Client(self.port) as client:
            for _ in range(2):
                client.send(b'GET /pid HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')
                self.assertEqual('keep-alive', client.answer().headers['connection'])
            client.send(b'GET /stream/1/no HTTP/1.0\r\n\r\n')
            answer = client.answer()
            self.assertNotIn('transfer-encoding', answer.headers)
            self.assertEqual(BLOCK, client._file.read())

    def test_requests_in_a_row(self):
        with raw_http.Client(self.port) as client:
            client.send(b'\r\n' + b'GET /pid HTTP/1.1\r\nHost: a\r\n\r\n' * 50
                        + b'PUT /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc'
                        + b'GET /pid HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
            answers = [client.answer() for _ in range(52)]
            self.assertEqual({200}, {answer.status for answer in answers})
            self.assertTrue(answers[50].body.startswith(b'3 '))
            self.assertTrue(client.closed())

    def test_a_head_in_many_pieces(self):
        with raw_http.Client(self.port) as client:
            for byte in b'GET /pid HTTP/1.1\r\nHost: a\r\n\r\n':
                client.send(bytes([byte]))
            self.assertEqual(200, client.answer().status)

    def test_no_body_where_none_belongs(self):
        with raw_http.Client(self.port) as client:
            client.send(b'HEAD /stream/1 HTTP/1.1\r\nHost: a\r\n\r\n')
            self.assertEqual('65536', client.answer(bodyless=True).headers['content-length'])
            client.send(b'GET /empty HTTP/1.1\r\nHost: a\r\n\r\n')
            answer = client.answer()
            self.assertEqual(204, answer.status)
            self.assertNotIn('content-length', answer.headers)
            self.assertNotIn('transfer-encoding', answer.headers)
            client.send(b'HEAD /pid HTTP/1.1\r\nHost: a\r\n\r\n'
                        b'GET /empty HTTP/1.1\r\nHost: a\r\n\r\n')
            self.assertEqual([200, 204], [client.answer(bodyless=True).status for _ in range(2)])

    def test_leave_to_continue(self):
        with raw_http.Client(self.port) as client:
            client.send(b'PUT /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n'
                        b'Expect: 100-continue\r\n\r\n')
            self.assertEqual(100, client.answer().status)
            client.send(b'abc')
            answer = client.answer()
            self.assertEqual((200, b'3 '), (answer.status, answer.body[:2]))
            client.send(b'PUT /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n'
                        b'Expect: 100-continue\r\n\r\n')
            answer = client.answer()
            self.assertEqual((403, 'close'), (answer.status, answer.headers['connection']))
            self.assertTrue(client.closed())

    def test_chunks_of_one_byte(self):
        data = b'1\r\na\r\n' * 200_000 + b'0\r\n\r\n'
        answer = self.ask('PUT /digest HTTP/1.1', 'Transfer-Encoding: chunked', body=data)
        self.assertEqual(b'200000 ', answer.body[:7])

    def test_uploads_and_downloads(self):
        body = BLOCK * 100
        digest = hashlib.sha256(body).hexdigest().encode()
        answer = self.ask('PUT /digest HTTP/1.1', f'Content-Length: {len(body)}', body=body)
        self.assertEqual(b'%d %s' % (len(body), digest), answer.body)
        chunks = b''.join(b'%x\r\n%s\r\n' % (len(part), part) for part in (
            body[at:at + 50_001] for at in range(0, len(body), 50_001))) + b'0\r\n\r\n'
        answer = self.ask('PUT /digest HTTP/1.1', 'Transfer-Encoding: chunked', body=chunks)
        self.assertEqual(b'%d %s' % (len(body), digest), answer.body)
        for announced in ('yes', 'no'):
            answer = self.ask(f'GET /stream/100/{announced} HTTP/1.1')
            self.assertEqual(digest, hashlib.sha256(answer.body).hexdigest().encode())


class LimitsTest(ServerTestCase):

    config = {'server': {'max_body_size': 100_000}}

    def test_long_urls(self):
        self.assert_refused(414, self.ask(f'GET /{"a" * 20_000} HTTP/1.1'))
        # refused before it has arrived
        with raw_http.Client(self.port) as client:
            client.send(b'GET /' + b'a' * 50_000)
            self.assert_refused(414, client.answer())
        self.assert_refused(414, self.ask(f'GET /{"a" * 10_000_000} HTTP/1.1'))
        self.assertEqual(200, self.ask(f'GET /{"a" * 10_000} HTTP/1.1').status)

    def test_many_headers(self):
        self.assert_refused(431, self.ask('GET / HTTP/1.1', *(f'X-{n}: a' for n in range(5000))))
        self.assert_refused(431, self.ask('GET / HTTP/1.1', 'X-A: ' + 'a' * 200_000))
        with raw_http.Client(self.port) as client:
            client.send(b'GET / HTTP/1.1\r\nHost: a\r\n' + b'X-A: b\r\n' * 1_000_000)
            self.assert_refused(431, client.answer())
        self.assertEqual(200, self.ask('GET / HTTP/1.1', 'X-Auth-Token: ' + 'a' * 16_000).status)

    def test_large_bodies(self):
        self.assert_refused(413, self.ask('PUT /digest HTTP/1.1', 'Content-Length: 100001'))
        self.assert_refused(413, self.ask('PUT /digest HTTP/1.1', 'Transfer-Encoding: chunked',
                                          body=b'ffff\r\n' + b'a' * 65535 + b'\r\n'
                                               b'ffff\r\n' + b'a' * 65535 + b'\r\n0\r\n\r\n'))
        self.assertEqual(200, self.ask('PUT /digest HTTP/1.1', 'Content-Length: 100000',
                                       body=b'a' * 100_000).status)


class CrowdTest(ServerTestCase):

    config = {'server': {'max_connections': 3}}

    def test_idle_connections_make_room(self):
        clients = [self.useFixture(Closing(raw_http.Client(self.port))).client for _ in range(3)]
        for client in clients:
            client.send(b'GET /pid HTTP/1.1\r\nHost: a\r\n\r\n')
            self.assertEqual(200, client.answer().status)
        # the fourth waits until the others have been idle for a second
        self.assertEqual(200, self.ask('GET /pid HTTP/1.1').status)
        self.assertTrue(any(client.closed() for client in clients))


class BrokenApplicationTest(ServerTestCase):

    def test_an_error_before_the_first_byte(self):
        answer = self.ask('GET /raising HTTP/1.1')
        self.assertEqual(500, answer.status)
        self.assertNotIn(b'secret', answer.body)
        self.assertEqual(500, self.ask('GET /splitting HTTP/1.1').status)
        self.assertIn('the secret of the machine room', self.served.log)

    def test_an_error_after_it_breaks_the_answer(self):
        with raw_http.Client(self.port) as client:
            client.send(b'GET /broken/10 HTTP/1.1\r\nHost: a\r\n\r\n')
            self.assertEqual(b'12345', client.answer().body)
            self.assertTrue(client.closed())
        with raw_http.Client(self.port) as client:
            client.send(b'GET /broken/chunked HTTP/1.1\r\nHost: a\r\n\r\n')
            self.assertRaises(ValueError, client.answer)    # no last chunk
        with raw_http.Client(self.port) as client:
            # no length and no chunks: a reset is all that tells the end from a break
            client.send(b'GET /broken/chunked HTTP/1.0\r\n\r\n')
            self.assertRaises(ConnectionResetError, client._file.read)

    def test_answers_of_another_length_than_announced(self):
        for path in ('short', 'long'):
            with raw_http.Client(self.port) as client:
                client.send(b'GET /%s HTTP/1.1\r\nHost: a\r\n\r\n' % path.encode())
                client.answer()
                self.assertTrue(client.closed())


class SlowTest(ServerTestCase):

    config = SHORT

    def test_a_head_that_does_not_come(self):
        with raw_http.Client(self.port) as client:
            self.assertTrue(client.closed())

    def test_a_head_that_comes_drop_by_drop(self):
        with raw_http.Client(self.port) as client:
            client.send(b'GET / HTTP/1.1\r\nX-A: ')
            self.assert_refused(408, self.drop_by_drop(client, b'a'))

    def drop_by_drop(self, client, drop):
        """Send a little now and then; return the answer."""
        deadline = time.monotonic() + 20
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(client.answer)
            while not answer.done() and time.monotonic() < deadline:
                client.send(drop)
                time.sleep(0.1)
            return answer.result()

    def test_a_body_that_stops(self):
        for head in ('Content-Length: 10', 'Transfer-Encoding: chunked'):
            with raw_http.Client(self.port) as client:
                client.send(f'PUT /digest HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n5\r\nab'.encode())
                self.assert_refused(408, client.answer())
                self.assertTrue(client.closed())

    def test_a_body_that_comes_drop_by_drop(self):
        for head, drop in (('Content-Length: 1000', b'a'),
                           ('Transfer-Encoding: chunked', b'1\r\na\r\n')):
            with raw_http.Client(self.port) as client:
                client.send(f'PUT /digest HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n'.encode())
                self.assert_refused(408, self.drop_by_drop(client, drop))

    def test_a_half_sent_body(self):
        for head in ('Content-Length: 10', 'Transfer-Encoding: chunked'):
            answer = self.ask('PUT /digest HTTP/1.1', head, body=b'5\r\nab', end=True)
            self.assert_refused(400, answer)

    def test_a_body_nobody_reads(self):
        with raw_http.Client(self.port) as client:
            client.send(b'PUT /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab')
            self.assertEqual(403, client.answer().status)
            self.assertTrue(client.closed())

    def test_a_client_that_does_not_read(self):
        with socket.create_connection(('127.0.0.1', self.port)) as sock:
            sock.sendall(b'GET /stream/100000/no HTTP/1.1\r\nHost: a\r\n\r\n')
            # its line of the access log comes when the server has given up
            gateway.wait_for(lambda: '/stream/100000/no' in self.served.log)

    def test_clients_that_vanish(self):
        for _ in range(50):
            sock = socket.create_connection(('127.0.0.1', self.port))
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            sock.sendall(b'GET /stream/1000 HTTP/1.1\r\nHost: a\r\n\r\n')
            sock.close()
        self.assertNotIn('Traceback', self.served.log)


class MemoryTest(ServerTestCase):

    def test_it_stays_flat(self):
        self.hammer(5)
        before = self.worker.memory_info().rss
        self.hammer(30)
        grown = self.worker.memory_info().rss - before
        self.assertLess(grown, 8 * 2 ** 20)

    def hammer(self, times):
        """All that takes memory in a careless server, `times` times."""
        for _ in range(times):
            self.ask(f'GET /{"a" * 1_000_000} HTTP/1.1')
            self.ask('GET / HTTP/1.1', *(f'X-{n}: a' for n in range(5000)))
            self.ask('GET / HTTP/1.1', *(f'X-{n}-{time.monotonic_ns()}: a' for n in range(150)))
            self.ask('PUT /digest HTTP/1.1', 'Transfer-Encoding: chunked', body=b'f' * 100_000)
            self.ask('PUT /digest HTTP/1.1', f'Content-Length: {2 ** 40}', body=BLOCK * 20,
                     end=True)
            self.ask('PUT /unread HTTP/1.1', f'Content-Length: {2 ** 40}', body=BLOCK * 20)
            with socket.create_connection(('127.0.0.1', self.port)) as sock:
                sock.sendall(b'GET /stream/10000 HTTP/1.1\r\nHost: a\r\n\r\n')
                sock.recv(1000)


class DialectTest(ServerTestCase):
    """Where the path says which service is meant, the error is that service's."""

    app = None
    config = {name: {'driver': 'tests.fixtures.idle_driver'}
              for name in ('compute', 'image', 'network', 'volume', 'baremetal')}

    def test_each_service(self):
        bad = 'Content-Length: +1'
        for path, key in (('/identity/v3', 'error'), ('/v3/users', 'error'), ('/', 'error'),
                          ('/compute/v2.1', 'badRequest'), ('/volume/v3/', 'badRequest'),
                          ('/network', 'NeutronError'), ('/baremetal/v1', 'error_message')):
            answer = self.ask(f'POST {path} HTTP/1.1', bad)
            self.assertEqual(400, answer.status)
            self.assertEqual([key], list(answer.json), path)
        answer = self.ask('POST /image/v2/images HTTP/1.1', bad)
        self.assertIn(b'Content-Length is not a number.', answer.body)
        self.assertNotIn('json', answer.headers['content-type'])

    def test_paths(self):
        for path in ('%00', 'a%0Ab', '%7f', '%ff%fe', '%C3', '\xff'):
            answer = self.ask(f'GET /compute/v2.1/{path} HTTP/1.1')
            self.assertEqual((400, ['badRequest']), (answer.status, list(answer.json)), path)
            answer = self.ask(f'GET /v3/{path} HTTP/1.1')
            self.assertEqual((400, ['error']), (answer.status, list(answer.json)), path)

    def post_token(self, body, content_type='application/json'):
        return self.ask('POST /v3/auth/tokens HTTP/1.1', f'Content-Type: {content_type}',
                        f'Content-Length: {len(body)}', 'Connection: close', body=body)

    def test_bodies_that_are_not_json(self):
        for body in (b'', b'{', b'[]', b'"a"', b'null', b'{"auth": NaN}', b'{"auth": 1, "auth": 2}',
                     b'{"auth": {"identity": Infinity}}', b'\xff\xfe', b'{"auth": "\\ud800"}',
                     b'{"auth": ' + b'[' * 1000 + b']' * 1000 + b'}',
                     b'{"auth": ' + b'{"a": ' * 100_000 + b'1' + b'}' * 100_000 + b'}',
                     b'{"auth": []}', b'{"auth": {"identity": "a"}}', b'{"auth": 1e999}',
                     b'{"auth": "\\u0000"}', b'{}x'):
            answer = self.post_token(body)
            self.assertEqual(400, answer.status, body[:50])
            self.assertEqual(400, answer.json['error']['code'])

    def test_too_much_json(self):
        answer = self.post_token(json.dumps({'auth': 'a' * 10 * 2 ** 20}).encode())
        self.assertEqual(413, answer.status)
        self.assertEqual(413, answer.json['error']['code'])

    def test_the_worker_survives_it_all_at_its_size(self):
        deep = b'{"auth": ' + b'[' * 400_000 + b']' * 400_000 + b'}'
        large = json.dumps({'auth': 'a' * 10 * 2 ** 20}).encode()
        for _ in range(3):
            self.post_token(deep)
            self.post_token(large)
        before = self.worker.memory_info().rss
        for _ in range(15):
            self.post_token(deep)
            self.post_token(large)
        self.assertLess(self.worker.memory_info().rss - before, 8 * 2 ** 20)
