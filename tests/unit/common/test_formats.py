import datetime

import testtools

from jumpgate.common import formats

GOOD = {
    'uuid': ['0f14d0ab-9605-4a62-a9e4-5ed26688389b', '0f14d0ab96054a62a9e45ed26688389b',
             '0F14D0AB-9605-4A62-A9E4-5ED26688389B'],
    'date-time': ['2026-11-23T15:00:00Z', '2026-11-23T15:00:00.123456Z', '2026-11-23T15:00Z',
                  '2026-11-23T15:00:00+02:00', '2026-11-23T15:00:00 02:00', '2026-11-23 15:00:00',
                  '2026-11-23', '2026-11-23t15:00:00'],
    'ipv4': ['10.0.0.1', '255.255.255.255'],
    'ipv6': ['::', 'fe80::1', '2001:db8::ffff:10.0.0.1'],
    'ip': ['10.0.0.1', 'fe80::1'],
    'cidr': ['10.0.0.0/8', '10.0.0.1/24', 'fe80::/64', '::/0'],
    'mac': ['fa:16:3e:00:00:01', 'FA-16-3E-00-00-01'],
    'base64': ['', 'YWJj', 'YWJj\nZGVm', 'YQ=='],
    'uri': ['http://h', 'https://h:80/p?q#f', 'urn:x:y', 'file:///etc/x'],
    'name': ['a', 'two words', 'Gerät', '雪\u3000雪'],
    'padded-name': [' a ', 'a'],
}
BAD = {
    'uuid': ['', 'nope', '0f14d0ab-9605-4a62-a9e4-5ed26688389', '0' * 33, 'g' * 32,
             '{0f14d0ab96054a62a9e45ed26688389b}'],
    'date-time': ['', 'nope', '2026-13-01T00:00:00Z', '2026-11-23T25:00:00Z', '2026-11-23x15:00:00',
                  '0001-01-01T00:00:00+02:00', '1'],
    'ipv4': ['', '10.0.0', '10.0.0.256', '10.0.0.1/8', '010.0.0.1', 'fe80::1'],
    'ipv6': ['', '10.0.0.1', 'fe80::1%eth0', ':::'],
    'ip': ['', 'fe80::1%eth0', 'nope', '10.0.0.1/8'],
    'cidr': ['', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/255.0.0.0', '/8', 'fe80::%e/64',
             '10.0.0.0/-1'],
    'mac': ['', 'fa:16:3e:00:00', 'fa:16:3e:00:00:0g', 'fa:16-3e:00:00:01', 'fa163e000001'],
    'base64': ['a', 'YWJ', 'YWJj?YQ'],
    'uri': ['', 'nope', '//h/p', 'http://', 'http://h/a b', 'http://h:port/', 'http://[::1', 'a:'],
    'name': ['', ' ', ' a', 'a ', 'a\nb', 'a\x00', 'a\u200b'],
    'padded-name': ['', '   ', 'a\tb'],
}


class Formats(testtools.TestCase):

    def test_every_format_is_tried(self):
        named = {name for name in formats.FORMATS if not name.startswith('integer')}
        self.assertEqual(named, set(GOOD))
        self.assertEqual(named, set(BAD))

    def test_good(self):
        for name, texts in GOOD.items():
            for text in texts:
                self.assertIs(True, formats.FORMATS[name](text), (name, text))

    def test_bad(self):
        for name, texts in BAD.items():
            for text in texts:
                self.assertIs(False, formats.FORMATS[name](text), (name, text))

    def test_integers(self):
        name = formats.integer_format(1, 65535)
        self.assertEqual('integer 1 to 65535', name)
        for text in ('1', '65535', '007'):
            self.assertTrue(formats.FORMATS[name](text), text)
        for text in ('', '0', '65536', '-1', '1.0', ' 1', '1_0', '+1', '٣', '9' * 5000):
            self.assertFalse(formats.FORMATS[name](text), text)
        self.assertTrue(formats.FORMATS[formats.integer_format(-5, 5)]('-5'))


class Datetimes(testtools.TestCase):

    def test_in_utc(self):
        expected = datetime.datetime(2026, 11, 23, 13, 0, tzinfo=datetime.UTC)
        for text in ('2026-11-23T13:00:00Z', '2026-11-23T15:00:00+02:00', '2026-11-23T13:00',
                     '2026-11-23T15:00:00 02:00', '20261123T130000Z'):
            self.assertEqual(expected, formats.parse_datetime(text), text)
            self.assertEqual(datetime.UTC, formats.parse_datetime(text).tzinfo)

    def test_day(self):
        self.assertEqual(datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
                         formats.parse_datetime('2026-11-23'))
