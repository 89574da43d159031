"""The configuration of single domains."""
from tests.fixtures.identity import IdentityCase

LDAP = {'url': 'ldap://x', 'user_tree_dn': 'dc=x'}


class DomainConfigTest(IdentityCase):

    settings = '[security_compliance]\npassword_regex = ^.{5,}$\n'

    def setUp(self):
        super().setUp()
        self.land = self.domain()
        self.path = f'/domains/{self.land["id"]}/config'

    def put_config(self, code=201, **config):
        return self.call('PUT', self.path, {'config': config}, code=code).json

    def test_a_life(self):
        nothing = ('Could not find any options in domain configuration for domain '
                   f'{self.land["id"]}.')
        self.assertEqual(nothing, self.refused(404, 'GET', self.path))
        config = {'identity': {'driver': 'ldap'}, 'ldap': LDAP}
        self.assertEqual({'config': config}, self.put_config(**config))
        self.assertEqual({'config': config}, self.get(self.path))
        self.assertEqual({'config': {'ldap': LDAP}}, self.put_config(200, ldap=LDAP))
        self.assertEqual({'config': {'ldap': LDAP}}, self.get(self.path))
        self.assertEqual({'config': {'ldap': LDAP}}, self.get(self.path + '/ldap'))
        self.assertEqual({'config': {'url': 'ldap://x'}}, self.get(self.path + '/ldap/url'))
        self.delete(self.path)
        self.delete(self.path)
        self.assertEqual(nothing, self.refused(404, 'GET', self.path))

    def test_changes(self):
        self.put_config(ldap=LDAP)

        def change(path, **config):
            return self.call('PATCH', self.path + path, {'config': config}, code=200).json[
                'config']
        self.assertEqual({'identity': {'driver': 'sql'}, 'ldap': {**LDAP, 'url': 'y'}},
                         change('', identity={'driver': 'sql'}, ldap={'url': 'y'}))
        self.assertEqual({**LDAP, 'url': 'z'}, change('/ldap', ldap={'url': 'z'})['ldap'])
        self.assertEqual({**LDAP, 'url': 'w'}, change('/ldap/url', url='w')['ldap'])
        self.refused(404, 'PATCH', self.path + '/ldap/suffix', {'config': {'suffix': 's'}})
        self.assertIn('contains group identity instead', self.refused(
            403, 'PATCH', self.path + '/ldap', {'config': {'identity': {'driver': 'sql'}}}))
        self.assertIn('contains option suffix instead', self.refused(
            403, 'PATCH', self.path + '/ldap/url', {'config': {'suffix': 's'}}))
        self.delete(self.path + '/ldap/url')
        self.assertIn('option url in group ldap', self.refused(
            404, 'DELETE', self.path + '/ldap/url'))
        self.delete(self.path + '/identity')
        self.refused(404, 'GET', self.path + '/identity')
        self.refused(404, 'DELETE', self.path + '/identity')

    def test_a_secret_is_never_shown(self):
        shown = self.put_config(ldap={**LDAP, 'password': 'secret'})
        self.assertEqual({'ldap': LDAP}, shown['config'])
        self.assertEqual({'ldap': LDAP}, self.get(self.path)['config'])
        self.refused(404, 'GET', self.path + '/ldap/password')
        self.assertEqual({'ldap': LDAP}, self.call(
            'PATCH', self.path + '/ldap/password', {'config': {'password': 'other'}},
            code=200).json['config'])

    def test_what_is_refused(self):
        for config, words in (
                ({}, 'No options'), (None, 'No options'), ('x', 'No options'),
                ({'nope': {'a': 1}}, 'Group nope is not supported'),
                ({'ldap': {'nope': 1}}, 'Option nope in group ldap is not supported'),
                ({'ldap': {}}, 'dictionary of options'), ({'ldap': 'x'}, 'dictionary of options'),
                ({'security_compliance': {'password_regex': 'x'}}, 'security_compliance')):
            self.assertIn(words, self.refused(403, 'PUT', self.path, {'config': config}))
        self.refused(403, 'PUT', self.path, {})
        for path in ('/nope', '/ldap/nope', '/nope/url'):
            for method in ('GET', 'DELETE'):
                self.refused(403, method, self.path + path)
        self.refused(404, 'PUT', '/domains/nope/config', {'config': {'ldap': LDAP}})
        self.refused(404, 'GET', '/domains/nope/config')

    def test_defaults(self):
        groups = self.get('/domains/config/default')['config']
        self.assertEqual({'identity', 'ldap'}, set(groups))
        self.assertNotIn('password', groups['ldap'])
        self.assertEqual({'config': {'ldap': groups['ldap']}},
                         self.get('/domains/config/ldap/default'))
        self.assertEqual({'config': {'url': 'ldap://localhost'}},
                         self.get('/domains/config/ldap/url/default'))
        for path in ('/nope/default', '/ldap/nope/default', '/security_compliance/default',
                     '/ldap/password/default'):
            self.refused(403, 'GET', '/domains/config' + path)

    def test_what_a_password_must_be_like_everybody_may_know(self):
        demo = self.cloud.login('demo')
        path = '/domains/default/config/security_compliance'
        known = {'password_regex': '^.{5,}$', 'password_regex_description': None}
        self.assertEqual({'config': {'security_compliance': known}}, self.get(path, token=demo))
        self.assertEqual({'config': {'password_regex': '^.{5,}$'}},
                         self.get(path + '/password_regex', token=demo))
        self.call('HEAD', path + '/password_regex', token=demo, code=200)
        self.refused(403, 'GET', path + '/lockout_duration', token=demo)
        self.refused(403, 'GET', self.path + '/security_compliance')
        for path in (self.path, self.path + '/ldap', '/domains/config/default'):
            self.refused(403, 'GET', path, token=demo)

    def test_it_goes_with_the_domain(self):
        self.put_config(ldap=LDAP)
        self.update('domains', self.land, enabled=False)
        self.delete(f'/domains/{self.land["id"]}')
        self.assertEqual({}, self.cloud.driver.get_domain_config(None, self.land['id']).groups)
