import configparser
import pathlib
import stat
import types

import fixtures
import testtools

from tests.interop import cloud, discovery

BASE = 'http://h'
IMAGES = [
    {'id': 'i1', 'status': 'active', 'container_format': 'bare', 'visibility': 'private',
     'size': 1},
    {'id': 'i2', 'status': 'active', 'container_format': 'bare', 'visibility': 'public', 'size': 9},
    {'id': 'i3', 'status': 'queued', 'container_format': 'bare', 'visibility': 'public',
     'size': None},
    {'id': 'i4', 'status': 'active', 'container_format': 'aki', 'visibility': 'public', 'size': 0},
]
FLAVORS = [{'id': 'f1', 'ram': 512, 'disk': 2}, {'id': 'f2', 'ram': 1024, 'disk': 1},
           {'id': 'f3', 'ram': 2048, 'disk': 2}, {'id': 'f4', 'ram': 64, 'disk': 0}]
ANSWERS = {
    '/identity/v3/OS-TRUST/trusts': (200, {'trusts': []}),
    '/identity/v3/users/u/access_rules': (501, {}),
    '/image/v2/images?limit=1000': (200, {'images': IMAGES}),
    '/image/v2/images/i2': (200, {'id': 'i2'}),
    '/image/v2/info/import': (200, {'import-methods': {'value': ['glance-direct']}}),
    '/image/v2/schemas/image': (200, {'properties': {
        'disk_format': {'enum': [None, 'raw']}, 'container_format': {'enum': ['bare']}}}),
    '/compute/v2.1/flavors/detail': (200, {'flavors': FLAVORS}),
    '/compute/v2.1/': (200, {'version': {'version': '2.90', 'min_version': '2.1'}}),
    '/volume/v3/': (300, {'versions': [{'version': '3.70', 'min_version': '3.0'}]}),
    '/volume/v3/p/types': (200, {'volume_types': [
        {'name': 'one', 'extra_specs': {'multiattach': '<is> True'}}]}),
    '/volume/v3/p/os-services': (200, {'services': [
        {'binary': 'cinder-backup', 'state': 'up'}]}),
    '/network/v2.0/extensions': (200, {'extensions': [{'alias': 'router'}, {'alias': 'agent'}]}),
    '/network/v2.0/networks': (200, {'networks': [
        {'id': 'n1', 'name': 'out', 'router:external': True, 'subnets': ['s'], 'shared': False},
        {'id': 'n2', 'name': 'public', 'router:external': True, 'subnets': ['s'], 'shared': False},
        {'id': 'n3', 'name': 'everybody', 'subnets': ['s'], 'shared': True}]}),
}
CATALOG = {'identity': '/identity/v3', 'image': '/image', 'compute': '/compute/v2.1',
           'volumev3': '/volume/v3/p', 'network': '/network'}


class ScriptedCloud(cloud.Cloud):
    """Answers from a table; images of another format are refused."""

    def __init__(self, types_, answers):
        self.login = {'OS_PASSWORD': 'pa$$'}
        self.auth_url = BASE + '/identity/v3'
        self.region = 'RegionOne'
        self.sent = []
        self._answers = answers
        self.access = types.SimpleNamespace(
            username='admin', user_id='u', user_domain_name='Default', project_name='admin',
            project_domain_name='Default', project_domain_id='default',
            service_catalog=types.SimpleNamespace(
                catalog=[{'type': name} for name in types_],
                url_for=lambda service_type, **_: BASE + CATALOG[service_type]))

    def send(self, method, url, **options):
        self.sent.append((method, url))
        if method == 'POST':
            return 201, {'id': 'new'}
        return self._answers.get(url.removeprefix(BASE), (404, {'error': {}}))


def discover(*types_, answers=ANSWERS):
    return discovery.discover(ScriptedCloud(types_, answers))


