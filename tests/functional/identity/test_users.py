"""Users, their passwords, and groups."""
from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import open_store
from tests.fixtures.identity import IdentityCase


class UserTest(IdentityCase):

    def test_from_its_making_to_its_end(self):
        user = self.create('users', name='u1', password='secret', email='u@x.y', tall=True)
        self.assertEqual(
            {'name': 'u1', 'domain_id': 'default', 'enabled': True, 'options': {},
             'password_expires_at': None, 'email': 'u@x.y', 'tall': True, 'id': user['id'],
             'links': {'self': f'http://h:5000/v3/users/{user["id"]}'}}, user)
        self.assertEqual(user, self.get(f'/users/{user["id"]}')['user'])
        changed = self.update('users', user, name='u2', description='d',
                              default_project_id=self.ids['demo'], email='new')
        self.assertEqual(('u2', 'd', self.ids['demo'], 'new', True), (
            changed['name'], changed['description'], changed['default_project_id'],
            changed['email'], changed['tall']))
        self.delete(f'/users/{user["id"]}')
        self.refused(404, 'GET', f'/users/{user["id"]}')

    def test_no_answer_has_a_password_in_it(self):
        user = self.create('users', name='u', password='sesame')
        for response in (self.call('GET', f'/users/{user["id"]}'), self.call('GET', '/users'),
                         self.call('PATCH', f'/users/{user["id"]}',
                                   {'user': {'password': 'sesame2'}})):
            self.assertNotIn('sesame', response.text)

    def test_names(self):
        self.create('users', name='taken')
        message = self.refused(409, 'POST', '/users', {'user': {'name': 'taken'}})
        self.assertEqual('Conflict occurred attempting to store user - Duplicate entry found '
                         'with name taken at domain ID default.', message)
        for name in ('', 'x' * 256, 7, None):
            self.refused(400, 'POST', '/users', {'user': {'name': name}})
        self.create('users', name='x' * 255)
        self.create('users', name='taken', domain_id=self.domain()['id'])

    def test_an_unknown_domain_is_404(self):
        self.refused(404, 'POST', '/users', {'user': {'name': 'u', 'domain_id': 'nope'}})

    def test_the_default_project_is_the_scope(self):
        user = self.user(default_project_id=self.ids['demo'])
        self.grant('member', user=user, project={'id': self.ids['demo']})
        token = self.cloud.authenticate(user['name'], 'secret').json['token']
        self.assertEqual('demo', token['project']['name'])
        token = self.cloud.authenticate(user['name'], 'secret', scope='unscoped').json['token']
        self.assertNotIn('project', token)

    def test_a_default_project_without_a_role_is_none(self):
        user = self.user(default_project_id=self.ids['demo'])
        token = self.cloud.authenticate(user['name'], 'secret').json['token']
        self.assertNotIn('project', token)

    def test_a_domain_is_no_default_project(self):
        self.refused(400, 'POST', '/users',
                     {'user': {'name': 'u', 'default_project_id': 'default'}})

    def test_filters(self):
        domain = self.domain()
        on, off = (self.create('users', name=name, domain_id=domain['id'], enabled=enabled)
                   for name, enabled in (('on', True), ('off', False)))
        path = f'/users?domain_id={domain["id"]}'
        self.assertEqual({on['id'], off['id']}, {one['id'] for one in self.get(path)['users']})
        self.assertEqual([off], self.get(path + '&enabled=false')['users'])
        self.assertEqual([on], self.get(path + '&name__icontains=N')['users'])
        self.assertEqual([], self.get(path + '&idp_id=x')['users'])
        self.refused(400, 'GET', '/users?password_expires_at=zz:2026-11-23T00:00:00Z')
        self.refused(400, 'GET', '/users?password_expires_at=lt:tomorrow')

    def test_options(self):
        user = self.user(options={'lock_password': True,
                                  'multi_factor_auth_rules': [['password', 'totp']]})
        self.assertEqual(True, user['options']['lock_password'])
        changed = self.update('users', user, options={'lock_password': None})
        self.assertEqual({'multi_factor_auth_rules': [['password', 'totp']]}, changed['options'])
        self.refused(400, 'PATCH', f'/users/{user["id"]}', {'user': {'options': {'nope': 1}}})


