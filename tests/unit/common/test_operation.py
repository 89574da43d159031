import testtools

from jumpgate.common.operation import Actions, Operation, declared, operation
from jumpgate.common.versions import Version


class Operations(testtools.TestCase):

    def test_the_function_becomes_a_record(self):
        @operation('list_keypairs', role='reader', code=202, since='2.5', until='2.9')
        def index(call):
            """List the keys.

            More of it.
            """
            return call

        self.assertIsInstance(index, Operation)
        self.assertEqual(('list_keypairs', 'reader', 202), (index.name, index.role, index.code))
        self.assertEqual('List the keys.', index.summary)
        self.assertEqual('call', index.function('call'))
        self.assertNotIn(Version.parse('2.4'), index.window)
        self.assertIn(Version.parse('2.5'), index.window)
        self.assertNotIn(Version.parse('2.10'), index.window)
        self.assertFalse(index.is_declared_only)

    def test_needs_the_method_of_its_name(self):
        @operation('list_keypairs')
        def index(call):
            pass

        @operation('list_versions', needs=())
        def versions(call):
            pass

        self.assertEqual(('list_keypairs',), index.needs)
        self.assertEqual((), versions.needs)
        self.assertEqual('', versions.summary)

    def test_unknown_keywords(self):
        self.assertRaises(TypeError, operation('x', color='red'), lambda call: None)

    def test_frozen(self):
        self.assertRaises(AttributeError, setattr, Operation(name='x'), 'name', 'y')

    def test_declared(self):
        one = declared('List things', role='admin', since='2.5', code=204)
        self.assertTrue(one.is_declared_only)
        self.assertEqual(('', 'List things', 'admin', 204),
                         (one.name, one.summary, one.role, one.code))
        self.assertNotIn(Version.parse('2.4'), one.window)
        self.assertFalse(one.public)
        self.assertTrue(declared(public=True).public)


class ActionsOfOneUrl(testtools.TestCase):

    def test_a_mapping(self):
        start, stop = Operation(name='start'), Operation(name='stop')
        actions = Actions({'os-start': start}, stop=stop)
        self.assertEqual({'os-start': start, 'stop': stop}, dict(actions))
        self.assertEqual(2, len(actions))
        self.assertIn('stop', actions)
        self.assertRaises(KeyError, lambda: actions['reboot'])
