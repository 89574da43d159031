"""Registered limits, and the limits of projects and domains."""
from tests.fixtures.identity import IdentityCase


class Case(IdentityCase):

    def setUp(self):
        super().setUp()
        self.service = self.create('services', type='weather')['id']
        self.here = self.ids['demo']

    def register(self, *, code=201, **values):
        one = {'service_id': self.service, 'resource_name': 'drops', 'default_limit': 10, **values}
        response = self.call('POST', '/registered_limits', {'registered_limits': [one]}, code=code)
        return response.json['registered_limits'][0] if code == 201 else (
            response.json['error']['message'])

    def limit(self, *, code=201, **values):
        one = {'service_id': self.service, 'resource_name': 'drops', 'resource_limit': 5, **values}
        if 'domain_id' not in values:
            one.setdefault('project_id', self.here)
        response = self.call('POST', '/limits', {'limits': [one]}, code=code)
        return response.json['limits'][0] if code == 201 else response.json['error']['message']


class RegisteredLimitTest(Case):

    def test_a_life(self):
        made = self.register()
        path = f'/registered_limits/{made["id"]}'
        self.assertEqual(
            {'id': made['id'], 'service_id': self.service, 'region_id': None,
             'resource_name': 'drops', 'default_limit': 10, 'description': None,
             'links': {'self': f'http://h:5000/v3{path}'}}, made)
        changed = self.call('PATCH', path, {'registered_limit': {
            'default_limit': 20, 'description': 'd'}}, code=200).json['registered_limit']
        self.assertEqual({**made, 'default_limit': 20, 'description': 'd'}, changed)
        demo = self.cloud.login('demo')
        self.assertEqual(changed, self.get(path, token=demo)['registered_limit'])
        for query, expected in ((f'service_id={self.service}', [changed]),
                                ('resource_name=drops', [changed]), ('resource_name=x', [])):
            found = self.get('/registered_limits?' + query, token=demo)['registered_limits']
            self.assertEqual(expected, found)
        self.delete(path)
        self.assertEqual(f'Could not find registered limit for {made["id"]}.',
                         self.refused(404, 'GET', path))

    def test_one_for_a_resource(self):
        self.register()
        words = 'Conflict occurred attempting to store registered_limit - Duplicate entry.'
        self.assertEqual(words, self.register(code=409))
        self.create('regions', id='north')
        other = self.register(region_id='north')
        self.assertEqual(words, self.refused(
            409, 'PATCH', f'/registered_limits/{other["id"]}',
            {'registered_limit': {'region_id': None}}))

    def test_all_or_none(self):
        one = {'service_id': self.service, 'resource_name': 'a', 'default_limit': 1}
        self.refused(409, 'POST', '/registered_limits', {'registered_limits': [one, one]})
        self.assertEqual([], self.get('/registered_limits')['registered_limits'])

    def test_malformed(self):
        for values in ({'service_id': 'nope'}, {'service_id': '0' * 32}, {'region_id': 'nope'},
                       {'default_limit': -2}, {'default_limit': 1.5}, {'default_limit': 1 << 31},
                       {'resource_name': ''}, {'colour': 'red'}):
            self.register(code=400, **values)
        for body in ({}, {'registered_limits': []}):
            self.refused(400, 'POST', '/registered_limits', body)

    def test_in_use_it_stays(self):
        path = f'/registered_limits/{self.register()["id"]}'
        self.limit()
        self.refused(403, 'DELETE', path)
        self.refused(403, 'PATCH', path, {'registered_limit': {'default_limit': 1}})


class LimitTest(Case):

    def setUp(self):
        super().setUp()
        self.register()

    def test_a_life(self):
        made = self.limit()
        path = f'/limits/{made["id"]}'
        self.assertEqual(
            {'id': made['id'], 'project_id': self.here, 'domain_id': None, 'resource_limit': 5,
             'description': None, 'service_id': self.service, 'region_id': None,
             'resource_name': 'drops', 'links': {'self': f'http://h:5000/v3{path}'}}, made)
        changed = self.call('PATCH', path, {'limit': {'resource_limit': 0}},
                            code=200).json['limit']
        self.assertEqual({**made, 'resource_limit': 0}, changed)
        self.assertEqual(changed, self.get(path)['limit'])
        self.assertEqual([changed], self.get(f'/limits?project_id={self.here}')['limits'])
        self.delete(path)
        self.assertEqual(f'Could not find limit for {made["id"]}.',
                         self.refused(404, 'DELETE', path))

    def test_of_whom(self):
        self.assertEqual('default', self.limit(domain_id='default')['domain_id'])
        domain = self.domain()
        made = self.limit(project_id=domain['id'])
        self.assertEqual((None, domain['id']), (made['project_id'], made['domain_id']))
        self.assertEqual('Conflict occurred attempting to store limit - Duplicate entry.',
                         self.limit(domain_id='default', code=409))
        self.limit(domain_id='default', project_id=self.here, code=400)
        self.limit(project_id='nope', code=400)
        self.limit(domain_id=self.here, code=400)
        self.assertIn('no corresponding registered limit',
                      self.limit(resource_name='nope', code=403))

    def test_one_sees_those_of_the_place_one_acts_in(self):
        abroad = self.domain()
        there = self.project(domain_id=abroad['id'])
        _, reader = self.somebody('reader', project=there)
        _, of_domain = self.somebody('reader', domain=abroad)
        _, of_system = self.somebody('reader', system=True)
        mine, theirs = self.limit()['id'], self.limit(project_id=there['id'])['id']
        domains = self.limit(domain_id=abroad['id'])['id']
        for token, expected in ((self.admin, {mine, theirs, domains}), (reader, {theirs}),
                                (of_domain, {theirs, domains}),
                                (of_system, {mine, theirs, domains}),
                                (self.cloud.login('demo'), {mine})):
            found = self.get('/limits', token=token)['limits']
            self.assertEqual(expected, {one['id'] for one in found})
        for token, one, code in ((reader, theirs, 200), (reader, mine, 403),
                                 (reader, domains, 403), (of_domain, theirs, 200),
                                 (of_domain, domains, 200), (of_domain, mine, 403),
                                 (reader, 'nope', 403), (self.admin, 'nope', 404)):
            self.call('GET', f'/limits/{one}', token=token, code=code)
        self.delete(f'/projects/{there["id"]}')
        self.refused(404, 'GET', f'/limits/{theirs}')

    def test_the_model(self):
        self.assertEqual('flat', self.get('/limits/model')['model']['name'])
