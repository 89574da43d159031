import itertools

import testtools

from jumpgate.common import errors
from jumpgate.common.versions import ALWAYS, Negotiation, Version, Versioned, Window, at


def v(text):
    return Version.parse(text)


class Versions(testtools.TestCase):

    def test_order(self):
        texts = ['1.1', '2.0', '2.1', '2.2', '2.9', '2.10', '2.79', '2.100', '3.0', '10.0']
        for (i, lower), (j, higher) in itertools.combinations(enumerate(texts), 2):
            self.assertLess(v(lower), v(higher), (i, j))
        self.assertEqual(v('2.10'), v('2.10'))
        self.assertNotEqual(v('2.1'), v('2.10'))

    def test_text(self):
        for text in ('2.1', '2.100', '3.0', '1.9999'):
            self.assertEqual(text, str(v(text)))
            self.assertEqual(text, f'{v(text)}')
            self.assertEqual(text, '%s' % v(text))  # noqa: UP031
            self.assertEqual(f'{text:>8}', f'{v(text):>8}')
        self.assertEqual("Version('2.1')", repr(v('2.1')))

    def test_parts(self):
        self.assertEqual((2, 79), (v('2.79').major, v('2.79').minor))

    def test_what_is_none(self):
        for text in ('', '2', '2.', '.1', '2.01', '02.1', '0.1', '2.1.0', 'abc', 'latest', ' 2.1',
                     '2.1 ', '2.1\n', '-2.1', '2.-1', '+2.1', '\u0662.\u0661', '2.10000', '2.x',
                     '2,1'):
            self.assertRaises(ValueError, v, text)


class Steps(testtools.TestCase):

    STEPS = Versioned(('2.1', 'a'), ('2.5', 'b'), ('2.10', 'c'))

    def test_each_lasts_until_the_next(self):
        for version, expected in (('2.1', 'a'), ('2.4', 'a'), ('2.5', 'b'), ('2.9', 'b'),
                                  ('2.10', 'c'), ('2.99', 'c'), ('3.0', 'c')):
            self.assertEqual(expected, self.STEPS.at(v(version)), version)

    def test_before_the_first(self):
        self.assertEqual('a', self.STEPS.at(v('2.0')))

    def test_without_versions(self):
        self.assertEqual('a', self.STEPS.at(None))

    def test_edges(self):
        self.assertEqual((v('2.1'), v('2.5'), v('2.10')), self.STEPS.edges)

    def test_order_is_checked(self):
        self.assertRaises(ValueError, Versioned, ('2.5', 1), ('2.1', 2))
        self.assertRaises(ValueError, Versioned)

    def test_at(self):
        self.assertEqual('b', at(self.STEPS, v('2.7')))
        self.assertEqual(200, at(200, v('2.7')))
        self.assertEqual({'a': 1}, at({'a': 1}, None))


class Windows(testtools.TestCase):

    def test_both_ends_are_in(self):
        window = Window('2.5', '2.9')
        self.assertEqual([False, True, True, True, False], [
            v(text) in window for text in ('2.4', '2.5', '2.7', '2.9', '2.10')])

    def test_open(self):
        self.assertIn(v('2.1'), Window(until='2.9'))
        self.assertNotIn(v('2.10'), Window(until='2.9'))
        self.assertIn(v('2.99'), Window(since='2.9'))
        self.assertNotIn(v('2.8'), Window(since='2.9'))
        self.assertIn(v('9.9'), ALWAYS)

    def test_without_versions(self):
        self.assertIn(None, Window('2.5', '2.9'))

    def test_truth(self):
        self.assertFalse(ALWAYS)
        self.assertTrue(Window('2.1'))
        self.assertTrue(Window(until='2.1'))


class Negotiations(testtools.TestCase):

    NOVA = Negotiation('2.1', '2.96', header_type='compute',
                       legacy_header='X-OpenStack-Nova-API-Version')
    CINDER = Negotiation('3.0', '3.71', header_type='volume')
    IRONIC = Negotiation('1.1', '1.95', header_type='baremetal',
                         legacy_header='X-OpenStack-Ironic-API-Version',
                         malformed=errors.NotAcceptable)

    def ask(self, modern=None, legacy=None, of=None, **kwargs):
        environ = {}
        if modern is not None:
            environ['HTTP_OPENSTACK_API_VERSION'] = modern
        if legacy is not None:
            environ['HTTP_X_OPENSTACK_NOVA_API_VERSION'] = legacy
        return str((of or self.NOVA).negotiate(environ, **kwargs))

    def test_the_minimum_by_default(self):
        self.assertEqual('2.1', self.ask())
        self.assertEqual('3.0', self.ask(of=self.CINDER))

    def test_either_header(self):
        self.assertEqual('2.60', self.ask('compute 2.60'))
        self.assertEqual('2.60', self.ask(legacy='2.60'))
        self.assertEqual('2.60', self.ask(legacy=' 2.60 '))
        self.assertEqual('2.60', self.ask('compute 2.60', '2.5'))

    def test_latest(self):
        self.assertEqual('2.96', self.ask('compute latest'))
        self.assertEqual('2.96', self.ask(legacy='latest'))

    def test_bounds(self):
        self.assertEqual('2.1', self.ask('compute 2.1'))
        self.assertEqual('2.96', self.ask('compute 2.96'))
        for version in ('2.0', '2.97', '1.1', '3.0'):
            error = self.assertRaises(errors.NotAcceptable, self.ask, f'compute {version}')
            self.assertIn(version, error.message)
            self.assertIn('2.1', error.message)
            self.assertIn('2.96', error.message)

    def test_malformed(self):
        for version in ('2', '2.01', 'abc', '2.1.1'):
            self.assertRaises(errors.Invalid, self.ask, f'compute {version}')
            self.assertRaises(errors.Invalid, self.ask, legacy=version)

    def test_malformed_where_that_is_406(self):
        self.assertRaises(errors.NotAcceptable, self.IRONIC.negotiate,
                          {'HTTP_X_OPENSTACK_IRONIC_API_VERSION': 'abc'})

    def test_of_another_service_or_nonsense_is_ignored(self):
        for modern in ('volume 3.5', 'nonsense', '2.60', '', 'compute', 'compute 2.5 2.6', ',,'):
            self.assertEqual('2.1', self.ask(modern), modern)
        self.assertEqual('2.7', self.ask('volume 3.5', '2.7'))

    def test_one_of_several(self):
        self.assertEqual('2.60', self.ask('volume 3.5, compute 2.60'))
        self.assertEqual('3.5', self.ask('volume 3.5,compute 2.60', of=self.CINDER))

    def test_case_of_the_type(self):
        self.assertEqual('2.60', self.ask('Compute 2.60'))

    def test_a_lower_maximum(self):
        top = Version.parse('2.50')
        self.assertEqual('2.50', self.ask('compute latest', maximum=top))
        self.assertRaises(errors.NotAcceptable, self.ask, 'compute 2.60', maximum=top)
        self.assertEqual('2.96', self.ask('compute latest', maximum=Version.parse('2.99')))

    def test_headers_of_the_answer(self):
        self.assertEqual(
            {'OpenStack-API-Version': 'compute 2.60', 'X-OpenStack-Nova-API-Version': '2.60',
             'Vary': 'OpenStack-API-Version, X-OpenStack-Nova-API-Version'},
            dict(self.NOVA.headers(v('2.60'))))
        self.assertEqual({'OpenStack-API-Version': 'volume 3.5', 'Vary': 'OpenStack-API-Version'},
                         dict(self.CINDER.headers(v('3.5'))))
