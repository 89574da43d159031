import fixtures
import testtools

from jumpgate import compute
from jumpgate.common import errors
from jumpgate.common.passthrough.discovery import Directory


class StaleTest(testtools.TestCase):
    """A catalog that was fetched is asked for again after a while."""

    def setUp(self):
        super().setUp()
        self.useFixture(fixtures.FakeLogger())
        self.now = 1000.0
        self.port = 8774
        self.fetched = 0
        self.directory = Directory(
            {'compute': compute.SERVICE}, {}, self.fetch, region=None, interface='public',
            clock=lambda: self.now)

    def fetch(self, token):
        self.fetched += 1
        if self.port is None:
            raise errors.CloudUnavailable()
        return {'catalog': [{'type': 'compute', 'endpoints': [
            {'interface': 'public', 'region': 'R', 'url': f'http://nova:{self.port}/v2.1'}]}]}

    def url(self):
        return self.directory.address('compute', 'token').url

    def test_it_is_kept_for_a_while(self):
        self.assertEqual('http://nova:8774', self.url())
        self.port = 18774
        self.now += 299
        self.assertEqual('http://nova:8774', self.url())
        self.now += 2
        self.assertEqual('http://nova:18774', self.url())
        self.assertEqual(2, self.fetched)

    def test_the_old_one_serves_where_no_new_one_can_be_had(self):
        self.url()
        self.port = None
        self.now += 301
        for _ in range(3):
            self.assertEqual('http://nova:8774', self.url())
        self.assertEqual(2, self.fetched)

    def test_without_any_there_is_no_address(self):
        self.port = None
        self.assertRaises(errors.CloudUnavailable, self.url)
        self.assertRaises(errors.CloudUnavailable, self.url)
        self.assertEqual(2, self.fetched)
