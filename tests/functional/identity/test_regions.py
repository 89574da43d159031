"""Regions, services and endpoints."""
from tests.fixtures.identity import IdentityCase


class RegionTest(IdentityCase):

    def test_a_life(self):
        region = self.create('regions', description='here', colour='red')
        self.assertEqual(
            {'id': region['id'], 'description': 'here', 'parent_region_id': None, 'colour': 'red',
             'links': {'self': f'http://h:5000/v3/regions/{region["id"]}'}}, region)
        self.assertEqual(region, self.get(f'/regions/{region["id"]}')['region'])
        changed = self.update('regions', region, description=None, size=2)
        self.assertEqual({**region, 'description': '', 'size': 2}, changed)
        self.delete(f'/regions/{region["id"]}')
        self.assertEqual(f'Could not find region: {region["id"]}.',
                         self.refused(404, 'GET', f'/regions/{region["id"]}'))

    def test_an_id_of_ones_own(self):
        self.assertEqual('north', self.create('regions', id='north')['id'])
        self.assertTrue(self.create('regions', id='')['id'])
        self.refused(409, 'POST', '/regions', {'region': {'id': 'north'}})
        put = self.call('PUT', '/regions/far%20north', {'region': {}}, code=201).json['region']
        self.assertEqual('far north', put['id'])
        self.assertEqual('http://h:5000/v3/regions/far%20north', put['links']['self'])
        self.refused(409, 'PUT', '/regions/north', {'region': {}})
        self.assertEqual('Conflicting region IDs specified: "a" != "b"',
                         self.refused(400, 'PUT', '/regions/a', {'region': {'id': 'b'}}))
        self.refused(400, 'PUT', '/regions/' + 'a' * 256, {'region': {}})
        self.assertEqual('Cannot change ID',
                         self.refused(400, 'PATCH', '/regions/north', {'region': {'id': 'b'}}))

    def test_trees(self):
        top = self.create('regions', id='top')
        below = self.create('regions', id='below', parent_region_id='top')
        self.create('regions', id='lowest', parent_region_id='below')
        self.assertEqual([below], self.get('/regions?parent_region_id=top')['regions'])
        self.refused(404, 'POST', '/regions', {'region': {'parent_region_id': 'nope'}})
        for parent in ('top', 'lowest'):
            self.refused(400, 'PATCH', '/regions/top', {'region': {'parent_region_id': parent}})
        self.delete(f'/regions/{top["id"]}')
        self.assertEqual([], self.get('/regions')['regions'])

    def test_malformed(self):
        for region in ({'id': 'a' * 256}, {'id': 7}, {'description': 'a' * 256}, None, [],
                       {'parent_region_id': ''}):
            self.refused(400, 'POST', '/regions', {'region': region})
        self.create('regions', id='here')
        self.refused(400, 'PATCH', '/regions/here', {'region': {}})
        self.refused(400, 'GET', '/regions?colour=red')

    def test_everybody_looks_and_only_the_administrator_changes(self):
        self.create('regions', id='here')
        demo = self.cloud.login('demo')
        self.get('/regions', token=demo)
        self.get('/regions/here', token=demo)
        self.refused(404, 'GET', '/regions/nope', token=demo)
        for method, path in (('POST', '/regions'), ('PUT', '/regions/x'),
                             ('PATCH', '/regions/here'), ('DELETE', '/regions/here')):
            body = {'region': {'description': ''}}
            self.assertIn('identity:', self.refused(403, method, path, body, token=demo))
        self.assertEqual(401, self.cloud.request('GET', '/v3/regions').status_code)


