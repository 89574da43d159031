"""Trusts: made, used, passed on, and how they end."""
from concurrent import futures

from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import open_store
from tests.fixtures.identity import IdentityCase

TRUSTS = '/OS-TRUST/trusts'


class Case(IdentityCase):

    def setUp(self):
        super().setUp()
        self.project = self.create('projects', name='ours')
        self.trustor, self.token_of_trustor = self.somebody('member', project=self.project)
        self.trustee = self.user()

    def make(self, *, code=201, token=None, **values):
        trust = {'trustor_user_id': self.trustor['id'], 'trustee_user_id': self.trustee['id'],
                 'impersonation': True, 'project_id': self.project['id'],
                 'roles': [{'name': 'member'}], **values}
        trust = {name: value for name, value in trust.items() if value is not ...}
        response = self.call('POST', TRUSTS, {'trust': trust}, code=code,
                             token=token or self.token_of_trustor)
        return response.json['trust'] if code == 201 else response.json['error']['message']

    def use(self, trust, user=None, code=201):
        user = user or self.trustee
        response = self.cloud.authenticate(
            user['name'], user['secret'], user_id=user['id'],
            scope={'OS-TRUST:trust': {'id': trust['id']}})
        self.assertEqual(code, response.status_code, response.text)
        return response

    def token_by(self, trust, user=None):
        return self.use(trust, user).headers['X-Subject-Token']

    def assert_ended(self, token):
        self.call('GET', '/regions', token=token, code=401)
        self.refused(404, 'GET', '/auth/tokens', headers={'X-Subject-Token': token})


class LifeTest(Case):

    def test_a_life(self):
        trust = self.make()
        path = f'{TRUSTS}/{trust["id"]}'
        [role] = trust['roles']
        self.assertEqual('member', role['name'])
        self.assertEqual(
            {'id': trust['id'], 'trustor_user_id': self.trustor['id'],
             'trustee_user_id': self.trustee['id'], 'project_id': self.project['id'],
             'impersonation': True, 'expires_at': None, 'deleted_at': None,
             'remaining_uses': None, 'redelegated_trust_id': None, 'redelegation_count': 0,
             'roles': [role], 'links': {'self': f'http://h:5000/v3{path}'},
             'roles_links': {'self': f'http://h:5000/v3{path}/roles', 'next': None,
                             'previous': None}}, trust)
        trustee = self.token(self.trustee)
        for token in (self.token_of_trustor, trustee, self.admin):
            self.assertEqual(trust, self.get(path, token=token)['trust'])
        self.assertEqual([role], self.get(path + '/roles', token=trustee)['roles'])
        self.assertEqual(role, self.get(f'{path}/roles/{role["id"]}', token=trustee)['role'])
        self.call('HEAD', f'{path}/roles/{role["id"]}', token=trustee, code=200)
        self.refused(404, 'GET', f'{path}/roles/{self.roles["admin"]}', token=trustee)
        brief = {name: value for name, value in trust.items() if 'roles' not in name}
        for query, token in ((f'?trustor_user_id={self.trustor["id"]}', self.token_of_trustor),
                             (f'?trustee_user_id={self.trustee["id"]}', trustee),
                             ('', self.admin)):
            self.assertEqual([brief], self.get(TRUSTS + query, token=token)['trusts'])
        self.refused(403, 'DELETE', path, token=trustee)
        self.delete(path, token=self.token_of_trustor)
        for token in (self.token_of_trustor, self.admin, trustee):
            self.assertEqual(f'Could not find trust: {trust["id"]}.',
                             self.refused(404, 'GET', path, token=token))
        self.refused(404, 'DELETE', path, token=self.token_of_trustor)
        self.assertEqual([], self.get(TRUSTS)['trusts'])

    def test_unknown_attributes_are_kept(self):
        self.assertEqual('red', self.make(colour='red')['colour'])

    def test_who_may_see(self):
        trust = self.make()
        path = f'{TRUSTS}/{trust["id"]}'
        _, other = self.somebody('member', project=self.project)
        _, reader = self.somebody('reader', system=True)
        sides = (f'?trustor_user_id={self.trustor["id"]}', f'?trustee_user_id={self.trustee["id"]}')
        for query in ('', *sides):
            self.get(TRUSTS + query, token=reader)
            self.refused(403, 'GET', TRUSTS + query, token=other)
        self.refused(403, 'GET', TRUSTS, token=self.token_of_trustor)
        self.refused(403, 'GET', TRUSTS + sides[1], token=self.token_of_trustor)
        self.get(path, token=reader)
        self.refused(403, 'GET', path, token=other)
        self.refused(403, 'DELETE', path, token=reader)
        self.refused(404, 'GET', TRUSTS + '/nope', token=other)
        self.delete(path)

    def test_what_cannot_be(self):
        self.assertIn('At least one role', self.make(roles=[], code=403))
        self.make(roles=..., code=403)
        self.assertEqual(f'Could not find role: {self.roles["admin"]}.',
                         self.make(roles=[{'name': 'admin'}], code=404))
        self.assertEqual('Role nope is not defined', self.make(roles=[{'name': 'nope'}], code=404))
        self.assertEqual('Could not find role: nope.', self.make(roles=[{'id': 'nope'}], code=404))
        self.make(trustee_user_id='nope', code=404)
        self.make(project_id='nope', code=404)
        self.make(trustor_user_id=self.trustee['id'], code=403)
        self.make(token=self.admin, code=403)
        self.assertIn('before now', self.make(expires_at='2000-01-01T00:00:00Z', code=400))
        self.assertIn('Timestamp', self.make(expires_at='soon', code=400))
        self.make(impersonation=..., code=400)
        self.make(remaining_uses=0, code=400)
        self.make(remaining_uses=-1, code=400)
        self.make(allow_redelegation=True, remaining_uses=2, code=400)
        self.make(allow_redelegation=True, redelegation_count=4, code=403)

    def test_implied_roles_may_be_given(self):
        self.assertEqual(['reader'], [
            role['name'] for role in self.make(roles=[{'name': 'reader'}])['roles']])


