"""Strict JSON, bounded bodies, decoded paths and queries; WebOb with the seed's names."""
import datetime
import io
import json

import testtools

from jumpgate.common import errors, http


def environ(body=b'', **keys):
    return {'REQUEST_METHOD': 'POST', 'wsgi.input': io.BytesIO(body),
            'CONTENT_LENGTH': str(len(body)), 'wsgi.url_scheme': 'http',
            'SERVER_NAME': 'h', 'SERVER_PORT': '80', **keys}


class JsonTest(testtools.TestCase):

    def refused(self, body):
        error = self.assertRaises(errors.Invalid, http.loads, body, max_depth=20)
        return str(error)

    def test_a_value_comes_back_as_it_was_sent(self):
        value = {'a': [1, 2.5, None, True, 'ü\U0001f600'], 'big': 2 ** 70}
        self.assertEqual(value, http.loads(json.dumps(value).encode(), max_depth=20))

    def test_text_that_is_no_json_is_refused(self):
        for body in (b'', b'{', b'{"a":}', b'hello', b"{'a': 1}", b'[1,]', b'\x00', b'1 2'):
            self.assertIn('not valid JSON', self.refused(body))

    def test_a_key_twice_is_refused(self):
        self.assertIn('twice', self.refused(b'{"a": {"b": 1, "b": 2}}'))

    def test_numbers_that_json_does_not_have_are_refused(self):
        for number in (b'NaN', b'Infinity', b'-Infinity'):
            self.assertIn('not valid JSON', self.refused(b'{"a": %s}' % number))
        self.assertIn('out of range', self.refused(b'{"a": 1e999}'))
        self.assertIn('not valid JSON', self.refused(b'9' * 5000))

    def test_deep_nesting_is_refused_however_deep_it_is(self):
        for depth in (21, 500, 200_000):
            self.assertIn('nested', self.refused(b'[' * depth + b']' * depth))
        self.assertIn('nested', self.refused(b'{"a":' * 21 + b'1' + b'}' * 21))

    def test_nesting_up_to_the_bound_is_taken(self):
        http.loads(b'[' * 20 + b']' * 20, max_depth=20)

    def test_bad_text_is_refused(self):
        self.assertIn('UTF-8', self.refused(b'"\xff"'))
        self.assertIn('UTF-8', self.refused(b'"\\ud800"'))
        self.assertIn('NUL', self.refused(b'"a\\u0000"'))
        self.assertEqual('\U0001f600', http.loads(b'"\\ud83d\\ude00"', max_depth=3))

    def test_dates_and_huge_integers_can_be_written(self):
        moment = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)
        self.assertEqual(b'{"a":"2026-11-23T15:00:00Z"}', http.dumps({'a': moment}))
        self.assertEqual({'a': 2 ** 70}, json.loads(http.dumps({'a': 2 ** 70})))


class BodyTest(testtools.TestCase):

    def test_the_body_stays_readable(self):
        env = environ(b'abc')
        self.assertEqual(b'abc', http.read_body(env, 10))
        self.assertEqual(b'abc', http.read_body(env, 10))

    def test_a_body_that_declares_too_much_is_not_read(self):
        env = environ(b'abc', CONTENT_LENGTH='11')
        self.assertRaises(errors.TooLarge, http.read_body, env, 10)
        self.assertEqual(b'abc', env['wsgi.input'].read())

    def test_a_chunked_body_is_bounded_too(self):
        env = environ(b'x' * 100, CONTENT_LENGTH='', HTTP_TRANSFER_ENCODING='chunked')
        self.assertRaises(errors.TooLarge, http.read_body, env, 99)
        env = environ(b'x' * 100, CONTENT_LENGTH='', HTTP_TRANSFER_ENCODING='chunked')
        self.assertEqual(100, len(http.read_body(env, 100)))
        self.assertEqual('100', env['CONTENT_LENGTH'])

    def test_a_body_that_breaks_off_is_refused(self):
        self.assertRaises(errors.Invalid, http.read_body, environ(b'abc', CONTENT_LENGTH='5'), 10)

    def test_a_length_that_is_no_number_is_refused(self):
        for length in ('+2', '-1', '1_0', 'two', '٣', ' 3'):
            self.assertRaises(errors.Invalid, http.content_length, {'CONTENT_LENGTH': length})

    def test_no_length_is_no_body(self):
        self.assertEqual(b'', http.read_body(environ(b'abc', CONTENT_LENGTH=''), 10))


class PathTest(testtools.TestCase):

    def test_an_empty_path_is_the_root(self):
        self.assertEqual('/', http.path_info({'PATH_INFO': ''}))
        self.assertEqual('/', http.path_info({}))

    def test_utf8_is_decoded(self):
        sent = '/v2/häß'.encode().decode('latin-1')
        self.assertEqual('/v2/häß', http.path_info({'PATH_INFO': sent}))

    def test_other_bytes_are_refused(self):
        for path in ('/v2/\xff', '/a\x00b', '/a\nb', '/a\x7fb'):
            self.assertRaises(errors.Invalid, http.path_info, {'PATH_INFO': path})


class QueryTest(testtools.TestCase):

    def test_values_keep_their_order_and_empty_ones_count(self):
        self.assertEqual({'a': ['1', '2'], 'b': ['']},
                         http.query({'QUERY_STRING': 'a=1&b=&a=2'}))

    def test_text_is_utf8_encoded_or_raw(self):
        raw = 'a=ü'.encode().decode('latin-1')
        for text in ('a=%C3%BC', raw):
            self.assertEqual({'a': ['ü']}, http.query({'QUERY_STRING': text}))

    def test_bad_ones_are_refused(self):
        for text in ('a=%ff', 'a=\xff', 'a=%00', '&'.join(['a=1'] * 1001)):
            self.assertRaises(errors.Invalid, http.query, {'QUERY_STRING': text})


class ResponseTest(testtools.TestCase):

    def test_a_dict_is_sent_as_json(self):
        resp = http.Response()
        resp.body = {'a': 1}
        self.assertEqual(b'{"a":1}', resp.body)
        self.assertEqual('application/json', resp.content_type)

    def test_status_is_a_number_or_a_line(self):
        for status in (201, '201 Created'):
            resp = http.Response()
            resp.status = status
            self.assertEqual(201, resp.status_int)

    def test_falcons_everyday_names_work(self):
        resp = http.Response()
        resp.set_header('X-Subject-Token', 't')
        self.assertEqual('t', resp.get_header('x-subject-token'))
        req = http.make_request(environ(b'{}', QUERY_STRING='a=1', HTTP_X_AUTH_TOKEN='s',
                                        PATH_INFO='/'))
        self.assertEqual(('s', '1'), (req.get_header('X-Auth-Token'), req.get_param('a')))
        self.assertEqual(b'{}', req.stream.read())
        self.assertIs(req.environ, req.env)

    def test_a_chunked_body_reaches_the_handler(self):
        req = http.make_request(environ(b'abc', CONTENT_LENGTH='', PATH_INFO='/',
                                        HTTP_TRANSFER_ENCODING='chunked'))
        self.assertEqual(b'abc', req.stream.read())
