"""Whatever is sent to the nouns of the catalog and of delegation, the answer is never a 500."""
import json

from tests.fixtures.identity import IdentityCase

STRANGE = (
    None, True, -1, 1.5, 10**40, '', ' ', 'a' * 70, 'a' * 256, 'a' * 70_000, '\ud800', '\x00',
    'a\x00b', 'ü€😀', '../..', '%ff', [], {}, [[]], {'a': {}}, ['a'],
    '9999-12-31T23:59:59+14:00', '0001-01-01T00:00:00-14:00')
STRANGE_TEXTS = ('', '%00', '%ff', '%ed%a0%80', 'a' * 300, 'null', '-1', '%2f', '..')


class BadInputTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.place = self.project()['id']
        self.owner, self.owners = self.somebody('member', project={'id': self.place})
        self.owner, self.other = self.owner['id'], self.user()['id']
        self.service = self.create('services', type='weather')['id']
        self.create('regions', id='north')
        self.endpoint = {'service_id': self.service, 'interface': 'public', 'url': 'http://rain',
                         'region_id': 'north', 'region': 'south', 'enabled': True}
        self.registered = {'service_id': self.service, 'region_id': 'north', 'default_limit': 1,
                           'resource_name': 'drops', 'description': 'd'}

    def ask(self, method, path, body=None, *, token=None):
        raw = None if body is None else json.dumps(body).encode()
        response = self.cloud.request(method, '/v3' + path, raw, token=token or self.admin)
        self.assertIn(response.status_code // 100, (2, 3, 4),
                      f'{method} {path} {str(body)[:300]}: {response.text}')

    def ask_with_each(self, method, path, key, thing, *, token=None, many=False):
        """The body, and each attribute of it, as anything."""
        for strange in STRANGE:
            self.ask(method, path, strange, token=token)
            self.ask(method, path, {key: strange}, token=token)
            for name in (*thing, 'colour', '\ud800', 'a' * 300):
                changed = {**thing, name: strange}
                self.ask(method, path, {key: [changed] if many else changed}, token=token)

    def test_the_catalog(self):
        region = {'id': 'x', 'description': 'd', 'parent_region_id': 'north'}
        service = {'type': 'x', 'name': 'n', 'enabled': True, 'description': 'd'}
        group = {'name': 'n', 'description': 'd', 'filters': {'interface': 'public'}}
        policy = {'blob': '{}', 'type': 't'}
        endpoint = self.create('endpoints', **self.endpoint)['id']
        made = self.call('POST', '/policies', {'policy': policy}, code=201).json['policy']['id']
        for method, path, key, thing in (
                ('POST', '/regions', 'region', region), ('PUT', '/regions/x', 'region', region),
                ('PATCH', '/regions/north', 'region', region),
                ('POST', '/services', 'service', service),
                ('PATCH', f'/services/{self.service}', 'service', service),
                ('POST', '/endpoints', 'endpoint', self.endpoint),
                ('PATCH', f'/endpoints/{endpoint}', 'endpoint', self.endpoint),
                ('POST', '/OS-EP-FILTER/endpoint_groups', 'endpoint_group', group),
                ('POST', '/policies', 'policy', policy),
                ('PATCH', f'/policies/{made}', 'policy', policy)):
            self.ask_with_each(method, path, key, thing)

    def test_limits_and_configuration(self):
        limit = {'service_id': self.service, 'region_id': 'north', 'resource_name': 'drops',
                 'resource_limit': 1, 'project_id': self.place, 'description': 'd'}
        self.ask_with_each('POST', '/registered_limits', 'registered_limits', self.registered,
                           many=True)
        self.ask_with_each('POST', '/limits', 'limits', limit, many=True)
        path = f'/domains/{self.domain()["id"]}/config'
        self.ask_with_each('PUT', path, 'config', {'ldap': {'url': 'x'}})
        for strange in STRANGE:
            for below in ('', '/ldap', '/ldap/url'):
                for config in ({'ldap': {'url': strange}}, {'url': strange}):
                    self.ask('PATCH', path + below, {'config': config})

    def test_credentials(self):
        self.ask_with_each('POST', '/credentials', 'credential', {
            'user_id': self.owner, 'type': 'cert', 'blob': 'x', 'project_id': self.place})
        self.ask_with_each('POST', '/credentials', 'credential', {
            'user_id': self.owner, 'type': 'ec2', 'project_id': self.place,
            'blob': '{"access": "a", "secret": "s"}'})
        self.ask_with_each('POST', f'/users/{self.owner}/credentials/OS-EC2', 'tenant_id', {},
                           token=self.owners)
        for params in ({'SignatureVersion': '2'},
                       {'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Date': 'b',
                        'X-Amz-Credential': 'a/b/c/d/e'}):
            signed = {'access': 'a', 'signature': 'x', 'host': 'h', 'verb': 'GET', 'path': '/',
                      'params': params, 'headers': {'Authorization': 'x'}, 'body_hash': '',
                      'token': 'eA=='}
            for path in ('/ec2tokens', '/s3tokens'):
                self.ask_with_each('POST', path, 'credentials', signed)

    def test_delegation(self):
        rule = {'path': '/a', 'method': 'GET', 'service': 'x'}
        credential = {'name': 'n', 'secret': 's', 'description': 'd', 'unrestricted': True,
                      'expires_at': '2090-01-01T00:00:00Z', 'access_rules': [rule],
                      'roles': [{'name': 'member'}]}
        trust = {'trustor_user_id': self.owner, 'trustee_user_id': self.other,
                 'impersonation': True, 'project_id': self.place, 'roles': [{'name': 'member'}],
                 'expires_at': None, 'remaining_uses': 1, 'redelegation_count': 1,
                 'allow_redelegation': False}
        credentials = f'/users/{self.owner}/application_credentials'
        self.ask_with_each('POST', credentials, 'application_credential', credential,
                           token=self.owners)
        self.ask_with_each('POST', '/OS-TRUST/trusts', 'trust', trust, token=self.owners)
        for strange in STRANGE:
            for role in ({'id': strange}, {'name': strange}):
                self.ask('POST', '/OS-TRUST/trusts', {'trust': {**trust, 'roles': [role]}},
                         token=self.owners)
                self.ask('POST', credentials, {'application_credential': {
                    'name': 'm', 'roles': [role]}}, token=self.owners)
            for name in (*rule, 'id'):
                self.ask('POST', credentials, {'application_credential': {
                    'name': 'm', 'access_rules': [{**rule, name: strange}]}}, token=self.owners)

    def test_queries(self):
        users = f'/users/{self.owner}'
        for path, names in (
                ('/regions', ('parent_region_id', 'limit', 'marker')),
                ('/services', ('type', 'name__contains', 'limit', 'marker')),
                ('/endpoints', ('interface', 'service_id', 'region_id')),
                ('/OS-EP-FILTER/endpoint_groups', ('name',)), ('/policies', ('type',)),
                ('/credentials', ('user_id', 'type')), ('/registered_limits', ('service_id',)),
                ('/limits', ('service_id', 'region_id', 'project_id', 'domain_id')),
                (users + '/application_credentials', ('name',)),
                (users + '/access_rules', ('service', 'path', 'method')),
                ('/OS-TRUST/trusts', ('trustor_user_id', 'trustee_user_id'))):
            for name in names:
                for text in STRANGE_TEXTS:
                    for token in (self.admin, self.owners):
                        self.ask('GET', f'{path}?{name}={text}', token=token)

    def test_paths(self):
        users, body = f'/users/{self.owner}', {'config': {'ldap': {'url': 'x'}}, 'region': {}}
        for path in ('/regions/{}', '/services/{}', '/endpoints/{}', '/policies/{}',
                     '/OS-EP-FILTER/endpoint_groups/{}', '/credentials/{}', '/limits/{}',
                     '/OS-EP-FILTER/projects/{}/endpoints/x', '/registered_limits/{}',
                     users + '/application_credentials/{}', users + '/access_rules/{}',
                     users + '/credentials/OS-EC2/{}', '/OS-TRUST/trusts/{}', '/domains/{}/config',
                     '/domains/default/config/{}', '/domains/default/config/ldap/{}'):
            for text in STRANGE_TEXTS:
                for method in ('GET', 'PUT', 'PATCH', 'DELETE'):
                    self.ask(method, path.format(text),
                             body if method in ('PUT', 'PATCH') else None)