class UseTest(Case):

    def test_as_the_trustor(self):
        trust = self.make()
        token = self.use(trust).json['token']
        self.assertEqual(self.trustor['id'], token['user']['id'])
        self.assertEqual(
            {'id': trust['id'], 'impersonation': True,
             'trustor_user': {'id': self.trustor['id']},
             'trustee_user': {'id': self.trustee['id']}}, token['OS-TRUST:trust'])
        self.assertEqual(self.project['id'], token['project']['id'])
        self.assertEqual({'member', 'reader'}, {role['name'] for role in token['roles']})

    def test_as_oneself(self):
        token = self.use(self.make(impersonation=False, roles=[{'name': 'reader'}])).json['token']
        self.assertEqual(self.trustee['id'], token['user']['id'])
        self.assertEqual(['reader'], [role['name'] for role in token['roles']])

    def test_with_a_token(self):
        trust = self.make()
        unscoped = self.token(self.trustee)
        scope = {'OS-TRUST:trust': {'id': trust['id']}}
        response = self.cloud.exchange(unscoped, scope)
        self.assertEqual(201, response.status_code, response.text)
        token = response.headers['X-Subject-Token']
        shown = self.get('/auth/tokens', headers={'X-Subject-Token': token})['token']
        self.assertEqual(self.trustor['id'], shown['user']['id'])
        for wanted in (scope, {'project': {'id': self.project['id']}}):
            self.assertEqual(403, self.cloud.exchange(token, wanted).status_code)

    def test_only_the_trustee(self):
        trust = self.make()
        self.use(trust, self.trustor, code=403)
        self.use({'id': 'nope'}, code=401)

    def test_without_a_project_it_gives_nothing(self):
        token = self.use(self.make(project_id=..., roles=...)).json['token']
        self.assertNotIn('roles', token)
        self.assertNotIn('project', token)

    def test_so_many_uses(self):
        trust = self.make(remaining_uses=2)
        path = f'{TRUSTS}/{trust["id"]}'
        self.use(trust)
        self.assertEqual(1, self.get(path)['trust']['remaining_uses'])
        last = self.token_by(trust)
        self.use(trust, code=401)
        self.refused(404, 'GET', path)
        self.get('/regions', token=last)

    def test_so_many_uses_at_once(self):
        trust = self.make(remaining_uses=2)

        def use(_):
            return self.cloud.authenticate(
                self.trustee['name'], self.trustee['secret'], user_id=self.trustee['id'],
                scope={'OS-TRUST:trust': {'id': trust['id']}}).status_code
        with futures.ThreadPoolExecutor(6) as pool:
            codes = sorted(pool.map(use, range(6)))
        self.assertEqual([201] * 2 + [401] * 4, codes)

    def test_a_failed_login_uses_nothing(self):
        trust = self.make(remaining_uses=1)
        self.use(trust, {**self.trustee, 'secret': 'wrong'}, code=401)
        self.use(trust, self.trustor, code=403)
        self.use(trust)


