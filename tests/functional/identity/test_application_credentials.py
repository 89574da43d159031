"""Application credentials and their access rules."""
from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import open_store
from tests.fixtures.identity import IdentityCase

SERVERS = {'service': 'compute', 'method': 'GET', 'path': '/v2.1/servers'}


class Case(IdentityCase):

    def setUp(self):
        super().setUp()
        self.project = self.project_of_ones_own()
        self.owner, self.token_of_owner = self.somebody('member', project=self.project)
        self.path = f'/users/{self.owner["id"]}/application_credentials'

    def project_of_ones_own(self):
        return self.project()

    def make(self, *, code=201, token=None, **values):
        response = self.call('POST', self.path, {'application_credential': {
            'name': 'robot', **values}}, code=code, token=token or self.token_of_owner)
        if code != 201:
            return response.json['error']['message']
        return response.json['application_credential']

    def log_in(self, scope=None, **shown):
        auth = {'identity': {'methods': ['application_credential'],
                             'application_credential': shown}}
        if scope:
            auth['scope'] = scope
        return self.cloud.request('POST', '/v3/auth/tokens', {'auth': auth})

    def token_by(self, credential):
        response = self.log_in(id=credential['id'], secret=credential['secret'])
        self.assertEqual(201, response.status_code, response.text)
        return response.headers['X-Subject-Token']


class LifeTest(Case):

    def test_a_life(self):
        made = self.make()
        secret = made.pop('secret')
        self.assertGreater(len(secret), 80)
        path = f'{self.path}/{made["id"]}'
        self.assertEqual(
            {'id': made['id'], 'name': 'robot', 'description': None, 'system': None,
             'user_id': self.owner['id'], 'project_id': self.project['id'], 'expires_at': None,
             'unrestricted': None, 'roles': made['roles'],
             'links': {'self': f'http://h:5000/v3{path}'}}, made)
        self.assertEqual({'member', 'reader'}, {role['name'] for role in made['roles']})
        shown = self.get(path, token=self.token_of_owner)['application_credential']
        self.assertEqual(made, shown)
        self.assertEqual([made], self.get(self.path + '?name=robot', token=self.token_of_owner)[
            'application_credentials'])
        self.assertEqual([], self.get(self.path + '?name=other', token=self.token_of_owner)[
            'application_credentials'])
        self.delete(path, token=self.token_of_owner)
        self.assertEqual(f'Could not find Application Credential: {made["id"]}.', self.refused(
            404, 'GET', path, token=self.token_of_owner))

    def test_everything_given(self):
        made = self.make(
            description='d', unrestricted=True, secret='s3', roles=[{'name': 'member'}],
            expires_at='2100-01-01T00:00:00', access_rules=[SERVERS])
        self.assertEqual('s3', made['secret'])
        self.assertEqual('2100-01-01T00:00:00.000000', made['expires_at'])
        self.assertIs(True, made['unrestricted'])
        [rule] = made['access_rules']
        self.assertEqual({'id': rule['id'], **SERVERS}, rule)
        self.assertEqual({'member', 'reader'}, {role['name'] for role in made['roles']})

    def test_one_of_a_name(self):
        self.make()
        self.assertEqual('Conflict occurred attempting to store application_credential - Duplicate '
                         'entry found with name robot.', self.make(code=409))

    def test_only_roles_that_the_token_has(self):
        words = ('Invalid application credential: Cannot create an application credential with '
                 'unassigned role')
        self.assertEqual(words, self.make(roles=[{'name': 'admin'}], code=400))
        self.assertEqual(words, self.make(roles=[{'id': 'nope'}], code=400))
        self.assertEqual('Role nope is not defined', self.make(roles=[{'name': 'nope'}], code=404))
        made = self.make(roles=[{'id': self.roles['reader']}])
        self.assertEqual(['reader'], [role['name'] for role in made['roles']])

    def test_malformed(self):
        self.make(name='', code=400)
        self.assertIn('before now', self.make(expires_at='2000-01-01T00:00:00Z', code=400))
        for text in ('soon', '2100-01-01', '2100-01-01T00:00:00+02:00', '2100-13-01T00:00:00Z'):
            self.assertIn('Timestamp', self.make(expires_at=text, code=400))
        for values in ({'colour': 'red'}, {'roles': [{}]}, {'roles': [{'id': 'a', 'name': 'b'}]},
                       {'access_rules': [{**SERVERS, 'path': 'x'}]}, {'access_rules': [{}]},
                       {'access_rules': [{**SERVERS, 'method': 'LOOK'}]}, {'unrestricted': 'yes'},
                       {'name': 'a' * 256}):
            self.make(code=400, **values)
        self.make(access_rules=[{'id': 'nope'}], code=404)

    def test_who_may(self):
        made = self.make()
        path = f'{self.path}/{made["id"]}'
        other, other_token = self.somebody('member', project=self.project)
        _, reader = self.somebody('reader', system=True)
        for token in (self.admin, reader):
            self.get(self.path, token=token)
            self.get(path, token=token)
            self.refused(404, 'GET', self.path + '/nope', token=token)
            self.make(token=token, code=403)
        self.refused(403, 'GET', self.path, token=other_token)
        self.refused(403, 'GET', self.path + '/nope', token=other_token)
        theirs = f'/users/{other["id"]}/application_credentials/{made["id"]}'
        for one in (path, theirs):
            self.refused(403, 'GET', one, token=other_token)
            self.refused(403, 'DELETE', one, token=other_token)
        self.refused(403, 'DELETE', path, token=reader)
        self.delete(path)

    def test_not_without_a_project(self):
        self.make(token=self.token(self.owner), code=403)


