"""Which projects see which endpoints, and which policy an endpoint has."""
from tests.fixtures.identity import IdentityCase

GROUPS = '/OS-EP-FILTER/endpoint_groups'
PROJECTS = '/OS-EP-FILTER/projects'


class Case(IdentityCase):

    def setUp(self):
        super().setUp()
        self.service = self.create('services', type='weather')['id']
        self.public = self.endpoint('public')
        self.internal = self.endpoint('internal')
        self.here = self.ids['demo']

    def endpoint(self, interface, **values):
        return self.create('endpoints', service_id=self.service, interface=interface,
                           url='http://rain', **values)


class EndpointGroupTest(Case):

    def group(self, **filters):
        return self.call('POST', GROUPS, {'endpoint_group': {'name': 'g', 'filters': filters}},
                         code=201).json['endpoint_group']

    def test_a_life(self):
        group = self.group(interface='public', service_id=self.service)
        path = f'{GROUPS}/{group["id"]}'
        self.assertEqual(
            {'id': group['id'], 'name': 'g', 'description': None,
             'filters': {'interface': 'public', 'service_id': self.service},
             'links': {'self': f'http://h:5000/v3{path}'}}, group)
        self.assertEqual([self.public], self.get(path + '/endpoints')['endpoints'])
        changed = self.call('PATCH', path, {'endpoint_group': {
            'name': 'h', 'filters': {'interface': 'internal'}}}, code=200).json['endpoint_group']
        self.assertEqual({**group, 'name': 'h', 'filters': {'interface': 'internal'}}, changed)
        self.assertEqual(changed, self.get(path)['endpoint_group'])
        self.assertEqual([changed], self.get(GROUPS + '?name=h')['endpoint_groups'])
        self.assertEqual([], self.get(GROUPS + '?name=g')['endpoint_groups'])
        self.assertEqual([self.internal], self.get(path + '/endpoints')['endpoints'])
        self.delete(path)
        self.assertEqual(f'Could not find Endpoint Group: {group["id"]}.',
                         self.refused(404, 'GET', path))

    def test_malformed(self):
        for body in ({'name': 'g'}, {'name': 'g', 'filters': {}}, {'filters': {'enabled': True}},
                     {'name': 'g', 'filters': {'colour': 'red'}},
                     {'name': 'g', 'filters': {'interface': 'weird'}},
                     {'name': '', 'filters': {'interface': 'public'}},
                     {'name': 'g', 'filters': {'interface': 'public'}, 'colour': 'red'}):
            self.refused(400, 'POST', GROUPS, {'endpoint_group': body})
        path = f'{GROUPS}/{self.group(interface="public")["id"]}'
        for body in ({}, {'id': 'other'}, {'filters': {'colour': 'red'}}):
            self.refused(400, 'PATCH', path, {'endpoint_group': body})

    def test_linked_to_a_project(self):
        group = self.group(interface='public')['id']
        link = f'{GROUPS}/{group}/projects/{self.here}'
        self.refused(404, 'GET', link)
        self.put(link)
        self.assertEqual('Conflict occurred attempting to store project_endpoint_group - '
                         'Duplicate entry.', self.refused(409, 'PUT', link))
        linked = self.get(link)['project_endpoint_group']
        self.assertEqual((group, self.here),
                         (linked['endpoint_group_id'], linked['project_id']))
        self.assertEqual(200, self.call('HEAD', link).status_code)
        self.assertEqual([self.here], [
            one['id'] for one in self.get(f'{GROUPS}/{group}/projects')['projects']])
        self.assertEqual([group], [one['id'] for one in self.get(
            f'{PROJECTS}/{self.here}/endpoint_groups')['endpoint_groups']])
        self.assertEqual([self.public], self.get(f'{PROJECTS}/{self.here}/endpoints')['endpoints'])
        self.delete(link)
        self.assertEqual('Endpoint Group Project Association not found',
                         self.refused(404, 'DELETE', link))
        self.refused(404, 'PUT', f'{GROUPS}/{group}/projects/nope')
        self.refused(404, 'PUT', f'{GROUPS}/nope/projects/{self.here}')
        self.refused(404, 'GET', f'{PROJECTS}/nope/endpoint_groups')

    def test_links_go_with_their_ends(self):
        group = self.group(interface='public')['id']
        project = self.project()['id']
        for one in (self.here, project):
            self.put(f'{GROUPS}/{group}/projects/{one}')
        self.delete(f'/projects/{project}')
        self.assertEqual([self.here], [
            one['id'] for one in self.get(f'{GROUPS}/{group}/projects')['projects']])
        self.delete(f'{GROUPS}/{group}')
        self.assertEqual([], self.get(f'{PROJECTS}/{self.here}/endpoint_groups')[
            'endpoint_groups'])

    def test_single_endpoints(self):
        link = f'{PROJECTS}/{self.here}/endpoints/{self.public["id"]}'
        self.refused(404, 'GET', link)
        self.put(link)
        self.refused(409, 'PUT', link)
        self.call('GET', link, code=204)
        self.assertEqual([self.public], self.get(f'{PROJECTS}/{self.here}/endpoints')['endpoints'])
        self.assertEqual([self.here], [one['id'] for one in self.get(
            f'/OS-EP-FILTER/endpoints/{self.public["id"]}/projects')['projects']])
        self.delete(link)
        self.assertEqual(
            f'Endpoint {self.public["id"]} not found in project {self.here}',
            self.refused(404, 'DELETE', link))
        self.refused(404, 'PUT', f'{PROJECTS}/nope/endpoints/{self.public["id"]}')
        self.refused(404, 'PUT', f'{PROJECTS}/{self.here}/endpoints/nope')
        self.put(link)
        self.delete(f'/endpoints/{self.public["id"]}')
        self.assertEqual([], self.get(f'{PROJECTS}/{self.here}/endpoints')['endpoints'])

    def test_who_may(self):
        group = self.group(interface='public')['id']
        demo = self.cloud.login('demo')
        _, reader = self.somebody('reader', system=True)
        for path in (GROUPS, f'{GROUPS}/{group}', f'{GROUPS}/{group}/endpoints',
                     f'{GROUPS}/{group}/projects', f'{PROJECTS}/{self.here}/endpoints',
                     f'{PROJECTS}/{self.here}/endpoint_groups'):
            self.get(path, token=reader)
            self.refused(403, 'GET', path, token=demo)
        for path in (f'{GROUPS}/{group}/projects/{self.here}',
                     f'{PROJECTS}/{self.here}/endpoints/{self.public["id"]}'):
            for token in (reader, demo):
                self.refused(403, 'PUT', path, token=token)