class ServiceTest(IdentityCase):

    def test_a_life(self):
        service = self.create('services', type='weather', colour='red')
        self.assertEqual(
            {'id': service['id'], 'type': 'weather', 'name': '', 'enabled': True, 'colour': 'red',
             'links': {'self': f'http://h:5000/v3/services/{service["id"]}'}}, service)
        changed = self.update('services', service, name='rain', enabled=False, description='wet')
        self.assertEqual({**service, 'name': 'rain', 'enabled': False, 'description': 'wet'},
                         changed)
        self.assertEqual(changed, self.get(f'/services/{service["id"]}')['service'])
        self.assertEqual([changed], self.get('/services?type=weather')['services'])
        self.assertEqual([changed], self.get('/services?name__startswith=ra')['services'])
        self.assertEqual([], self.get('/services?name=snow')['services'])
        self.delete(f'/services/{service["id"]}')
        self.refused(404, 'DELETE', f'/services/{service["id"]}')

    def test_malformed(self):
        service = self.create('services', type='weather')
        for body in ({'name': 'x'}, {'type': ''}, {'type': 'a' * 256}, {'type': 'x', 'name': ''},
                     {'type': 'x', 'enabled': 'yes'}):
            self.refused(400, 'POST', '/services', {'service': body})
        for body in ({}, {'id': 'other'}):
            self.refused(400, 'PATCH', f'/services/{service["id"]}', {'service': body})

    def test_who_may(self):
        service = self.create('services', type='weather')
        demo = self.cloud.login('demo')
        _, reader = self.somebody('reader', system=True)
        for path in ('/services', f'/services/{service["id"]}'):
            self.get(path, token=reader)
            self.refused(403, 'GET', path, token=demo)
        self.refused(403, 'GET', '/services/nope', token=demo)
        self.refused(404, 'GET', '/services/nope', token=reader)
        for token in (demo, reader):
            self.refused(403, 'POST', '/services', {'service': {'type': 'x'}}, token=token)
            self.refused(403, 'DELETE', f'/services/{service["id"]}', token=token)


class EndpointTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.service = self.create('services', type='weather')['id']

    def endpoint(self, **values):
        return self.create('endpoints', **{
            'service_id': self.service, 'interface': 'public', 'url': 'http://rain', **values})

    def test_a_life(self):
        self.create('regions', id='north')
        endpoint = self.endpoint(region_id='north', url='http://rain/$(project_id)s', name='n')
        self.assertEqual(
            {'id': endpoint['id'], 'service_id': self.service, 'interface': 'public',
             'url': 'http://rain/$(project_id)s', 'region': 'north', 'region_id': 'north',
             'enabled': True, 'name': 'n',
             'links': {'self': f'http://h:5000/v3/endpoints/{endpoint["id"]}'}}, endpoint)
        changed = self.update('endpoints', endpoint, interface='admin', enabled=False,
                              url='http://snow')
        self.assertEqual({**endpoint, 'interface': 'admin', 'enabled': False,
                          'url': 'http://snow'}, changed)
        self.assertEqual(changed, self.get(f'/endpoints/{endpoint["id"]}')['endpoint'])
        self.delete(f'/endpoints/{endpoint["id"]}')
        self.refused(404, 'DELETE', f'/endpoints/{endpoint["id"]}')

    def test_filters(self):
        north = self.endpoint(region='north')
        south = self.endpoint(region='south', interface='internal')
        for query, expected in (('region_id=north', [north]), ('interface=internal', [south]),
                                ('interface=admin', []), (f'service_id={self.service}&'
                                                          'region_id=south', [south])):
            self.assertEqual(expected, self.get('/endpoints?' + query)['endpoints'], query)
        self.refused(400, 'GET', '/endpoints?interface=weird')

    def test_the_old_name_makes_a_region(self):
        endpoint = self.endpoint(region='new')
        self.assertEqual('new', self.get('/regions/new')['region']['id'])
        self.assertEqual('newer', self.update('endpoints', endpoint, region='newer')['region_id'])
        self.get('/regions/newer')

    def test_a_region_with_endpoints_stays(self):
        self.create('regions', id='top')
        self.create('regions', id='below', parent_region_id='top')
        endpoint = self.endpoint(region_id='below')
        self.assertEqual('Unable to delete region top because it or its child regions have '
                         'associated endpoints.', self.refused(403, 'DELETE', '/regions/top'))
        self.delete(f'/endpoints/{endpoint["id"]}')
        self.delete('/regions/top')

    def test_they_go_with_their_service(self):
        endpoint = self.endpoint()
        self.delete(f'/services/{self.service}')
        self.refused(404, 'GET', f'/endpoints/{endpoint["id"]}')

    def test_malformed(self):
        good = {'service_id': self.service, 'interface': 'public', 'url': 'http://rain'}
        for name, value in (('service_id', 'nope'), ('region_id', 'nope'), ('url', 'rain'),
                            ('url', 'http://' + 'a' * 225), ('interface', 'weird'),
                            ('url', 'http://rain/$(nope)s'), ('url', 'http://rain/$(tenant_id'),
                            ('enabled', 'yes'), ('service_id', None)):
            self.refused(400, 'POST', '/endpoints', {'endpoint': {**good, name: value}})
        endpoint = self.endpoint()
        for change in ({'service_id': 'nope'}, {'region_id': 'nope'}, {'url': 'bad'}, {},
                       {'id': 'other'}):
            self.refused(400, 'PATCH', f'/endpoints/{endpoint["id"]}', {'endpoint': change})