class LoginTest(Case):

    def test_what_the_token_says(self):
        made = self.make(roles=[{'name': 'reader'}], access_rules=[SERVERS])
        token = self.log_in(id=made['id'], secret=made['secret']).json['token']
        self.assertEqual(['application_credential'], token['methods'])
        self.assertEqual(self.project['id'], token['project']['id'])
        self.assertEqual(self.owner['id'], token['user']['id'])
        self.assertEqual(['reader'], [role['name'] for role in token['roles']])
        self.assertEqual(
            {'id': made['id'], 'name': 'robot', 'restricted': True,
             'access_rules': made['access_rules']}, token['application_credential'])

    def test_by_name(self):
        made = self.make()
        for user in ({'id': self.owner['id']},
                     {'name': self.owner['name'], 'domain': {'id': 'default'}}):
            response = self.log_in(name='robot', user=user, secret=made['secret'])
            self.assertEqual(201, response.status_code, response.text)
        self.assertEqual(401, self.log_in(name='nope', user={'id': self.owner['id']},
                                          secret='x').status_code)
        self.assertEqual(400, self.log_in(name='robot', secret='x').status_code)

    def test_what_is_wrong(self):
        made = self.make()
        self.assertEqual(401, self.log_in(id=made['id'], secret='wrong').status_code)
        self.assertEqual(401, self.log_in(id=made['id']).status_code)
        self.assertEqual(404, self.log_in(id='nope', secret='x').status_code)
        self.assertEqual(400, self.log_in(secret='x').status_code)
        response = self.log_in(id=made['id'], secret=made['secret'],
                               scope={'project': {'id': self.project['id']}})
        self.assertEqual(401, response.status_code)
        self.assertIn('cannot request a scope', response.json['error']['message'])

    def test_time(self):
        clock = StoredClock(open_store(self.cloud.conf))
        made = self.make(expires_at='2100-01-01T00:00:00.057110Z')
        self.assertEqual('2100-01-01T00:00:00.057110', made['expires_at'])
        token = self.token_by(made)
        self.get('/regions', token=token)
        clock.advance(4102444800 - clock.time() - 60)
        late = self.log_in(id=made['id'], secret=made['secret'])
        self.assertEqual('2100-01-01T00:00:00.057110Z', late.json['token']['expires_at'])
        late = late.headers['X-Subject-Token']
        shown = self.get('/auth/tokens', token=late, headers={'X-Subject-Token': late})['token']
        self.assertEqual('2100-01-01T00:00:00.057110Z', shown['expires_at'])
        self.get('/regions', token=late)
        clock.advance(61)
        self.call('GET', '/regions', token=late, code=401)
        self.assertEqual(401, self.log_in(id=made['id'], secret=made['secret']).status_code)

    def test_no_token_from_its_token(self):
        token = self.token_by(self.make(unrestricted=True))
        response = self.cloud.exchange(token, {'project': {'id': self.project['id']}})
        self.assertEqual(403, response.status_code)

    def test_a_restricted_one_makes_no_more(self):
        made = self.make()
        token = self.token_by(made)
        path = f'{self.path}/{made["id"]}'
        self.get(path, token=token)
        self.assertIn('not allowed for managing', self.refused(
            403, 'POST', self.path, {'application_credential': {'name': 'b'}}, token=token))
        self.refused(403, 'DELETE', path, token=token)
        free = self.token_by(self.make(name='free', unrestricted=True))
        self.call('POST', self.path, {'application_credential': {'name': 'b'}}, token=free,
                  code=201)
        self.assertIn('cannot manage trusts', self.refused(
            403, 'GET', f'/OS-TRUST/trusts?trustor_user_id={self.owner["id"]}', token=free))


