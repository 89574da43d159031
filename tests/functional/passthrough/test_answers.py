"""What comes back to the client: statuses, headers, bodies, and what goes wrong with them."""

from testtools.matchers import HasLength

from jumpgate.common import errors
from tests.fixtures.scripted_upstream import HANG_UP, RESET, answer, chunked
from tests.functional.passthrough.base import PassthroughTest, drivers

SHOW = '/compute/v2.1/servers/x'


class StatusTest(PassthroughTest):

    def test_statuses_are_handed_through(self):
        for status in ('200 OK', '201 Created', '202 Accepted', '300 Multiple Choices',
                       '301 Moved Permanently', '400 Bad Request', '404 Not Found',
                       '409 Conflict', '410 Gone', '418 Own Words', '500 Oops', '501 Not So'):
            self.start(answer(status, (), b'body'))
            resp = self.ask('GET', SHOW)
            self.assertEqual((status, b'body'), (resp.status, resp.body))

    def test_answers_without_a_body_leave_the_connection_usable(self):
        self.start(answer('204 No Content', length=False),
                   answer('304 Not Modified', [('Content-Length', '10'), ('ETag', '"x"')],
                          length=False),
                   answer('200 OK', [('Content-Length', '5000')], length=False),
                   answer('200 OK', (), b'last'))
        self.assertEqual((204, b''), self.seen('GET'))
        self.assertEqual((304, b''), self.seen('GET'))
        resp = self.ask('HEAD', SHOW)
        self.assertEqual('5000', resp.headers['Content-Length'])
        self.assertEqual((200, b'last'), self.seen('GET'))
        self.assertEqual(1, self.upstream.connections)

    def seen(self, verb):
        resp = self.ask(verb, SHOW)
        return resp.status_int, resp.body

    def test_an_answer_without_a_reason(self):
        self.start(b'HTTP/1.1 201\r\nContent-Length: 0\r\n\r\n')
        self.assertEqual('201 Created', self.ask('GET', SHOW).status)

    def test_interim_answers_are_passed_over(self):
        self.start(b'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'
                   + answer('200 OK', (), b'real'))
        resp = self.ask('GET', SHOW)
        self.assertEqual((200, b'real'), (resp.status_int, resp.body))
        self.assertNotIn('Link', resp.headers)


