import testtools

from jumpgate.cmd import request_head

LIMITS = request_head.Limits(request_line=200, header_bytes=1000, headers=10)


def parse(*lines, host=True):
    lines = [lines[0], *(['Host: cloud'] if host else []), *lines[1:]]
    return request_head.parse('\r\n'.join(lines).encode('latin-1'), LIMITS)


class RequestHeadTest(testtools.TestCase):

    def assert_refused(self, code, *lines, host=True):
        error = self.assertRaises(request_head.Refused, parse, *lines, host=host)
        self.assertEqual(code, error.code, error.message)
        return error

    def test_a_plain_request(self):
        head = parse('GET /identity/v3?a=b HTTP/1.1', 'X-Auth-Token:  abc ', 'Accept: a',
                     'accept: b', 'Cookie: c=1', 'Cookie: d=2')
        self.assertEqual(('GET', '/identity/v3?a=b', (1, 1)),
                         (head.method, head.target, head.version))
        self.assertEqual({'HTTP_HOST': 'cloud', 'HTTP_X_AUTH_TOKEN': 'abc', 'HTTP_ACCEPT': 'a,b',
                          'HTTP_COOKIE': 'c=1; d=2'}, head.fields)
        self.assertEqual(('X-Auth-Token', 'abc'), head.headers[1])
        self.assertEqual(0, head.length)
        self.assertTrue(head.keep_alive)

    def test_request_lines_that_are_refused(self):
        for line in ('GET /', 'GET', 'GET  / HTTP/1.1', 'GET / HTTP/1.1 ', 'GET / HTTP/1.10',
                     'GET /a b HTTP/1.1', ' GET / HTTP/1.1', 'GE(T / HTTP/1.1', 'GET / http/1.1',
                     'GET /\x00 HTTP/1.1', 'GET /\x7f HTTP/1.1', 'GET /\x0b HTTP/1.1',
                     'GET /\ta HTTP/1.1', 'GET a HTTP/1.1', 'GET /a#b HTTP/1.1',
                     'GET * HTTP/1.1', 'CONNECT cloud:80 HTTP/1.1', 'GET ftp://cloud/ HTTP/1.1',
                     'GET http:// HTTP/1.1', 'GET http://user@cloud/ HTTP/1.1', 'GET / HTTP/1',
                     'G' * 40 + ' / HTTP/1.1', '\x16\x03\x01\x02'):
            self.assert_refused(400, line)

    def test_versions(self):
        self.assert_refused(505, 'PRI * HTTP/2.0')
        self.assertFalse(parse('GET / HTTP/1.0').keep_alive)
        self.assertTrue(parse('GET / HTTP/1.0', 'Connection: Keep-Alive').keep_alive)
        self.assertFalse(parse('GET / HTTP/1.1', 'Connection: close').keep_alive)
        self.assertTrue(parse('GET / HTTP/1.0', host=False))
        self.assert_refused(400, 'GET / HTTP/1.1', host=False)

    def test_the_absolute_form_names_the_host(self):
        head = parse('GET http://other:5000/v3?a HTTP/1.1')
        self.assertEqual(('/v3?a', 'other:5000'), (head.target, head.fields['HTTP_HOST']))
        self.assertEqual('/?a', parse('GET HTTPS://other?a HTTP/1.1').target)
        self.assertEqual('/', parse('GET http://other HTTP/1.1').target)
        self.assertEqual('*', parse('OPTIONS * HTTP/1.1').target)

    def test_hosts(self):
        for host in ('cloud', 'cloud:80', '[::1]:80', '10.0.0.1', ''):
            parse('GET / HTTP/1.1', f'Host: {host}', host=False)
        for host in ('a/b', 'a b', 'a@b', 'a:b', 'a"b', '[::1', 'a,b\\'):
            self.assert_refused(400, 'GET / HTTP/1.1', f'Host: {host}', host=False)
        self.assert_refused(400, 'GET / HTTP/1.1', 'Host: other')

    def test_headers_that_are_refused(self):
        for header in ('X-A : b', ': b', 'no colon', ' folded', 'X-A: a\x00b', 'X-A: a\rb',
                       'X-A: a\nX-B: b', 'X-A: a\x7f', 'X-A: a\x0c', 'X(A): b', 'X-\xe4: b', ''):
            self.assert_refused(400, 'GET / HTTP/1.1', header)

    def test_headers_with_an_underscore_do_not_pass_for_others(self):
        head = parse('GET / HTTP/1.1', 'X_User_Id: root')
        self.assertNotIn('HTTP_X_USER_ID', head.fields)

    def test_lengths(self):
        self.assertEqual(5, parse('PUT / HTTP/1.1', 'Content-Length: 5').length)
        self.assertIsNone(parse('PUT / HTTP/1.1', 'Transfer-Encoding: Chunked').length)
        for length in ('+2', '-1', '1_0', '0x5', '5,5', '5 5', '', '5.0', '\xb2'):
            self.assert_refused(400, 'PUT / HTTP/1.1', f'Content-Length: {length}')
        for length in ('9' * 19, '1' + '0' * 5000):
            with testtools.ExpectedException(request_head.Refused):
                request_head.parse(
                    f'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}'.encode(),
                    request_head.Limits())

    def test_two_ways_to_delimit_a_body(self):
        self.assert_refused(400, 'PUT / HTTP/1.1', 'Content-Length: 5', 'Content-Length: 5')
        self.assert_refused(400, 'PUT / HTTP/1.1', 'Content-Length: 5',
                            'Transfer-Encoding: chunked')
        self.assert_refused(400, 'PUT / HTTP/1.1', 'Transfer-Encoding: chunked',
                            'Transfer-Encoding: chunked')
        self.assert_refused(400, 'PUT / HTTP/1.0', 'Transfer-Encoding: chunked')
        for coding in ('gzip', 'gzip, chunked', 'chunked, identity', 'xchunked', ''):
            self.assert_refused(501, 'PUT / HTTP/1.1', f'Transfer-Encoding: {coding}')

    def test_expectations(self):
        head = parse('PUT / HTTP/1.1', 'Expect: 100-Continue', 'Content-Length: 1')
        self.assertTrue(head.expects_continue)
        self.assertFalse(parse('PUT / HTTP/1.0', 'Expect: 100-continue').expects_continue)
        self.assert_refused(417, 'PUT / HTTP/1.1', 'Expect: a miracle')

    def test_limits(self):
        self.assert_refused(414, f'GET /{"a" * 200} HTTP/1.1')
        self.assert_refused(431, 'GET / HTTP/1.1', *(f'X-{n}: a' for n in range(10)))

    def test_the_path_of_a_refused_request(self):
        for raw, path in ((b'GET /compute/v2.1?a HTTP/9', '/compute/v2.1?a'), (b'\x16\x03', '/'),
                          (b'', '/'), (b'POST /image/\xff', '/image/'), (b'G@T /a b', '/')):
            self.assertEqual(path, request_head.guess_target(raw))