class EndTest(Case):

    def assert_gone(self, made, token):
        self.call('GET', '/regions', token=token, code=401)
        self.assertIn(self.log_in(id=made['id'], secret=made['secret']).status_code, (401, 404))

    def test_deleted(self):
        made = self.make()
        token = self.token_by(made)
        self.get('/regions', token=token)
        self.delete(f'{self.path}/{made["id"]}', token=self.token_of_owner)
        self.assert_gone(made, token)

    def test_with_a_role(self):
        made = self.make()
        token = self.token_by(made)
        self.delete(f'/projects/{self.project["id"]}/users/{self.owner["id"]}'
                    f'/roles/{self.roles["member"]}')
        self.assert_gone(made, token)
        self.assertEqual([], self.get(self.path)['application_credentials'])

    def test_with_the_user(self):
        made = self.make()
        token = self.token_by(made)
        self.update('users', self.owner, enabled=False)
        self.assert_gone(made, token)
        self.update('users', self.owner, enabled=True)
        self.assert_gone(made, token)

    def test_with_the_project(self):
        made = self.make()
        token = self.token_by(made)
        self.delete(f'/projects/{self.project["id"]}')
        self.assert_gone(made, token)

    def test_not_with_the_password(self):
        made = self.make()
        self.update('users', self.owner, password='another')
        self.token_by(made)


class AccessRuleTest(Case):

    def setUp(self):
        super().setUp()
        self.rules = f'/users/{self.owner["id"]}/access_rules'

    def test_a_life(self):
        made = self.make(access_rules=[SERVERS])
        [rule] = self.get(self.rules, token=self.token_of_owner)['access_rules']
        path = f'{self.rules}/{rule["id"]}'
        self.assertEqual({'id': rule['id'], **SERVERS,
                          'links': {'self': f'http://h:5000/v3{path}'}}, rule)
        self.assertEqual(rule, self.get(path, token=self.token_of_owner)['access_rule'])
        for query, count in (('service=compute', 1), ('method=PUT', 0)):
            found = self.get(f'{self.rules}?{query}', token=self.token_of_owner)
            self.assertEqual(count, len(found['access_rules']))
        self.assertEqual('May not delete access rule in use',
                         self.refused(403, 'DELETE', path, token=self.token_of_owner))
        self.delete(f'{self.path}/{made["id"]}', token=self.token_of_owner)
        self.delete(path, token=self.token_of_owner)
        self.assertEqual(f'Could not find Access Rule: {rule["id"]}.',
                         self.refused(404, 'GET', path, token=self.token_of_owner))

    def test_the_same_rule_is_one(self):
        one = self.make(access_rules=[SERVERS])
        [rule] = one['access_rules']
        other = self.make(name='b', access_rules=[SERVERS])
        third = self.make(name='c', access_rules=[{'id': rule['id']}])
        self.assertEqual([rule], other['access_rules'])
        self.assertEqual([rule], third['access_rules'])

    def test_who_may(self):
        self.make(access_rules=[SERVERS])
        _, other = self.somebody('member', project=self.project)
        _, reader = self.somebody('reader', system=True)
        self.get(self.rules, token=reader)
        for token in (other, self.admin):
            self.refused(403, 'GET', self.rules, token=token)

    def test_only_what_the_rules_let_through(self):
        made = self.make(access_rules=[
            {'service': 'identity', 'method': 'GET', 'path': '/v3/regions'},
            {'service': 'identity', 'method': 'GET', 'path': '/v3/users/*/groups'},
            {'service': 'identity', 'method': 'POST', 'path': '/v3/{anything}'},
            {'service': 'identity', 'method': 'GET', 'path': '/v3/OS-TRUST/**'},
            {'service': 'compute', 'method': 'GET', 'path': '/v3/projects'}])
        token = self.token_by(made)
        user = self.owner['id']
        for method, path, allowed in (
                ('GET', '/regions', True), ('POST', '/regions', True), ('HEAD', '/regions', False),
                ('GET', '/regions/x', False), ('GET', f'/users/{user}/groups', True),
                ('GET', f'/users/{user}', False), ('GET', '/projects', False),
                ('GET', '/OS-TRUST/trusts/a/roles', True), ('DELETE', '/regions/x', False)):
            response = self.call(method, path, token=token)
            self.assertEqual(allowed, response.status_code != 401, f'{method} {path}')
        for version, code in (('1.0', 200), (None, 404), ('0.9', 404), ('x', 404)):
            headers = {'X-Subject-Token': token}
            if version:
                headers['OpenStack-Identity-Access-Rules'] = version
            self.call('GET', '/auth/tokens', token=token, headers=headers, code=code)
        plain = self.token_by(self.make(name='plain'))
        for one, code in ((token, 404), (plain, 200)):
            self.assertEqual(code, self.cloud.request(
                'GET', '/v2.0/tokens/' + one, token=self.admin).status_code)
