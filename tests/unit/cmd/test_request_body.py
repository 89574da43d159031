import testtools

from jumpgate.cmd import request_body
from jumpgate.common import errors


class Source:
    """What a client sends, in the pieces given; ends with an exception, or with nothing."""

    def __init__(self, *pieces, end=None):
        self._buffer = b''
        self._pieces = list(pieces)
        self._end = end

    def _more(self):
        if self._pieces:
            return self._pieces.pop(0)
        if self._end:
            raise self._end
        return b''

    def some(self, limit):
        data = self._buffer or self._more()
        self._buffer = data[limit:]
        return data[:limit]

    def line(self, limit):
        while (end := self._buffer.find(b'\r\n', 0, limit)) < 0:
            if len(self._buffer) >= limit:
                return None
            piece = self._more()
            if not piece:
                raise ConnectionResetError
            self._buffer += piece
        line, self._buffer = self._buffer[:end], self._buffer[end + 2:]
        return line


class BodyTest(testtools.TestCase):

    def test_it_ends_where_its_length_says(self):
        body = request_body.Body(Source(b'12', b'345', b'next'), 5)
        self.assertEqual(b'12345', body.read())
        self.assertEqual(b'', body.read())
        self.assertEqual(b'', body.read(10))
        self.assertTrue(body.finished)

    def test_reads_fill_what_is_asked_for(self):
        body = request_body.Body(Source(b'12', b'34', b'56'), 6)
        self.assertEqual([b'123', b'', b'456', b''],
                         [body.read(3), body.read(0), body.read(3), body.read(3)])

    def test_lines(self):
        body = request_body.Body(Source(b'a\nb', b'c\n', b'\nd'), 7)
        self.assertEqual([b'a\n', b'bc\n', b'\n', b'd'], list(body))
        body = request_body.Body(Source(b'a\nbcd'), 5)
        self.assertEqual((b'a\n', b'b', b'cd'), (body.readline(), body.readline(1), body.read()))
        body = request_body.Body(Source(b'a\nb\nc\n'), 6)
        self.assertEqual([b'a\n', b'b\n'], body.readlines(3))

    def test_a_short_body_is_an_error_and_stays_one(self):
        for end in (None, ConnectionResetError()):
            body = request_body.Body(Source(b'12', end=end), 5)
            self.assertEqual(b'12', body.read(2))
            self.assertRaises(errors.Invalid, body.read)
            self.assertRaises(errors.Invalid, body.read)
            self.assertFalse(body.finished)

    def test_a_slow_one_too(self):
        body = request_body.Body(Source(b'12', end=TimeoutError()), 5)
        self.assertRaises(errors.RequestTimeout, body.read)
        self.assertTrue(body.broken)

    def test_the_limit(self):
        self.assertRaises(errors.TooLarge, request_body.Body, Source(), 11, limit=10)
        body = request_body.Body(Source(b'1' * 10), 10, limit=10)
        self.assertEqual(b'1' * 10, body.read())

    def test_leave_to_send_is_given_once_and_only_when_it_is_read(self):
        given = []
        body = request_body.Body(Source(b'12'), 2, before=lambda: given.append(1))
        self.assertTrue(body.awaited)
        body.read(1)
        body.read(1)
        self.assertEqual([1], given)
        self.assertFalse(body.awaited)


class ChunkedBodyTest(testtools.TestCase):

    def test_chunks_are_put_together(self):
        body = request_body.ChunkedBody(
            Source(b'5;name="a b"\r\nabcde\r\n1', b'0\r\n01234567',
                   b'89abcdef\r\n0\r\nX: y\r\n\r\n', b'next'))
        self.assertEqual(b'abcde0', body.read(6))
        self.assertEqual(b'123456789abcdef', body.read())
        self.assertTrue(body.finished)
        self.assertEqual(b'', body.read())

    def test_what_is_malformed(self):
        for raw in (b'+5\r\nabcde\r\n0\r\n\r\n', b'0x5\r\nabcde\r\n0\r\n\r\n',
                    b'5\r\nabcdeX\r\n0\r\n\r\n', b'5_0\r\n', b'-5\r\n', b'\r\n', b'g\r\n',
                    b'5\r\nabcde0\r\n\r\n', b'f' * 16 + b'\r\n', b'1;' + b'a' * 300 + b'\r\n',
                    b'0\r\n' + b'X: y\r\n' * 5000 + b'\r\n', b' 5\r\n', b'5\nabcde\n0\n\n'):
            body = request_body.ChunkedBody(Source(raw + b'\r\n' * 200))
            self.assertRaises(errors.Invalid, body.read)
            self.assertFalse(body.finished, raw)
            self.assertTrue(body.broken, raw)

    def test_it_may_end_too_early(self):
        for raw in (b'5\r\nab', b'5\r\nabcde', b'5\r\nabcde\r\n', b'0\r\n', b'5'):
            body = request_body.ChunkedBody(Source(raw))
            self.assertRaises(errors.Invalid, body.read)

    def test_the_limit(self):
        body = request_body.ChunkedBody(Source(b'5\r\nabcde\r\n' * 3 + b'0\r\n\r\n'), limit=10)
        self.assertRaises(errors.TooLarge, body.read)
