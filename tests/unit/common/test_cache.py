import testtools

from jumpgate import config
from jumpgate.common import cache


class RegionTest(testtools.TestCase):

    def region(self, name='one', seconds=60, **options):
        conf = config.load('')
        for option, value in options.items():
            conf.set_override(option, value, 'cache')
        return cache.region(conf, name, seconds)

    def test_values_come_back(self):
        region = self.region()
        region.set('key', {'a': 1})
        self.assertEqual({'a': 1}, region.get('key'))
        region.delete('key')
        self.assertIs(cache.NO_VALUE, region.get('key'))

    def test_regions_of_one_server_are_kept_apart(self):
        one, two = self.region('one'), self.region('two')
        self.assertNotEqual(one.key_mangler('key'), two.key_mangler('key'))

    def test_memory_is_bounded(self):
        region = self.region(backend_argument=['entries:3'])
        for number in range(5):
            region.set(str(number), number)
        self.assertEqual([True, True, False, False, False],
                         [region.get(str(number)) is cache.NO_VALUE for number in range(5)])

    def test_a_shared_backend_is_given_json(self):
        region = self.region(backend='dogpile.cache.memory_pickle')
        region.set('key', {'a': [1, None, 'ü']})
        self.assertEqual({'a': [1, None, 'ü']}, region.get('key'))
        self.assertIn(b'{"a": [1, null,', next(iter(region.backend._cache.values())))