class EndOfTokensTest(IdentityCase):
    """Whatever ends a token ends it at once, remembered or not."""

    def setUp(self):
        super().setUp()
        self.thing = self.project()
        self.person, self.their = self.somebody('member', project=self.thing)
        self.alive()

    def alive(self, code=200):
        self.call('GET', '/auth/projects', token=self.their, code=code)

    def test_disabled(self):
        self.update('users', self.person, enabled=False)
        self.alive(401)

    def test_deleted(self):
        self.delete(f'/users/{self.person["id"]}')
        self.alive(401)

    def test_a_new_password(self):
        self.update('users', self.person, password='another')
        self.alive(401)
        self.person['secret'] = 'another'
        self.their = self.token(self.person)
        self.alive()

    def test_their_own_new_password(self):
        self.call('POST', f'/users/{self.person["id"]}/password', {'user': {
            'original_password': 'secret', 'password': 'another'}}, code=204)
        self.alive(401)

    def test_another_name_does_not(self):
        self.update('users', self.person, description='new')
        self.alive()

    def test_the_last_role_goes(self):
        path = f'/projects/{self.thing["id"]}/users/{self.person["id"]}/roles/'
        self.grant('reader', user=self.person, project=self.thing)
        self.delete(path + self.roles['member'])
        self.alive()
        self.delete(path + self.roles['reader'])
        self.alive(401)

    def test_the_project_is_disabled(self):
        self.update('projects', self.thing, enabled=False)
        self.alive(401)

    def test_the_project_goes(self):
        self.delete(f'/projects/{self.thing["id"]}')
        self.alive(401)

    def test_the_domain_is_disabled(self):
        domain = self.domain()
        project = self.project(domain_id=domain['id'])
        self.person, self.their = self.somebody('member', project=project,
                                                domain_id=domain['id'])
        self.alive()
        self.update('domains', domain, enabled=False)
        self.alive(401)

    def test_leaving_the_group(self):
        group, user = self.group(), self.user()
        self.put(f'/groups/{group["id"]}/users/{user["id"]}')
        self.grant('member', group=group, project=self.thing)
        self.their = self.token(user, {'project': {'id': self.thing['id']}})
        self.alive()
        self.delete(f'/groups/{group["id"]}/users/{user["id"]}')
        self.alive(401)

    def test_all_of_a_user_by_request(self):
        self.delete(f'/users/{self.person["id"]}/tokens')
        self.alive(401)
        self.their = self.token(self.person)
        self.alive()


class PasswordTest(IdentityCase):

    settings = '[security_compliance]\nunique_last_password_count = 2\n' \
               'password_regex = ^.{4,}$\npassword_regex_description = four letters\n' \
               'lockout_failure_attempts = 2\nlockout_duration = 5\n'

    def change(self, user, original, password, code=204):
        return self.call('POST', f'/users/{user["id"]}/password', {'user': {
            'original_password': original, 'password': password}}, code=code)

    def log_in(self, user, password):
        return self.cloud.authenticate(user['name'], password).status_code

    def test_ones_own(self):
        user = self.user('one-secret')
        self.change(user, 'wrong', 'two-secret', 401)
        self.change(user, 'one-secret', 'two-secret')
        self.assertEqual(401, self.log_in(user, 'one-secret'))
        self.assertEqual(201, self.log_in(user, 'two-secret'))

    def test_not_one_of_the_last(self):
        user = self.user('one-secret')
        self.change(user, 'one-secret', 'one-secret', 400)
        self.change(user, 'one-secret', 'two-secret')
        response = self.change(user, 'two-secret', 'one-secret', 400)
        self.assertIn('2', response.json['error']['message'])
        self.change(user, 'two-secret', 'three-secret')
        self.change(user, 'three-secret', 'one-secret')

    def test_an_administrator_may_set_any(self):
        user = self.user('one-secret')
        self.update('users', user, password='one-secret')
        self.assertEqual(201, self.log_in(user, 'one-secret'))

    def test_strength(self):
        message = self.refused(400, 'POST', '/users', {'user': {'name': 'u', 'password': 'abc'}})
        self.assertIn('four letters', message)
        user = self.user('one-secret')
        self.change(user, 'one-secret', 'abc', 400)

    def test_locked_out(self):
        user = self.user('one-secret')
        for _ in range(2):
            self.assertEqual(401, self.log_in(user, 'wrong'))
        self.assertEqual(401, self.log_in(user, 'one-secret'))
        StoredClock(open_store(self.cloud.conf)).advance(6)
        self.assertEqual(201, self.log_in(user, 'one-secret'))
        self.assertEqual(401, self.log_in(user, 'wrong'))
        self.assertEqual(201, self.log_in(user, 'one-secret'))

    def test_unlocked_by_an_administrator(self):
        user = self.user('one-secret')
        for _ in range(2):
            self.log_in(user, 'wrong')
        self.update('users', user, password='new-secret')
        self.assertEqual(201, self.log_in(user, 'new-secret'))

    def test_never_locked_out(self):
        user = self.user('one-secret', options={'ignore_lockout_failure_attempts': True})
        for _ in range(3):
            self.log_in(user, 'wrong')
        self.assertEqual(201, self.log_in(user, 'one-secret'))

    def test_without_one(self):
        user = self.create('users', name='silent')
        self.assertEqual(401, self.log_in(user, ''))
        self.assertEqual(401, self.log_in(user, 'None'))