class EndTest(Case):

    def setUp(self):
        super().setUp()
        self.trust = self.make()
        self.by_trust = self.token_by(self.trust)
        self.get('/regions', token=self.by_trust)

    def test_deleted(self):
        self.delete(f'{TRUSTS}/{self.trust["id"]}', token=self.token_of_trustor)
        self.assert_ended(self.by_trust)
        self.use(self.trust, code=401)

    def test_time(self):
        clock = StoredClock(open_store(self.cloud.conf))
        trust = self.make(expires_at='2100-01-01T00:00:00.5Z')
        self.assertEqual('2100-01-01T00:00:00.000000Z', trust['expires_at'])
        clock.advance(4102444800 - clock.time() - 60)
        token = self.use(trust)
        self.assertEqual('2100-01-01T00:00:00.000000Z', token.json['token']['expires_at'])
        clock.advance(61)
        self.call('GET', '/regions', token=token.headers['X-Subject-Token'], code=401)
        self.use(trust, code=401)

    def test_with_a_role_of_the_trustor(self):
        self.delete(f'/projects/{self.project["id"]}/users/{self.trustor["id"]}'
                    f'/roles/{self.roles["member"]}')
        self.assert_ended(self.by_trust)
        self.assertEqual(403, self.use(self.trust, code=403).status_code)

    def test_with_either_user(self):
        for user in (self.trustor, self.trustee):
            self.update('users', user, enabled=False)
            self.assert_ended(self.by_trust)
            self.update('users', user, enabled=True)
        self.delete(f'/users/{self.trustee["id"]}')
        self.refused(404, 'GET', f'{TRUSTS}/{self.trust["id"]}')

    def test_with_a_password_of_the_trustor(self):
        self.update('users', self.trustor, password='another')
        self.assert_ended(self.by_trust)
        self.use(self.trust)

    def test_with_the_project(self):
        self.delete(f'/projects/{self.project["id"]}')
        self.assert_ended(self.by_trust)
        self.refused(404, 'GET', f'{TRUSTS}/{self.trust["id"]}')


class RedelegationTest(Case):

    def setUp(self):
        super().setUp()
        self.last = self.user()

    def pass_on(self, token, **values):
        return self.make(token=token, **{'trustee_user_id': self.last['id'], **values})

    def test_a_chain(self):
        first = self.make(allow_redelegation=True)
        self.assertEqual(3, first['redelegation_count'])
        second = self.pass_on(self.token_by(first), allow_redelegation=True)
        self.assertEqual((first['id'], 2),
                         (second['redelegated_trust_id'], second['redelegation_count']))
        token = self.use(second, self.last)
        self.assertEqual(self.trustor['id'], token.json['token']['user']['id'])
        by_second = token.headers['X-Subject-Token']
        self.update('users', self.trustee, enabled=False)
        self.assert_ended(by_second)
        self.update('users', self.trustee, enabled=True)
        by_second = self.token_by(second, self.last)
        self.delete(f'{TRUSTS}/{first["id"]}')
        self.refused(404, 'GET', f'{TRUSTS}/{second["id"]}')
        self.assert_ended(by_second)

    def test_not_more_than_there_is(self):
        first = self.make(allow_redelegation=True, roles=[{'name': 'reader'}],
                          expires_at='2100-01-01T00:00:00Z')
        token = self.token_by(first)
        reader = [{'name': 'reader'}]
        self.pass_on(token, code=403)
        self.pass_on(token, roles=reader, remaining_uses=1, code=403)
        self.pass_on(token, roles=reader, expires_at='2101-01-01T00:00:00Z', code=403)
        self.pass_on(token, roles=reader, allow_redelegation=True, redelegation_count=3, code=403)
        shorter = self.pass_on(token, roles=reader, expires_at='2099-01-01T00:00:00Z')
        self.assertEqual('2099-01-01T00:00:00.000000Z', shorter['expires_at'])
        self.assertEqual(first['expires_at'], self.pass_on(token, roles=reader)['expires_at'])

    def test_not_unless_allowed(self):
        self.pass_on(self.token_by(self.make()), code=403)

    def test_a_trust_token_makes_no_application_credential(self):
        token = self.token_by(self.make())
        path = f'/users/{self.trustor["id"]}/application_credentials'
        self.assertIn('delegation', self.refused(
            403, 'POST', path, {'application_credential': {'name': 'x'}}, token=token))
        self.refused(403, 'GET', path, token=token)
