"""Roles, what they imply, and who has them where."""
from tests.fixtures.identity import IdentityCase


class RoleTest(IdentityCase):

    def test_from_its_making_to_its_end(self):
        role = self.create('roles', name='r1', description='d')
        self.assertEqual(
            {'name': 'r1', 'domain_id': None, 'description': 'd', 'options': {},
             'id': role['id'], 'links': {'self': f'http://h:5000/v3/roles/{role["id"]}'}}, role)
        self.assertEqual(role, self.get(f'/roles/{role["id"]}')['role'])
        self.assertEqual('r2', self.update('roles', role, name='r2')['name'])
        self.assertEqual([], self.get('/roles?name=r1')['roles'])
        self.delete(f'/roles/{role["id"]}')
        self.refused(404, 'GET', f'/roles/{role["id"]}')

    def test_of_a_domain(self):
        domain = self.domain()
        role = self.create('roles', name='member', domain_id=domain['id'])
        self.assertEqual([role], self.get(f'/roles?domain_id={domain["id"]}')['roles'])
        self.assertNotIn(role, self.get('/roles')['roles'])
        self.refused(409, 'POST', '/roles',
                     {'role': {'name': 'member', 'domain_id': domain['id']}})
        self.refused(409, 'POST', '/roles', {'role': {'name': 'member'}})

    def test_the_first_ones_are_immutable(self):
        self.refused(403, 'DELETE', f'/roles/{self.roles["admin"]}')
        self.refused(403, 'PATCH', f'/roles/{self.roles["admin"]}', {'role': {'name': 'x'}})


class ImpliedTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.one, self.two, self.three = (self.create('roles', name=name)
                                          for name in ('one', 'two', 'three'))

    def path(self, prior, implied):
        return f'/roles/{prior["id"]}/implies/{implied["id"]}'

    def test_rules(self):
        path = self.path(self.one, self.two)
        body = self.call('PUT', path, code=201).json
        self.assertEqual('one', body['role_inference']['prior_role']['name'])
        self.assertEqual('two', body['role_inference']['implies']['name'])
        self.assertEqual(body['role_inference'], self.get(path)['role_inference'])
        self.call('HEAD', path, code=204)
        found = self.get(f'/roles/{self.one["id"]}/implies')['role_inference']
        self.assertEqual(['two'], [one['name'] for one in found['implies']])
        rules = {one['prior_role']['name']: [other['name'] for other in one['implies']]
                 for one in self.get('/role_inferences')['role_inferences']}
        self.assertEqual({'admin': ['manager'], 'manager': ['member'], 'member': ['reader'],
                          'one': ['two']}, rules)
        self.delete(path)
        self.refused(404, 'GET', path)
        self.refused(404, 'DELETE', path)

    def test_what_cannot_be(self):
        self.call('PUT', self.path(self.one, self.two), code=201)
        self.call('PUT', self.path(self.two, self.three), code=201)
        self.refused(403, 'PUT', self.path(self.three, self.one))
        self.refused(403, 'PUT', self.path(self.one, self.one))
        self.refused(403, 'PUT', self.path(self.one, {'id': self.roles['admin']}))
        self.refused(404, 'PUT', self.path(self.one, {'id': 'nope'}))
        self.refused(409, 'PUT', self.path(self.one, self.two))
        own = self.create('roles', name='own', domain_id='default')
        self.refused(403, 'PUT', self.path(self.one, own))
        self.refused(400, 'PUT', f'/system/users/{self.user()["id"]}/roles/{own["id"]}')

    def test_roles_of_domains(self):
        own, neighbour, other = (
            self.create('roles', name=name, domain_id=domain['id'])
            for domain in (self.domain(),) for name in ('own', 'neighbour', 'other'))
        foreign = self.create('roles', name='foreign', domain_id=self.domain()['id'])
        for implied in (neighbour, foreign, self.one):
            self.call('PUT', self.path(own, implied), code=201)
        self.refused(403, 'PUT', self.path(self.two, other))

    def test_a_token_has_them_all(self):
        self.call('PUT', self.path(self.one, self.two), code=201)
        self.call('PUT', self.path(self.two, self.three), code=201)
        self.roles['one'] = self.one['id']
        _, token = self.somebody('one', project={'id': self.ids['demo']})
        shown = self.call('GET', '/auth/tokens', headers={'X-Subject-Token': token}).json
        self.assertEqual({'one', 'two', 'three'},
                         {role['name'] for role in shown['token']['roles']})

    def test_a_role_of_a_domain_is_in_no_token(self):
        domain = self.domain()
        own = self.create('roles', name='own', domain_id=domain['id'])
        self.call('PUT', self.path(own, self.three), code=201)
        project = self.project(domain_id=domain['id'])
        self.roles['own'] = own['id']
        user, token = self.somebody('own', project=project)
        shown = self.call('GET', '/auth/tokens', headers={'X-Subject-Token': token}).json
        self.assertEqual(['three'], [role['name'] for role in shown['token']['roles']])
        query = f'/role_assignments?user.id={user["id"]}'
        self.assertEqual([own['id']], [one['role']['id'] for one in
                                       self.get(query)['role_assignments']])
        self.assertEqual([self.three['id']], [one['role']['id'] for one in
                                              self.get(query + '&effective')['role_assignments']])
        self.refused(403, 'PUT', f'/projects/{self.ids["demo"]}/users/{user["id"]}/roles/'
                     + own['id'])


class GrantTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.person, self.crew = self.user(), self.group()
        self.place, self.land = self.project(), self.domain()

    def check(self, path):
        """Give, look, list and take, at one of the many paths."""
        role = f'{path}/{self.roles["member"]}'
        self.refused(404, 'GET', role)
        self.put(role)
        self.put(role)
        self.call('HEAD', role, code=204)
        self.call('GET', role, code=204)
        self.assertEqual(['member'], [one['name'] for one in self.get(path)['roles']])
        self.delete(role)
        self.refused(404, 'DELETE', role)
        self.assertEqual([], self.get(path)['roles'])
        self.refused(404, 'PUT', f'{path}/nope')

    def test_everywhere(self):
        for actor in (f'users/{self.person["id"]}', f'groups/{self.crew["id"]}'):
            for target in (f'projects/{self.place["id"]}', f'domains/{self.land["id"]}',
                           'system'):
                self.check(f'/{target}/{actor}/roles')

    def test_inherited(self):
        role = self.roles['member']
        for actor in (f'users/{self.person["id"]}', f'groups/{self.crew["id"]}'):
            base = f'/OS-INHERIT/domains/{self.land["id"]}/{actor}/roles'
            path = f'{base}/{role}/inherited_to_projects'
            self.put(path)
            self.call('HEAD', path, code=204)
            self.assertEqual(['member'], [one['name'] for one in self.get(
                base + '/inherited_to_projects')['roles']])
            # Given to what is below, it is not given on the domain.
            self.refused(404, 'GET', f'/domains/{self.land["id"]}/{actor}/roles/{role}')
            self.delete(path)
            path = f'/OS-INHERIT/projects/{self.place["id"]}/{actor}/roles/{role}' \
                   '/inherited_to_projects'
            self.put(path)
            self.call('GET', path, code=204)
            self.delete(path)
            self.refused(404, 'GET', path)

    def test_unknown_ends(self):
        role = self.roles['member']
        self.refused(404, 'PUT', f'/projects/nope/users/{self.person["id"]}/roles/{role}')
        self.refused(404, 'PUT', f'/projects/{self.place["id"]}/users/nope/roles/{role}')
        self.refused(404, 'GET', f'/projects/{self.place["id"]}/users/nope/roles')

    def test_the_old_spelling(self):
        path = f'/domains/{self.land["id"]}/users/{self.person["id"]}/role/'
        self.put(path + self.roles['member'])
        self.call('GET', path + self.roles['member'], code=204)


class AssignmentTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.land = self.domain()
        self.top = self.project(domain_id=self.land['id'])
        self.below = self.project(parent_id=self.top['id'])
        self.person, self.crew = self.user(), self.group()
        self.put(f'/groups/{self.crew["id"]}/users/{self.person["id"]}')

    def assignments(self, query):
        return self.get('/role_assignments?' + query)['role_assignments']

    def test_direct(self):
        self.grant('member', user=self.person, project=self.top)
        [found] = self.assignments(f'user.id={self.person["id"]}')
        self.assertEqual({
            'user': {'id': self.person['id']}, 'role': {'id': self.roles['member']},
            'scope': {'project': {'id': self.top['id']}},
            'links': {'assignment': f'http://h:5000/v3/projects/{self.top["id"]}/users/'
                                    f'{self.person["id"]}/roles/{self.roles["member"]}'}}, found)
        self.assertEqual([found], self.assignments(f'scope.project.id={self.top["id"]}'))
        self.assertEqual([], self.assignments(f'scope.project.id={self.below["id"]}'))
        self.assertEqual([found], self.assignments(
            f'user.id={self.person["id"]}&role.id={self.roles["member"]}'))

    def test_effective(self):
        self.grant('member', group=self.crew, project=self.top)
        found = self.assignments(f'effective&user.id={self.person["id"]}')
        self.assertEqual({self.roles['member'], self.roles['reader']},
                         {one['role']['id'] for one in found})
        for one in found:
            self.assertEqual(f'http://h:5000/v3/groups/{self.crew["id"]}/users/'
                             f'{self.person["id"]}', one['links']['membership'])
        self.assertEqual([], self.assignments(f'user.id={self.person["id"]}'))

    def test_inherited(self):
        self.put(f'/OS-INHERIT/projects/{self.top["id"]}/users/{self.person["id"]}/roles/'
                 f'{self.roles["reader"]}/inherited_to_projects')
        [found] = self.assignments(f'user.id={self.person["id"]}')
        self.assertEqual('projects', found['scope']['OS-INHERIT:inherited_to'])
        [found] = self.assignments(f'effective&user.id={self.person["id"]}')
        self.assertEqual({'id': self.below['id']}, found['scope']['project'])
        self.cloud.login(self.person['name'], 'secret',
                         scope={'project': {'id': self.below['id']}})
        response = self.cloud.authenticate(self.person['name'], 'secret',
                                           scope={'project': {'id': self.top['id']}})
        self.assertEqual(401, response.status_code)

    def test_inherited_from_the_domain(self):
        self.put(f'/OS-INHERIT/domains/{self.land["id"]}/groups/{self.crew["id"]}/roles/'
                 f'{self.roles["reader"]}/inherited_to_projects')
        found = self.assignments(f'effective&user.id={self.person["id"]}')
        self.assertEqual({self.top['id'], self.below['id']},
                         {one['scope']['project']['id'] for one in found})
        for project in (self.top, self.below):
            self.token(self.person, {'project': {'id': project['id']}})

    def test_a_tree(self):
        self.grant('member', user=self.person, project=self.below)
        found = self.assignments(f'scope.project.id={self.top["id"]}&include_subtree')
        self.assertEqual([self.person['id']], [one['user']['id'] for one in found])

    def test_names(self):
        self.grant('member', user=self.person, project=self.top)
        [found] = self.assignments(f'include_names&user.id={self.person["id"]}')
        self.assertEqual({'id': self.person['id'], 'name': self.person['name'],
                          'domain': {'id': 'default', 'name': 'Default'}}, found['user'])
        self.assertEqual({'id': self.roles['member'], 'name': 'member'}, found['role'])
        self.assertEqual({'id': self.top['id'], 'name': self.top['name'],
                          'domain': {'id': self.land['id'], 'name': self.land['name']}},
                         found['scope']['project'])

    def test_the_system(self):
        self.grant('reader', user=self.person)
        [found] = self.assignments(f'scope.system=all&user.id={self.person["id"]}')
        self.assertEqual({'system': {'all': True}}, found['scope'])

    def test_what_excludes_each_other(self):
        for query in ('user.id=a&group.id=b', 'scope.project.id=a&scope.domain.id=b',
                      'effective&group.id=a', 'include_subtree',
                      'effective&scope.domain.id=a&scope.OS-INHERIT:inherited_to=projects'):
            self.refused(400, 'GET', '/role_assignments?' + query)

    def test_they_go_with_what_they_name(self):
        self.grant('member', user=self.person, project=self.below)
        self.grant('member', group=self.crew, project=self.top)
        self.delete(f'/projects/{self.below["id"]}')
        self.delete(f'/groups/{self.crew["id"]}')
        self.assertEqual([], self.assignments(f'user.id={self.person["id"]}'))
        self.assertEqual([], self.assignments(f'group.id={self.crew["id"]}'))
