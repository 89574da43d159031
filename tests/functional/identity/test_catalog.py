"""Where the service catalog comes from."""
import os

from tests.fixtures.identity import IdentityCase

_TEMPLATE = """\
# the catalog of a test
catalog.RegionOne.compute.publicURL = http://nova:8774/v2.1
catalog.RegionOne.compute.internalURL = http://inside:8774/v2.1
catalog.RegionOne.compute.name = Compute Service
catalog.RegionTwo.compute.publicURL = http://two:8774/v2.1

catalog.RegionOne.volumev3.publicURL = http://cinder:8776/v3/$(tenant_id)s
catalog.RegionOne.object-store.publicURL = http://swift/v1/AUTH_%(project_id)s
"""


class CatalogCase(IdentityCase):

    def catalog(self, scope=None):
        response = self.cloud.authenticate(
            scope=scope or {'project': {'id': self.ids['admin']}})
        return {entry['type']: entry for entry in response.json['token']['catalog']}

    def urls(self, catalog, kind):
        return {(one['region_id'], one['interface']): one['url']
                for one in catalog[kind]['endpoints']}


class TemplateTest(CatalogCase):

    settings = 'catalog = template\n'
    files = {'identity.templates': _TEMPLATE}

    def setUp(self):
        super().setUp()
        self.file = self.cloud.folder / 'identity.templates'

    def test_lines(self):
        catalog = self.catalog()
        self.assertEqual(['compute', 'volumev3', 'object-store'], list(catalog))
        self.assertEqual('Compute Service', catalog['compute']['name'])
        self.assertEqual({('RegionOne', 'public'): 'http://nova:8774/v2.1',
                          ('RegionOne', 'internal'): 'http://inside:8774/v2.1',
                          ('RegionTwo', 'public'): 'http://two:8774/v2.1'},
                         self.urls(catalog, 'compute'))
        project = self.ids['admin']
        self.assertEqual({('RegionOne', 'public'): f'http://cinder:8776/v3/{project}'},
                         self.urls(catalog, 'volumev3'))
        self.assertEqual({('RegionOne', 'public'): f'http://swift/v1/AUTH_{project}'},
                         self.urls(catalog, 'object-store'))

    def test_without_a_project(self):
        catalog = self.catalog({'system': {'all': True}})
        self.assertEqual([], catalog['volumev3']['endpoints'])

    def test_a_change_is_seen(self):
        self.catalog()
        self.file.write_text('catalog.RegionOne.image.publicURL = http://glance\n')
        os.utime(self.file, ns=(1, 1))
        self.assertEqual(['image'], list(self.catalog()))

    def test_what_is_no_catalog(self):
        self.file.write_text('catalog.RegionOne.image.someURL = x\n')
        response = self.cloud.authenticate(scope={'project': {'id': self.ids['admin']}})
        self.assertEqual(503, response.status_code)
        self.file.unlink()
        response = self.cloud.authenticate(scope={'project': {'id': self.ids['admin']}})
        self.assertEqual(503, response.status_code)
        self.assertNotIn(str(self.cloud.folder), response.text)


class StoredTest(CatalogCase):

    settings = 'catalog = stored\n'

    def setUp(self):
        super().setUp()
        self.service = self.create('services', type='compute', name='nova')
        self.create('regions', id='north')

    def endpoint(self, **values):
        return self.create('endpoints', **{
            'service_id': self.service['id'], 'interface': 'public', 'region_id': 'north',
            'url': 'http://nova/$(project_id)s', **values})

    def test_what_was_made(self):
        endpoint = self.endpoint()
        entry = self.catalog()['compute']
        self.assertEqual((self.service['id'], 'nova'), (entry['id'], entry['name']))
        self.assertEqual([{'id': endpoint['id'], 'interface': 'public', 'region': 'north',
                           'region_id': 'north', 'url': f'http://nova/{self.ids["admin"]}'}],
                         entry['endpoints'])
        self.assertEqual([entry], self.get('/auth/catalog')['catalog'])

    def test_what_is_off_is_left_out(self):
        self.endpoint(enabled=False)
        self.assertEqual([], self.catalog()['compute']['endpoints'])
        self.update('services', self.service, enabled=False)
        self.assertEqual({}, self.catalog())

    def test_what_is_for_other_projects(self):
        mine, other = self.endpoint(), self.endpoint(url='http://other')
        self.call('PUT', f'/OS-EP-FILTER/projects/{self.ids["admin"]}/endpoints/{mine["id"]}',
                  code=204)
        self.assertEqual([mine['id']],
                         [one['id'] for one in self.catalog()['compute']['endpoints']])
        demo = self.get('/auth/catalog', token=self.cloud.login('demo'))['catalog']
        self.assertEqual({mine['id'], other['id']}, {one['id'] for one in demo[0]['endpoints']})
