"""The old API v2.0."""
from tests.fixtures.identity import IdentityCase


class V2Case(IdentityCase):

    def v2(self, method, path, body=None, *, code=200, token=None, headers=None):
        response = self.cloud.request(method, '/v2.0' + path, body, token=token or self.admin,
                                      headers=headers)
        self.assertEqual(code, response.status_code, f'{method} {path}: {response.text}')
        return response.json if response.body else None

    def log_in(self, name='admin', password=None, **auth):
        credentials = {'username': name, 'password': password or self.cloud.passwords[name]}
        return self.v2('POST', '/tokens', {'auth': {'passwordCredentials': credentials, **auth}})


class TokenTest(V2Case):

    def test_for_a_tenant(self):
        access = self.log_in('demo', tenantName='demo')['access']
        self.assertEqual('demo', access['token']['tenant']['name'])
        self.assertEqual({'member', 'reader'}, {one['name'] for one in access['user']['roles']})
        [entry] = [one for one in access['serviceCatalog'] if one['type'] == 'identity']
        self.assertEqual({'region', 'id', 'publicURL', 'internalURL', 'adminURL'},
                         set(entry['endpoints'][0]))
        self.assertRegex(access['token']['expires'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        # It is a token as any other.
        self.get('/auth/projects', token=access['token']['id'])

    def test_without_one(self):
        access = self.log_in('demo')['access']
        self.assertNotIn('tenant', access['token'])
        self.assertEqual([], access['serviceCatalog'])
        again = self.v2('POST', '/tokens', {'auth': {
            'token': {'id': access['token']['id']}, 'tenantId': self.ids['demo']}})['access']
        self.assertEqual(self.ids['demo'], again['token']['tenant']['id'])
        self.assertEqual(access['token']['expires'], again['token']['expires'])

    def test_wrong(self):
        for auth in ({'passwordCredentials': {'username': 'demo', 'password': 'x'}},
                     {'token': {'id': 'garbage'}},
                     {'passwordCredentials': {'username': 'demo', 'password':
                                              self.cloud.passwords['demo']},
                      'tenantName': 'admin'}):
            self.v2('POST', '/tokens', {'auth': auth}, code=401)
        for auth in ({}, {'passwordCredentials': {}}, {'passwordCredentials': {'password': 'x'}}):
            self.v2('POST', '/tokens', {'auth': auth}, code=400)

    def test_validated(self):
        access = self.log_in('demo', tenantName='demo')['access']
        token = access['token']['id']
        shown = self.v2('GET', f'/tokens/{token}')['access']
        self.assertEqual(access['user'], shown['user'])
        self.v2('HEAD', f'/tokens/{token}')
        self.v2('GET', f'/tokens/{token}?belongsTo={self.ids["demo"]}')
        self.v2('GET', f'/tokens/{token}?belongsTo=other', code=404)
        self.v2('GET', '/tokens/garbage', code=404)
        self.v2('GET', f'/tokens/{token}', token=token, code=403)
        found = self.v2('GET', f'/tokens/{token}/endpoints')['endpoints']
        self.assertIn('identity', [one['type'] for one in found])
        header = {'X-Subject-Token': token}
        self.assertEqual(shown['user'], self.v2(
            'GET', '/OS-KSVALIDATE/token/validate', headers=header)['access']['user'])

    def test_deleted(self):
        token = self.log_in('demo', tenantName='demo')['access']['token']['id']
        self.v2('DELETE', f'/tokens/{token}', code=204)
        self.v2('GET', f'/tokens/{token}', code=404)
        self.v2('GET', '/tenants', token=token, code=401)

    def test_tenants_of_a_token(self):
        token = self.log_in('demo')['access']['token']['id']
        for path in ('/tenants', '/tokens/tenants'):
            body = self.v2('GET', path, token=token)
            self.assertEqual(['demo'], [one['name'] for one in body['tenants']])
            self.assertEqual([], body['tenants_links'])


class ThingTest(V2Case):

    def test_tenants(self):
        tenant = self.v2('POST', '/tenants', {'tenant': {
            'name': 't', 'description': 'd', 'enabled': True}})['tenant']
        self.assertEqual({'id': tenant['id'], 'name': 't', 'description': 'd', 'enabled': True},
                         tenant)
        self.assertEqual(tenant, self.v2('GET', f'/tenants/{tenant["id"]}')['tenant'])
        self.assertEqual(tenant, self.v2('GET', '/tenants?name=t')['tenant'])
        for verb in ('PUT', 'POST'):
            changed = self.v2(verb, f'/tenants/{tenant["id"]}', {'tenant': {'name': verb}})
            self.assertEqual(verb, changed['tenant']['name'])
        self.v2('DELETE', f'/tenants/{tenant["id"]}', code=204)
        self.v2('GET', f'/tenants/{tenant["id"]}', code=404)

    def test_users(self):
        user = self.v2('POST', '/users', {'user': {
            'name': 'u', 'password': 'secret', 'email': 'u@x', 'tenantId': self.ids['demo']}})
        user = user['user']
        self.assertEqual({'id': user['id'], 'name': 'u', 'username': 'u', 'email': 'u@x',
                          'enabled': True, 'tenantId': self.ids['demo']}, user)
        self.assertEqual(user, self.v2('GET', '/users?name=u')['user'])
        self.assertIn(user, self.v2('GET', '/users')['users'])
        path = f'/users/{user["id"]}'
        self.log_in('u', 'secret')
        self.v2('PUT', path + '/OS-KSADM/password', {'user': {'password': 'other'}})
        self.log_in('u', 'other')
        self.v2('PUT', path + '/OS-KSADM/enabled', {'user': {'enabled': False}})
        self.assertFalse(self.v2('GET', path)['user']['enabled'])
        self.v2('DELETE', path, code=204)
        self.v2('GET', '/users?name=u', code=404)

    def test_roles(self):
        user = self.user()
        path = f'/tenants/{self.ids["demo"]}/users/{user["id"]}/roles'
        role = self.v2('PUT', f'{path}/OS-KSADM/{self.roles["member"]}')['role']
        self.assertEqual('member', role['name'])
        self.assertEqual([role], self.v2('GET', path)['roles'])
        found = self.v2('GET', f'/tenants/{self.ids["demo"]}/users')['users']
        self.assertIn(user['id'], [one['id'] for one in found])
        self.v2('DELETE', f'{path}/OS-KSADM/{self.roles["member"]}', code=204)
        self.assertEqual([], self.v2('GET', path)['roles'])
        self.assertIn('admin', [one['name'] for one in self.v2('GET', '/OS-KSADM/roles')['roles']])
        self.assertEqual([], self.v2('GET', f'/users/{user["id"]}/roles')['roles'])

    def test_ones_own_password(self):
        user = self.user()
        token = self.log_in(user['name'], 'secret')['access']['token']['id']
        body = {'user': {'original_password': 'secret', 'password': 'new'}}
        self.v2('PATCH', f'/OS-KSCRUD/users/{user["id"]}', body, token=token)
        self.log_in(user['name'], 'new')

    def test_things_of_other_domains_are_not_there(self):
        domain = self.domain()
        user = self.user(domain_id=domain['id'])
        self.assertNotIn(user['id'], [one['id'] for one in self.v2('GET', '/users')['users']])

    def test_extensions(self):
        found = self.v2('GET', '/extensions')['extensions']['values']
        self.assertIn('OS-KSADM', [one['alias'] for one in found])
        self.assertEqual('OS-KSCRUD', self.v2('GET', '/extensions/OS-KSCRUD')['extension']['alias'])
        self.v2('GET', '/extensions/nope', code=404)

    def test_only_administrators(self):
        token = self.cloud.login('demo')
        for path in ('/users', '/OS-KSADM/roles', f'/tenants/{self.ids["demo"]}'):
            self.v2('GET', path, token=token, code=403)

    def test_version_document(self):
        self.assertEqual('v2.0', self.v2('GET', '')['version']['id'])


class OffTest(V2Case):

    settings = '[identity]\nv2_api = false\n'

    def test_nothing_is_there(self):
        for method, path in (('GET', ''), ('GET', '/tenants'), ('GET', '/extensions')):
            self.v2(method, path, code=404)
        auth = {'auth': {'passwordCredentials': {'username': 'admin', 'password': 'x'}}}
        self.v2('POST', '/tokens', auth, code=404)
        versions = self.cloud.request('GET', '/').json['versions']['values']
        self.assertEqual(['v3.14'], [one['id'] for one in versions])
