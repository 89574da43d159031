import testtools

from jumpgate.common import errors
from jumpgate.common.driver import UNSET, Driver, Unset, interface_methods, optional


class Servers(Driver):

    @optional
    def list_servers(self, context, query):
        """Return the servers."""

    @optional
    def reboot_server(self, context, server_id):
        """Reboot it."""


class Keypairs(Driver):

    @optional
    def list_keypairs(self, context, query):
        """Return the keys."""


class Compute(Servers, Keypairs):
    """All of it."""

    def helper(self):
        return 'not part of the interface'


class Cloud(Compute):

    def list_servers(self, context, query):
        return ['one']


class BetterCloud(Cloud):

    def reboot_server(self, context, server_id):
        return server_id


class Drivers(testtools.TestCase):

    def test_the_interface(self):
        self.assertEqual({'list_servers', 'reboot_server', 'list_keypairs'},
                         interface_methods(Compute))
        self.assertEqual({'list_keypairs'}, interface_methods(Keypairs))

    def test_supported_means_overridden(self):
        for driver, expected in ((Compute(), set()), (Cloud(), {'list_servers'}),
                                 (BetterCloud(), {'list_servers', 'reboot_server'})):
            self.assertEqual(expected, {
                name for name in interface_methods(Compute) if driver.implements(name)})

    def test_what_is_no_method_of_it(self):
        self.assertFalse(Cloud().implements('nothing'))

    def test_a_method_that_is_left_out(self):
        self.assertRaises(errors.NotSupported, Cloud().reboot_server, None, server_id='x')
        self.assertEqual(['one'], Cloud().list_servers(None, None))

    def test_the_documentation_stays(self):
        self.assertEqual('Return the servers.', Compute.list_servers.__doc__)
        self.assertEqual('list_servers', Compute.list_servers.__name__)

    def test_narrowed_at_run_time(self):
        class Narrow(BetterCloud):
            def implements(self, method):
                return method != 'reboot_server' and super().implements(method)

        self.assertTrue(Narrow().implements('list_servers'))
        self.assertFalse(Narrow().implements('reboot_server'))


class NotMentioned(testtools.TestCase):

    def test_unset_is_not_none(self):
        self.assertIsNot(None, UNSET)
        self.assertFalse(UNSET)
        self.assertIs(Unset.UNSET, UNSET)
        self.assertEqual('UNSET', repr(UNSET))