class PolicyTest(Case):

    def policy(self, **values):
        return self.call('POST', '/policies', {'policy': {
            'blob': '{}', 'type': 'application/json', **values}}, code=201).json['policy']

    def bound(self):
        return self.get(f'/endpoints/{self.public["id"]}/OS-ENDPOINT-POLICY/policy')[
            'policy']['id']

    def test_a_life(self):
        policy = self.policy(colour='red')
        path = f'/policies/{policy["id"]}'
        self.assertEqual({'id': policy['id'], 'blob': '{}', 'type': 'application/json',
                          'colour': 'red', 'links': {'self': f'http://h:5000/v3{path}'}}, policy)
        changed = self.call('PATCH', path, {'policy': {'type': 'text', 'size': 2}},
                            code=200).json['policy']
        self.assertEqual({**policy, 'type': 'text', 'size': 2}, changed)
        self.assertEqual(changed, self.get(path)['policy'])
        self.assertEqual([changed], self.get('/policies?type=text')['policies'])
        self.assertEqual([], self.get('/policies?type=other')['policies'])
        self.delete(path)
        self.refused(404, 'GET', path)

    def test_malformed(self):
        for body in ({'blob': {}, 'type': 'x'}, {'blob': 'x'}, {'blob': 'x', 'type': 'a' * 256}):
            self.refused(400, 'POST', '/policies', {'policy': body})
        path = f'/policies/{self.policy()["id"]}'
        self.refused(400, 'PATCH', path, {'policy': {}})
        self.assertEqual('Cannot change policy ID',
                         self.refused(400, 'PATCH', path, {'policy': {'id': 'other'}}))

    def test_the_nearest_binding_counts(self):
        self.create('regions', id='top')
        self.create('regions', id='below', parent_region_id='top')
        self.update('endpoints', self.public, region_id='below')
        self.refused(404, 'GET', f'/endpoints/{self.public["id"]}/OS-ENDPOINT-POLICY/policy')
        paths = [f'services/{self.service}', f'services/{self.service}/regions/top',
                 f'services/{self.service}/regions/below', f'endpoints/{self.public["id"]}']
        policies = [self.policy()['id'] for _ in paths]
        links = [f'/policies/{policy}/OS-ENDPOINT-POLICY/{path}'
                 for policy, path in zip(policies, paths, strict=True)]
        for policy, link in zip(policies, links, strict=True):
            self.refused(404, 'GET', link)
            self.put(link)
            self.put(link)
            self.call('GET', link, code=204)
            self.assertEqual(policy, self.bound())
        shown = self.get(f'/policies/{policies[0]}/OS-ENDPOINT-POLICY/endpoints')['endpoints']
        self.assertEqual({self.public['id'], self.internal['id']}, {one['id'] for one in shown})
        for policy in policies[1:]:
            shown = self.get(f'/policies/{policy}/OS-ENDPOINT-POLICY/endpoints')['endpoints']
            self.assertEqual([self.public['id']], [one['id'] for one in shown])
        for link, left in zip(reversed(links[1:]), reversed(policies[:-1]), strict=True):
            self.delete(link)
            self.assertEqual(left, self.bound())

    def test_one_policy_for_one_thing(self):
        one, other = self.policy()['id'], self.policy()['id']
        path = f'OS-ENDPOINT-POLICY/services/{self.service}'
        self.put(f'/policies/{one}/{path}')
        self.put(f'/policies/{other}/{path}')
        self.assertEqual(other, self.bound())
        self.refused(404, 'GET', f'/policies/{one}/{path}')
        self.delete(f'/policies/{other}')
        self.refused(404, 'GET', f'/endpoints/{self.public["id"]}/OS-ENDPOINT-POLICY/policy')

    def test_what_does_not_exist(self):
        policy = self.policy()['id']
        for path in ('endpoints/nope', 'services/nope', f'services/{self.service}/regions/nope'):
            self.refused(404, 'PUT', f'/policies/{policy}/OS-ENDPOINT-POLICY/{path}')
        self.refused(404, 'PUT', f'/policies/nope/OS-ENDPOINT-POLICY/services/{self.service}')
        self.refused(404, 'GET', '/endpoints/nope/OS-ENDPOINT-POLICY/policy')