class Discovery(testtools.TestCase):

    def test_login(self):
        found = discover('identity')
        self.assertEqual('pa$$$$', found['auth']['admin_password'])
        self.assertEqual('http://h/identity/v3', found['identity']['uri_v3'])
        self.assertEqual({'nova': False, 'glance': False, 'neutron': False, 'cinder': False,
                          'swift': False}, found['service_available'])
        self.assertEqual({'trust': True, 'access_rules': False},
                         found['identity-feature-enabled'])
        self.assertNotIn('volume', found)

    def test_image(self):
        found = discover('identity', 'image')
        self.assertTrue(found['service_available']['glance'])
        self.assertEqual({'image_ref': 'i2', 'image_ref_alt': 'i1'}, found['compute'])
        self.assertEqual(['raw'], found['image']['disk_formats'])
        self.assertEqual({'import_image': True, 'manage_locations': False,
                          'store_weight_enabled': False, 'image_format_enforcement': True},
                         found['image-feature-enabled'])

    def test_one_image_stands_for_two(self):
        answers = {**ANSWERS, '/image/v2/images?limit=1000': (200, {'images': IMAGES[:1]})}
        self.assertEqual({'image_ref': 'i1', 'image_ref_alt': 'i1'},
                         discover('image', answers=answers)['compute'])

    def test_the_probe_is_taken_away(self):
        there = ScriptedCloud(['image'], {**ANSWERS, '/image/v2/images/new/file': (204, None)})
        found = discovery.discover(there)
        self.assertFalse(found['image-feature-enabled']['image_format_enforcement'])
        self.assertIn(('DELETE', BASE + '/image/v2/images/new'), there.sent)

    def test_compute(self):
        found = discover('compute')['compute']
        # the flavor with more memory has less disk than the first, which no resize goes to
        self.assertEqual(('f1', 'f3'), (found['flavor_ref'], found['flavor_ref_alt']))
        self.assertEqual(('2.90', 1), (found['max_microversion'], found['min_compute_nodes']))

    def test_volume(self):
        found = discover('volumev3')
        self.assertEqual(('volumev3', '3.70', 'one'), tuple(found['volume'][name] for name in (
            'catalog_type', 'max_microversion', 'volume_type_multiattach')))
        self.assertTrue(found['volume-feature-enabled']['backup'])
        self.assertTrue(found['compute-feature-enabled']['volume_multiattach'])

    def test_network(self):
        found = discover('network')
        self.assertEqual(('n2', 'public'), (found['network']['public_network_id'],
                                            found['network']['floating_network_name']))
        self.assertEqual(['agent', 'router'],
                         found['network-feature-enabled']['api_extensions'])
        self.assertEqual('everybody', found['compute']['fixed_network_name'])

    def test_services_that_say_nothing(self):
        found = discover('identity', 'image', 'compute', 'volumev3', 'network', answers={})
        self.assertFalse(found['image-feature-enabled']['import_image'])
        self.assertFalse(found['network-feature-enabled']['floating_ips'])
        self.assertNotIn('max_microversion', found['compute'])


class Write(testtools.TestCase):

    def test_layers(self):
        path = pathlib.Path(self.useFixture(fixtures.TempDir()).path, 'tempest.conf')
        discovery.write(path, {'a': {'x': True, 'y': ['b', 'c']}},
                        {'a': {'x': False}, 'DEFAULT': {'z': 3}})
        text = configparser.RawConfigParser()
        text.read(path)
        self.assertEqual({'x': 'false', 'y': 'b,c', 'z': '3'}, dict(text['a']))
        self.assertEqual(0o600, stat.S_IMODE(path.stat().st_mode))

    def test_the_password_policy_is_the_same_on_both_sides(self):
        policy = configparser.RawConfigParser()
        policy.read(discovery._FIXED.with_name('jumpgate.conf'))
        told = discovery.fixed()['identity']
        for name, value in policy['security_compliance'].items():
            self.assertEqual(value, told[f'user_{name}'])