class HeadersTest(PassthroughTest):

    def test_repeats_are_kept_and_hop_by_hop_headers_dropped(self):
        self.start(answer('200 OK', [
            ('Set-Cookie', 'a=1'), ('Set-Cookie', 'b=2'), ('Vary', 'X-Auth-Token'),
            ('Connection', 'keep-alive, X-Private'), ('X-Private', '1'),
            ('Keep-Alive', 'timeout=5'),
            ('X-Openstack-Request-Id', 'req-theirs'), ('Server', 'theirs')], b'x'))
        resp = self.ask('GET', SHOW)
        self.assertEqual(['a=1', 'b=2'], resp.headers.getall('Set-Cookie'))
        self.assertEqual(['theirs'], resp.headers.getall('Server'))
        self.assertEqual(['1'], resp.headers.getall('Content-Length'))
        for name in ('Connection', 'X-Private', 'Keep-Alive'):
            self.assertNotIn(name, resp.headers)

    def test_folded_header_is_one_line(self):
        self.start(b'HTTP/1.1 200 OK\r\nX-Long: a\r\n  b\r\nContent-Length: 0\r\n\r\n')
        self.assertEqual('a b', self.ask('GET', SHOW).headers['X-Long'])

    def test_nonsense_is_502(self):
        for head in (b'SSH-2.0-OpenSSH\r\n\r\n', b'HTTP/1.1 abc\r\n\r\n', b'HTTP/2 200 OK\r\n\r\n',
                     b'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
                     b'HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n',
                     b'HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 0\r\n\r\n',
                     b'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n',
                     b'HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello',
                     b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
                     b'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n',
                     b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'):
            self.start(head)
            resp = self.ask('GET', SHOW)
            self.assertEqual(502, resp.status_int, head)
            self.assertIn('computeFault', resp.json)


class BodyTest(PassthroughTest):

    def test_chunked_with_extensions_and_trailers(self):
        self.start(chunked(b'one ', b'two', trailer=b'X-Sum: 1\r\n'),
                   b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
                   b'3;ext=1\r\nabc\r\n0\r\n\r\n', answer('200 OK', (), b'next'))
        resp = self.ask('GET', SHOW)
        self.assertEqual(b'one two', resp.body)
        self.assertNotIn('Transfer-Encoding', resp.headers)
        self.assertEqual(b'abc', self.ask('GET', SHOW).body)
        self.assertEqual(b'next', self.ask('GET', SHOW).body)
        self.assertEqual(1, self.upstream.connections)

    def test_until_the_connection_closes(self):
        self.start(answer('200 OK', [('Connection', 'close')], b'all of it', length=False))
        self.assertEqual(b'all of it', self.ask('GET', SHOW).body)

    def test_http_1_0(self):
        self.start(b'HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold')
        self.assertEqual(b'old', self.ask('GET', SHOW).body)
        self.assertEqual(b'old', self.ask('GET', SHOW).body)
        self.assertEqual(2, self.upstream.connections)

    def test_a_long_body_streams_and_the_connection_is_used_again(self):
        self.start(answer('200 OK', (), b'x' * 1_000_000), answer('200 OK', (), b'next'))
        resp = self.ask('GET', '/image/v2/images/x/file')
        pieces = list(resp.app_iter)
        self.assertEqual(b'x' * 1_000_000, b''.join(pieces))
        self.assertLessEqual(max(map(len, pieces)), 128 * 1024)
        self.assertEqual(b'next', self.ask('GET', SHOW).body)
        self.assertEqual(1, self.upstream.connections)

    def test_a_long_body_that_breaks_off_raises(self):
        self.start(answer('200 OK', [('Content-Length', '900000'), ('Connection', 'close')],
                          b'x' * 500_000, length=False))
        resp = self.ask('GET', '/image/v2/images/x/file')
        self.assertEqual('900000', resp.headers['Content-Length'])
        self.assertRaises(errors.Error, list, resp.app_iter)

    def test_a_chunked_body_that_breaks_off_raises(self):
        for rest in (b'', b'10', b'10\r\nabc', b'-1\r\n', b'zz\r\n', b'3\r\nabcX\r\n'):
            self.start(answer('200 OK', [('Transfer-Encoding', 'chunked'),
                                         ('Connection', 'close')], length=False)
                       + b'3\r\nabc\r\n' + rest)
            resp = self.ask('GET', SHOW)
            self.assertRaises(errors.Error, list, resp.app_iter)

    def test_a_client_that_leaves_costs_the_connection(self):
        self.start(answer('200 OK', (), b'x' * 1_000_000), answer('200 OK', (), b'next'))
        resp = self.ask('GET', '/image/v2/images/x/file')
        next(iter(resp.app_iter))
        resp.app_iter.close()
        self.assertEqual(b'next', self.ask('GET', SHOW).body)
        self.assertEqual(2, self.upstream.connections)

    def test_more_than_the_length_does_not_become_the_next_answer(self):
        self.start(answer('200 OK', [('Content-Length', '3')], b'oneHTTP/1.1 200 OK\r\n'
                          b'Content-Length: 4\r\n\r\nevil', length=False),
                   answer('200 OK', (), b'next'))
        self.assertEqual(b'one', self.ask('GET', SHOW).body)
        self.assertEqual(b'next', self.ask('GET', SHOW).body)
        self.assertEqual(2, self.upstream.connections)

    def test_a_length_beside_chunked_is_not_believed_twice(self):
        self.start(chunked(b'abc', headers=[('Content-Length', '100')]),
                   answer('200 OK', (), b'next'))
        resp = self.ask('GET', SHOW)
        self.assertEqual(b'abc', resp.body)
        self.assertNotEqual('100', resp.headers.get('Content-Length'))
        self.assertEqual(b'next', self.ask('GET', SHOW).body)
        self.assertEqual(2, self.upstream.connections)


class FailureTest(PassthroughTest):
    """Never 404, never a guess, always the service's own dialect."""

    def test_dead(self):
        for path, key in (('/compute/v2.1/servers', 'serviceUnavailable'),
                          ('/identity/v3/users', 'error'),
                          ('/network/v2.0/networks', 'NeutronError')):
            self.start()
            self.upstream.stop()
            resp = self.ask('GET', path)
            self.assertEqual(503, resp.status_int)
            self.assertIn(key, resp.json)
            self.assertIn('Retry-After', resp.headers)
            self.assertThat(self.slept, HasLength(3))

    def test_a_dead_one_is_asked_to_change_things_once(self):
        self.start()
        self.upstream.stop()
        self.assertEqual(503, self.ask('POST', '/compute/v2.1/servers', b'{}').status_int)
        self.assertEqual([], self.slept)

    def test_slow(self):
        def silent(received, sock):
            sock.recv(1)
        self.options = 'read_timeout = 0.1\n'
        for verb in ('GET', 'POST'):
            self.start(silent)
            resp = self.ask(verb, SHOW)
            self.assertEqual(504, resp.status_int)
            self.assertIn('computeFault', resp.json)
            self.assertThat(self.upstream.requests, HasLength(1))

    def test_an_unknown_name(self):
        self.start(config=drivers(identity=True) +
                   '[openstack]\ntokens = forward\nretries = 0\n'
                          'identity_endpoint = http://no-such-host.invalid:5000\n')
        resp = self.ask('GET', '/identity/v3/users')
        self.assertEqual(503, resp.status_int)
        self.assertNotIn('no-such-host', resp.text)

    def test_nothing_but_get_and_head_is_repeated(self):
        for verb in ('POST', 'PUT', 'PATCH', 'DELETE'):
            for failure in (HANG_UP, RESET):
                self.start(failure)
                resp = self.ask(verb, SHOW, b'{}')
                self.assertEqual(503, resp.status_int)
                self.assertThat(self.upstream.requests, HasLength(1))
            for status in ('429 Slow', '502 Bad', '503 Off', '504 Late'):
                self.start(answer(status, [('Retry-After', '0')], b'theirs'))
                resp = self.ask(verb, SHOW, b'{}')
                self.assertEqual(status, resp.status)
                self.assertThat(self.upstream.requests, HasLength(1))

    def test_a_get_with_a_body_is_not_repeated(self):
        self.start(HANG_UP)
        self.assertEqual(503, self.ask('GET', SHOW, b'{}').status_int)
        self.assertThat(self.upstream.requests, HasLength(1))


class RetryTest(PassthroughTest):

    def test_transient_answers(self):
        for status in ('429 Slow', '502 Bad', '503 Off', '504 Late'):
            for verb in ('GET', 'HEAD'):
                self.start(answer(status), answer(status), answer('200 OK'))
                self.assertEqual(200, self.ask(verb, SHOW).status_int)
                self.assertThat(self.slept, HasLength(2))
                self.assertLess(self.slept[0], self.slept[1] * 2)

    def test_broken_connections(self):
        self.start(HANG_UP, RESET, answer('200 OK', (), b'there'))
        self.assertEqual(b'there', self.ask('GET', SHOW).body)
        self.assertThat(self.slept, HasLength(2))

    def test_a_short_body_that_breaks_off(self):
        broken = answer('200 OK', [('Content-Length', '10'), ('Connection', 'close')], b'abc',
                        length=False)
        self.start(broken, answer('200 OK', (), b'whole'))
        self.assertEqual(b'whole', self.ask('GET', SHOW).body)

    def test_retry_after_is_obeyed(self):
        self.start(answer('429 Slow', [('Retry-After', '2')]), answer('200 OK'))
        self.assertEqual(200, self.ask('GET', SHOW).status_int)
        self.assertEqual([2.0], self.slept)

    def test_a_longer_retry_after_is_the_clients_business(self):
        self.start(answer('429 Slow', [('Retry-After', '30')], b'theirs'))
        resp = self.ask('GET', SHOW)
        self.assertEqual((429, b'theirs', '30'),
                         (resp.status_int, resp.body, resp.headers['Retry-After']))
        self.assertEqual([], self.slept)

    def test_the_budget_ends(self):
        self.start(answer('503 Off', (), b'theirs'), options='retries = 2\n')
        resp = self.ask('GET', SHOW)
        self.assertEqual((503, b'theirs'), (resp.status_int, resp.body))
        self.assertIn('Retry-After', resp.headers)
        self.assertThat(self.upstream.requests, HasLength(3))

    def test_seconds_are_bounded_too(self):
        self.start(answer('429 Slow', [('Retry-After', '2')]), options='retries = 9\n')
        self.assertEqual(429, self.ask('GET', SHOW).status_int)
        self.assertEqual([2.0, 2.0], self.slept)


class PoolTest(PassthroughTest):

    def test_one_connection_serves_many(self):
        self.start(answer('200 OK', (), b'x'))
        for _ in range(5):
            self.ask('GET', SHOW)
            self.ask('POST', '/compute/v2.1/servers', b'{}')
        self.assertEqual(1, self.upstream.connections)

    def test_a_connection_that_was_closed_meanwhile_is_noticed(self):
        self.start(answer('200 OK', (), b'x'))
        self.ask('GET', SHOW)
        self.upstream.drop()
        resp = self.ask('POST', '/compute/v2.1/servers', b'{}')
        self.assertEqual(200, resp.status_int)
        self.assertEqual(2, self.upstream.connections)
        self.assertEqual([], self.slept)

    def test_a_get_on_a_stale_connection_is_tried_anew_at_once(self):
        self.start(answer('200 OK', (), b'x'), HANG_UP, answer('200 OK', (), b'y'))
        self.ask('GET', SHOW)
        self.assertEqual(b'y', self.ask('GET', SHOW).body)
        self.assertEqual([], self.slept)

    def test_connection_close_is_obeyed(self):
        self.start(answer('200 OK', [('Connection', 'close')], b'x'))
        self.ask('GET', SHOW)
        self.ask('GET', SHOW)
        self.assertEqual(2, self.upstream.connections)

    def test_an_idle_connection_grows_too_old(self):
        self.start(answer('200 OK', (), b'x'), options='pool_idle = 0\n')
        self.ask('GET', SHOW)
        self.ask('GET', SHOW)
        self.assertEqual(2, self.upstream.connections)
