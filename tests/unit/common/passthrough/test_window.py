"""Links in a stream, wherever the pieces are cut."""
import testtools

from jumpgate.common.passthrough.window import Window

BODY = (b'{"servers": [{"name": "http://up:8774/x", "links": [{"rel": "self", '
        b'"href": "http://up:8774/v2.1/servers/1"}, {"href": "http://up:8774/v2.1/servers/1", '
        b'"rel":"bookmark"}]}], "next": "http://up:87745/other", "servers_links": [{"href": '
        b'"http://up:8774/v2.1/servers?marker=http://up:8774/", "rel": "next"}, {"rel" :"previous"'
        b',"href":"http://up:8774"}], "first" : "http://in:1/deep/v2", "self": "http://in:1/deep"}')
WANTED = (b'{"servers": [{"name": "http://up:8774/x", "links": [{"rel": "self", '
          b'"href": "http://up:8774/v2.1/servers/1"}, {"href": "http://up:8774/v2.1/servers/1", '
          b'"rel":"bookmark"}]}], "next": "http://up:87745/other", "servers_links": [{"href": '
          b'"https://gate/compute/v2.1/servers?marker=http://up:8774/", "rel": "next"}, '
          b'{"rel" :"previous","href":"https://gate/compute"}], '
          b'"first" : "https://gate/compute/v2", "self": "http://in:1/deep"}')
PAIRS = {'http://up:8774': 'https://gate/compute', 'http://in:1/deep': 'https://gate/compute'}


class WindowTest(testtools.TestCase):

    def test_whole(self):
        self.assertEqual(WANTED, Window(PAIRS).whole(BODY))

    def test_every_cut(self):
        for size in range(1, len(BODY) + 1):
            pieces = [BODY[at:at + size] for at in range(0, len(BODY), size)]
            self.assertEqual(WANTED, b''.join(Window(PAIRS).stream(pieces)), size)

    def test_it_holds_little(self):
        given = 0

        def pieces():
            nonlocal given
            for _ in range(100):
                given += 1000
                yield b'x' * 1000

        seen = 0
        for piece in Window(PAIRS).stream(pieces()):
            seen += len(piece)
            self.assertLess(given - seen, 6000)
        self.assertEqual(100_000, seen)

    def test_the_longer_of_two_wins(self):
        window = Window({'http://up': 'http://gate', 'http://up/v3/theirs': 'http://gate/v3/ours'})
        self.assertEqual(b'"next": "http://gate/v3/ours/volumes"',
                         window.whole(b'"next": "http://up/v3/theirs/volumes"'))
        self.assertEqual(b'"next": "http://gate/v3/theirs2"',
                         window.whole(b'"next": "http://up/v3/theirs2"'))

    def test_other_keys_and_escaped_ones_stay(self):
        window = Window(PAIRS)
        for body in (b'{"url": "http://up:8774/v2.1"}', b'{"self": "http://up:8774/v2.1"}',
                     b'{"href": "http://up:8774/v2.1", "rel": "self"}',
                     b'{"a": "\\"href\\": \\"http://up:8774/\\""}'):
            self.assertEqual(body, window.whole(body))

    def test_nothing_to_replace(self):
        self.assertEqual(BODY, Window({}).whole(BODY))
        self.assertEqual(BODY, b''.join(Window({}).stream([BODY[:9], BODY[9:]])))
