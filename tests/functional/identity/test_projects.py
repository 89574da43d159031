"""Domains, projects and their tags."""
from tests.fixtures.identity import IdentityCase


class DomainTest(IdentityCase):

    def test_from_its_making_to_its_end(self):
        domain = self.create('domains', name='d1', description='one', email='a@b.c')
        self.assertEqual(
            {'name': 'd1', 'description': 'one', 'enabled': True, 'tags': [], 'options': {},
             'email': 'a@b.c', 'id': domain['id'],
             'links': {'self': f'http://h:5000/v3/domains/{domain["id"]}'}}, domain)
        self.assertEqual(domain, self.get(f'/domains/{domain["id"]}')['domain'])
        self.assertIn(domain, self.get('/domains')['domains'])
        changed = self.update('domains', domain, name='d2', enabled=False)
        self.assertEqual(('d2', False, 'one'),
                         (changed['name'], changed['enabled'], changed['description']))
        self.delete(f'/domains/{domain["id"]}')
        self.refused(404, 'GET', f'/domains/{domain["id"]}')

    def test_an_enabled_one_stays(self):
        domain = self.domain()
        message = self.refused(403, 'DELETE', f'/domains/{domain["id"]}')
        self.assertIn('disable', message)

    def test_a_chosen_id(self):
        wanted = 'ab' * 16
        self.assertEqual(wanted, self.create('domains', name='x', explicit_domain_id=wanted)['id'])
        self.refused(409, 'POST', '/domains',
                     {'domain': {'name': 'y', 'explicit_domain_id': wanted}})

    def test_names(self):
        self.create('domains', name='taken')
        self.refused(409, 'POST', '/domains', {'domain': {'name': 'taken'}})
        for name in ('', ' ', 'x' * 65, 7, None):
            self.refused(400, 'POST', '/domains', {'domain': {'name': name}})
        self.create('domains', name='x' * 64)

    def test_what_it_owns_goes_with_it(self):
        domain = self.domain()
        own = {'domain_id': domain['id']}
        project = self.project(**own)
        below = self.project(parent_id=project['id'], **own)
        user, group = self.user(**own), self.group(**own)
        self.update('domains', domain, enabled=False)
        self.delete(f'/domains/{domain["id"]}')
        for path in (f'projects/{project["id"]}', f'projects/{below["id"]}',
                     f'users/{user["id"]}', f'groups/{group["id"]}'):
            self.refused(404, 'GET', '/' + path)

    def test_filters(self):
        on, off = self.domain(), self.domain(enabled=False)
        ids = {one['id'] for one in self.get('/domains?enabled=true')['domains']}
        self.assertIn(on['id'], ids)
        self.assertNotIn(off['id'], ids)
        self.assertEqual([off], self.get('/domains?enabled=false')['domains'])
        self.assertEqual([on], self.get(f'/domains?name={on["name"]}')['domains'])

    def test_the_default_one_is_there(self):
        self.assertEqual('Default', self.get('/domains/default')['domain']['name'])


class ProjectTest(IdentityCase):

    def test_from_its_making_to_its_end(self):
        project = self.create('projects', name='p1', colour='red')
        self.assertEqual(
            {'name': 'p1', 'domain_id': 'default', 'parent_id': 'default', 'description': '',
             'enabled': True, 'is_domain': False, 'tags': [], 'options': {}, 'colour': 'red',
             'id': project['id'],
             'links': {'self': f'http://h:5000/v3/projects/{project["id"]}'}}, project)
        self.assertEqual(project, self.get(f'/projects/{project["id"]}')['project'])
        changed = self.update('projects', project, description='new', colour='blue', size=3)
        self.assertEqual(('p1', 'new', 'blue', 3), (
            changed['name'], changed['description'], changed['colour'], changed['size']))
        self.delete(f'/projects/{project["id"]}')
        self.refused(404, 'GET', f'/projects/{project["id"]}')

    def test_the_same_name_in_two_domains(self):
        domain = self.domain()
        self.create('projects', name='same')
        self.create('projects', name='same', domain_id=domain['id'])
        message = self.refused(409, 'POST', '/projects', {'project': {'name': 'same'}})
        self.assertIn('same', message)

    def test_an_unknown_domain_or_parent_is_400(self):
        self.refused(400, 'POST', '/projects', {'project': {'name': 'x', 'domain_id': 'nope'}})
        self.refused(400, 'POST', '/projects', {'project': {'name': 'x', 'parent_id': 'ab' * 16}})

    def test_one_that_acts_as_a_domain(self):
        project = self.create('projects', name='root', is_domain=True)
        self.assertEqual((True, None, None), (
            project['is_domain'], project['domain_id'], project['parent_id']))
        self.assertEqual('root', self.get(f'/domains/{project["id"]}')['domain']['name'])
        self.assertNotIn(project, self.get('/projects')['projects'])
        self.assertIn(project, self.get('/projects?is_domain=true')['projects'])

    def test_what_cannot_change(self):
        project, domain = self.project(), self.domain()
        path = f'/projects/{project["id"]}'
        self.refused(403, 'PATCH', path, {'project': {'parent_id': self.ids['demo']}})
        self.refused(400, 'PATCH', path, {'project': {'domain_id': domain['id']}})
        self.refused(400, 'PATCH', path, {'project': {'is_domain': True}})
        self.refused(400, 'PATCH', path, {'project': {'id': 'ab' * 16}})
        self.refused(400, 'PATCH', path, {'project': {}})

    def test_immutable(self):
        project = self.project(options={'immutable': True})
        path = f'/projects/{project["id"]}'
        self.refused(403, 'PATCH', path, {'project': {'description': 'x'}})
        self.refused(403, 'DELETE', path)
        self.update('projects', project, options={'immutable': False})
        self.delete(path)

    def test_an_option_goes_when_it_is_null(self):
        project = self.project(options={'immutable': False})
        self.assertEqual({}, self.update('projects', project,
                                         options={'immutable': None})['options'])


class TreeTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.top = self.project()
        self.middle = self.project(parent_id=self.top['id'])
        self.leaf = self.project(parent_id=self.middle['id'])

    def show(self, project, query):
        return self.get(f'/projects/{project["id"]}?{query}')['project']

    def test_up(self):
        self.assertEqual({self.middle['id']: {self.top['id']: {'default': None}}},
                         self.show(self.leaf, 'parents_as_ids')['parents'])
        self.grant('member', user=self.find('users', 'admin'), project=self.top)
        found = self.show(self.leaf, 'parents_as_list')['parents']
        self.assertEqual([self.top], [one['project'] for one in found])

    def test_down(self):
        self.assertEqual({self.middle['id']: {self.leaf['id']: None}},
                         self.show(self.top, 'subtree_as_ids')['subtree'])
        self.grant('member', user=self.find('users', 'admin'), project=self.leaf)
        found = self.show(self.top, 'subtree_as_list')['subtree']
        self.assertEqual([self.leaf], [one['project'] for one in found])
        self.assertIsNone(self.show(self.leaf, 'subtree_as_ids')['subtree'])

    def test_not_both_ways_of_showing(self):
        self.refused(400, 'GET', f'/projects/{self.top["id"]}?parents_as_ids&parents_as_list')

    def test_one_with_others_below_stays(self):
        self.refused(403, 'DELETE', f'/projects/{self.middle["id"]}')

    def test_disabling(self):
        path = f'/projects/{self.top["id"]}'
        self.refused(403, 'PATCH', path, {'project': {'enabled': False}})
        for project in (self.leaf, self.middle, self.top):
            self.update('projects', project, enabled=False)
        self.refused(403, 'PATCH', f'/projects/{self.leaf["id"]}', {'project': {'enabled': True}})
        self.refused(400, 'POST', '/projects',
                     {'project': {'name': 'x', 'parent_id': self.top['id']}})

    def test_how_deep(self):
        project = self.leaf
        for _ in range(2):
            project = self.project(parent_id=project['id'])
        self.refused(403, 'POST', '/projects',
                     {'project': {'name': 'deep', 'parent_id': project['id']}})

    def test_a_parent_in_another_domain(self):
        domain = self.domain()
        self.refused(400, 'POST', '/projects', {'project': {
            'name': 'x', 'domain_id': domain['id'], 'parent_id': self.top['id']}})

    def test_below(self):
        self.assertEqual([self.leaf],
                         self.get(f'/projects?parent_id={self.middle["id"]}')['projects'])


class WhoMayListTest(IdentityCase):

    def test_nobody_without_a_domain(self):
        _, member = self.somebody('manager', project={'id': self.ids['demo']})
        for collection in ('projects', 'users', 'groups', 'domains', 'role_assignments'):
            self.refused(403, 'GET', f'/{collection}', token=member)

    def test_the_own_domain(self):
        domain = self.domain()
        project = self.project(domain_id=domain['id'])
        _, reader = self.somebody('reader', domain=domain)
        for collection, expected in (('projects', [project['id']]), ('users', []),
                                     ('groups', []), ('domains', [domain['id']])):
            found = self.get(f'/{collection}', token=reader)[collection]
            self.assertEqual(expected, [one['id'] for one in found], collection)

    def test_everything_with_the_system(self):
        _, reader = self.somebody('reader', system=True)
        for collection in ('projects', 'users', 'domains', 'role_assignments'):
            self.assertNotEqual([], self.get(f'/{collection}', token=reader)[collection])


class ListTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.things = [self.create('projects', name=name, domain_id=self.domain()['id'])
                       for name in ('Alpha', 'alphabet', 'Beta')]

    def names(self, query):
        return sorted(one['name'] for one in self.get(f'/projects?{query}')['projects'])

    def test_inexactly(self):
        self.assertEqual(['alphabet'], self.names('name__startswith=alpha'))
        self.assertEqual(['Alpha', 'alphabet'], self.names('name__istartswith=ALPHA'))
        self.assertEqual(['Alpha', 'alphabet'], self.names('name__contains=lpha'))
        self.assertEqual(['Beta'], self.names('name__endswith=eta'))
        self.assertEqual(['Alpha'], self.names('name__iequals=alpha'))
        self.assertEqual([], self.names('name__contains=%25'))

    def test_in_a_domain(self):
        self.assertEqual(['Alpha'], self.names(f'domain_id={self.things[0]["domain_id"]}'))

    def test_an_unknown_filter_is_ignored(self):
        self.assertEqual(5, len(self.names('colour=red')))

    def test_pages(self):
        seen, url = [], '/projects?limit=2'
        while url:
            body = self.get(url)
            self.assertLessEqual(len(body['projects']), 2)
            seen += [one['id'] for one in body['projects']]
            self.assertEqual(body['links']['next'] is not None, body.get('truncated', False))
            following = body['links']['next']
            url = following and following.removeprefix('http://h:5000/v3')
        self.assertEqual(sorted(seen), seen)
        self.assertEqual(5, len(set(seen)))

    def test_bad_pages(self):
        self.refused(400, 'GET', '/projects?limit=x')
        self.refused(400, 'GET', '/projects?enabled=maybe')
        self.refused(400, 'GET', '/projects?name=')
        self.refused(400, 'GET', '/projects?limit=-1')
        self.refused(404, 'GET', '/projects?marker=nope')


class TagTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.thing = self.project(tags=['red', 'blue'])
        self.path = f'/projects/{self.thing["id"]}/tags'

    def tags(self):
        return self.get(self.path)['tags']

    def test_all_at_once(self):
        self.assertEqual(['blue', 'red'], self.tags())
        body = self.call('PUT', self.path, {'tags': ['x', 'y']}, code=200).json
        self.assertEqual(['x', 'y'], body['tags'])
        self.delete(self.path)
        self.assertEqual([], self.tags())

    def test_one_by_one(self):
        response = self.call('PUT', self.path + '/green', code=201)
        self.assertEqual(f'http://h:5000/v3{self.path}/green', response.headers['Location'])
        self.call('GET', self.path + '/green', code=204)
        self.call('HEAD', self.path + '/green', code=204)
        self.delete(self.path + '/red')
        self.call('GET', self.path + '/red', code=404)
        self.call('DELETE', self.path + '/red', code=404)
        self.assertEqual(['blue', 'green'], self.tags())

    def test_bad_ones(self):
        self.call('PUT', self.path + '/a,b', code=400)
        self.call('PUT', self.path, {'tags': ['a', 'a']}, code=400)
        self.call('PUT', self.path, {'tags': ['']}, code=400)
        self.call('PUT', self.path, {'tags': [str(n) for n in range(81)]}, code=400)
        self.call('PUT', self.path, {'tags': ['x' * 256]}, code=400)

    def test_filters(self):
        other = self.project(tags=['red'])

        def ids(query):
            return {one['id'] for one in self.get('/projects?' + query)['projects']}
        self.assertEqual({self.thing['id'], other['id']}, ids('tags=red'))
        self.assertEqual({self.thing['id']}, ids('tags=red,blue'))
        self.assertEqual({self.thing['id'], other['id']}, ids('tags-any=red,blue'))
        self.assertNotIn(self.thing['id'], ids('not-tags=red,blue'))
        self.assertIn(other['id'], ids('not-tags=red,blue'))
        self.assertNotIn(other['id'], ids('not-tags-any=red,blue'))


class ScopeTest(IdentityCase):
    """What a caller could have a token for."""

    def test_projects(self):
        token = self.cloud.login('demo')
        self.assertEqual(['demo'], [one['name'] for one in self.get(
            '/auth/projects', token=token)['projects']])
        user = self.find('users', 'demo')
        self.assertEqual(['demo'], [one['name'] for one in self.get(
            f'/users/{user["id"]}/projects', token=token)['projects']])

    def test_domains_and_the_system(self):
        domain = self.domain()
        _, token = self.somebody('reader', domain=domain)
        self.assertEqual([domain], self.get('/auth/domains', token=token)['domains'])
        self.assertEqual([], self.get('/auth/system', token=token)['system'])
        self.assertEqual([{'all': True}], self.get('/auth/system')['system'])
        self.assertEqual([], self.get('/auth/projects', token=token)['projects'])
        self.assertEqual(200, self.call('HEAD', '/auth/domains', token=token).status_code)

    def test_a_disabled_project_is_none(self):
        project = self.project()
        user, token = self.somebody('member', project=project)
        other = self.project()
        self.grant('member', user=user, project=other)
        self.update('projects', other, enabled=False)
        self.assertEqual([project], self.get('/auth/projects', token=token)['projects'])

    def test_the_catalog(self):
        body = self.get('/auth/catalog')
        self.assertEqual(['identity', 'image'], [one['type'] for one in body['catalog']])
        self.refused(403, 'GET', '/auth/catalog', token=self.cloud.login(project=False))