class ExpiryTest(IdentityCase):

    settings = '[security_compliance]\npassword_expires_days = 30\n'

    def test_a_password_has_an_end(self):
        user = self.user()
        self.assertTrue(user['password_expires_at'].endswith('Z'))
        self.token(user)
        StoredClock(open_store(self.cloud.conf)).advance(31 * 86400)
        response = self.cloud.authenticate(user['name'], 'secret')
        self.assertEqual(401, response.status_code)
        self.assertIn('expired', response.json['error']['message'])
        self.call('POST', f'/users/{user["id"]}/password', {'user': {
            'original_password': 'secret', 'password': 'another'}}, code=204)
        self.assertEqual(201, self.cloud.authenticate(user['name'], 'another').status_code)

    def test_filter(self):
        user = self.user()
        self.user(options={'ignore_password_expiry': True})
        found = self.get('/users?password_expires_at=gt:2020-01-01T00:00:00Z')['users']
        self.assertIn(user['id'], [one['id'] for one in found])
        self.assertTrue(all(one['password_expires_at'] for one in found))


class SeveralFactorsTest(IdentityCase):

    def status(self, **options):
        user = self.user(options=options)
        return self.cloud.authenticate(user['name'], 'secret').status_code

    def test_rules(self):
        both = [['password', 'application_credential']]
        self.assertEqual(401, self.status(multi_factor_auth_rules=both))
        self.assertEqual(201, self.status(multi_factor_auth_rules=[*both, ['password']]))
        self.assertEqual(201, self.status(multi_factor_auth_rules=both,
                                          multi_factor_auth_enabled=False))
        # A method that nobody can use does not count.
        self.assertEqual(201, self.status(multi_factor_auth_rules=[['password', 'totp']]))
        self.assertEqual(201, self.status(multi_factor_auth_rules=[['totp']]))
        self.assertEqual(201, self.status())

    def test_what_a_token_was_made_with_counts(self):
        user = self.user(options={'multi_factor_auth_rules': [['password', 'token']]})
        response = self.cloud.authenticate(user['name'], 'secret')
        self.assertEqual(401, response.status_code)
        self.update('users', user, options={'multi_factor_auth_rules': None})
        token = self.token(user)
        self.update('users', user, options={'multi_factor_auth_rules': [['password', 'token']]})
        self.assertEqual(201, self.cloud.exchange(token, 'unscoped').status_code)


class GroupTest(IdentityCase):

    def test_from_its_making_to_its_end(self):
        group = self.create('groups', name='g1', description='d', colour='red')
        self.assertEqual(
            {'name': 'g1', 'domain_id': 'default', 'description': 'd', 'colour': 'red',
             'id': group['id'],
             'links': {'self': f'http://h:5000/v3/groups/{group["id"]}'}}, group)
        self.assertEqual([group], self.get('/groups?name=g1')['groups'])
        self.assertEqual('g2', self.update('groups', group, name='g2')['name'])
        self.refused(400, 'PATCH', f'/groups/{group["id"]}',
                     {'group': {'domain_id': self.domain()['id']}})
        self.delete(f'/groups/{group["id"]}')
        self.refused(404, 'GET', f'/groups/{group["id"]}')

    def test_who_is_in_it(self):
        group, user = self.group(), self.user()
        path = f'/groups/{group["id"]}/users'
        member = f'{path}/{user["id"]}'
        self.refused(404, 'GET', member)
        self.put(member)
        self.put(member)
        self.call('HEAD', member, code=204)
        self.assertEqual([user['id']], [one['id'] for one in self.get(path)['users']])
        self.assertEqual([group['id']], [one['id'] for one in self.get(
            f'/users/{user["id"]}/groups')['groups']])
        self.delete(member)
        self.refused(404, 'DELETE', member)
        self.refused(404, 'PUT', f'{path}/nope')
        self.refused(404, 'PUT', f'/groups/nope/users/{user["id"]}')
        self.assertEqual([], self.get(path)['users'])

    def test_names(self):
        self.create('groups', name='taken')
        self.refused(409, 'POST', '/groups', {'group': {'name': 'taken'}})
        self.refused(400, 'POST', '/groups', {'group': {'name': 'x' * 65}})
        self.refused(404, 'POST', '/groups', {'group': {'name': 'x', 'domain_id': 'nope'}})

    def test_a_deleted_user_is_out_of_it(self):
        group, user = self.group(), self.user()
        self.put(f'/groups/{group["id"]}/users/{user["id"]}')
        self.delete(f'/users/{user["id"]}')
        self.assertEqual([], self.get(f'/groups/{group["id"]}/users')['users'])
