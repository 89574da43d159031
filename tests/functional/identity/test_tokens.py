"""Asking for tokens, looking at them, and how they end."""
import datetime

import testtools

from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import open_store
from tests.fixtures.sandbox import DOMAIN, Sandbox

ADMIN_SCOPE = {'project': {'name': 'admin', 'domain': DOMAIN}}


class TokenCase(testtools.TestCase):

    settings = ''

    def setUp(self):
        super().setUp()
        self.cloud = self.useFixture(Sandbox(self.settings))

    def look(self, token, subject=None, method='GET', query=''):
        return self.cloud.request(method, '/v3/auth/tokens' + query, token=token,
                                  headers={'X-Subject-Token': subject or token})


class PasswordTest(TokenCase):

    def test_a_project(self):
        response = self.cloud.authenticate(scope=ADMIN_SCOPE)
        self.assertEqual(201, response.status_code)
        token = response.json['token']
        self.assertEqual('admin', token['project']['name'])
        self.assertEqual(['password'], token['methods'])
        self.assertEqual({'admin', 'manager', 'member', 'reader'},
                         {role['name'] for role in token['roles']})
        self.assertThat(len(response.headers['X-Subject-Token']),
                        testtools.matchers.LessThan(255))

    def test_the_project_by_id(self):
        project = self.cloud.authenticate(scope=ADMIN_SCOPE).json['token']['project']['id']
        response = self.cloud.authenticate(scope={'project': {'id': project}})
        self.assertEqual(project, response.json['token']['project']['id'])

    def test_the_user_by_id(self):
        user = self.cloud.authenticate().json['token']['user']['id']
        response = self.cloud.authenticate(
            'admin', self.cloud.passwords['admin'], user_id=user)
        self.assertEqual(201, response.status_code)

    def test_unscoped_has_neither_roles_nor_catalog(self):
        for scope in (None, 'unscoped', {'unscoped': {}}):
            token = self.cloud.authenticate(scope=scope).json['token']
            self.assertEqual({'methods', 'user', 'audit_ids', 'expires_at', 'issued_at'},
                             set(token))

    def test_the_system(self):
        token = self.cloud.authenticate(scope={'system': {'all': True}}).json['token']
        self.assertEqual({'all': True}, token['system'])
        self.assertIn('admin', [role['name'] for role in token['roles']])

    def test_what_is_wrong_is_not_told(self):
        answers = {
            self.cloud.authenticate(password='wrong').text,
            self.cloud.authenticate('nobody', 'wrong').text,
            self.cloud.authenticate(domain={'name': 'nowhere'}).text,
            self.cloud.authenticate('demo', scope=ADMIN_SCOPE).text,
            self.cloud.authenticate(scope={'project': {'id': 'nope'}}).text,
            self.cloud.authenticate(scope={'domain': {'id': 'default'}}).text,
        }
        self.assertEqual(1, len(answers), answers)
        response = self.cloud.authenticate(password='wrong')
        self.assertEqual(401, response.status_code)
        self.assertEqual('Unauthorized', response.json['error']['title'])
        self.assertIn('Keystone uri=', response.headers['WWW-Authenticate'])

    def test_an_unknown_user_costs_a_hash_too(self):
        seen = []
        check = self.cloud.driver.verify_password
        self.patch(self.cloud.driver, 'verify_password',
                   lambda user, *args, **kwargs: seen.append(user) or check(user, *args, **kwargs))
        self.cloud.authenticate('nobody', 'wrong')
        self.assertEqual([None], seen)

    def test_malformed(self):
        user = {'name': 'admin', 'password': 'x', 'domain': DOMAIN}
        for auth in (
                None, {}, [], {'identity': {}}, {'identity': {'methods': ['password']}},
                {'identity': {'methods': ['password'], 'password': {}}},
                {'identity': {'methods': ['password'], 'password': {'user': {'name': 'a'}}}},
                {'identity': {'methods': ['password'], 'password': {'user': {'id': 7}}}},
                {'identity': {'methods': ['token'], 'token': {}}},
                {'identity': {'methods': ['password'], 'password': {'user': user}}, 'scope': {}},
                {'identity': {'methods': ['password'], 'password': {'user': user}},
                 'scope': {'project': {'id': 'a'}, 'domain': {'id': 'b'}}},
                {'identity': {'methods': ['password'], 'password': {'user': user}},
                 'scope': {'project': {'name': 'a'}}}):
            response = self.cloud.request('POST', '/v3/auth/tokens', {'auth': auth})
            self.assertEqual(400, response.status_code, auth)
            self.assertEqual(400, response.json['error']['code'])

    def test_what_is_missing_is_named(self):
        for user, words in (({'password': 'x'}, 'identity/password/user: id or name'),
                            ({'name': 'a', 'domain': {}}, 'user/domain: id or name'),
                            ({'name': ''}, 'find id in user'), ({'name': 'a'}, 'domain in user')):
            auth = {'identity': {'methods': ['password'], 'password': {'user': user}}}
            response = self.cloud.request('POST', '/v3/auth/tokens', {'auth': auth})
            self.assertEqual(400, response.status_code)
            self.assertIn(words, response.json['error']['message'])

    def test_an_unsupported_method(self):
        auth = {'identity': {'methods': ['carrier-pigeon'], 'carrier-pigeon': {}}}
        response = self.cloud.request('POST', '/v3/auth/tokens', {'auth': auth})
        self.assertEqual(401, response.status_code)


class CatalogTest(TokenCase):

    def catalog(self, **environ):
        auth = {'identity': {'methods': ['password'], 'password': {'user': {
            'name': 'admin', 'domain': DOMAIN, 'password': self.cloud.passwords['admin']}}},
            'scope': ADMIN_SCOPE}
        response = self.cloud.request('POST', '/identity/v3/auth/tokens', {'auth': auth},
                                      **environ)
        return {entry['type']: entry for entry in response.json['token']['catalog']}

    def test_only_what_is_enabled_at_the_address_of_the_request(self):
        catalog = self.catalog(host='cloud.example:8080')
        self.assertEqual(['identity', 'image'], list(catalog))
        self.assertNotIn('baremetal', catalog)
        self.assertEqual('keystone', catalog['identity']['name'])
        endpoints = catalog['identity']['endpoints']
        self.assertEqual({'admin', 'internal', 'public'}, {one['interface'] for one in endpoints})
        self.assertEqual({'http://cloud.example:8080/identity'}, {one['url'] for one in endpoints})
        self.assertEqual({'RegionOne'}, {one['region_id'] for one in endpoints})

    def test_ids_are_stable(self):
        self.assertEqual(self.catalog(), self.catalog())

    def test_left_out_on_request(self):
        token = self.cloud.login()
        self.assertIn('catalog', self.look(token).json['token'])
        self.assertNotIn('catalog', self.look(token, query='?nocatalog').json['token'])


class ExchangeTest(TokenCase):

    def test_keeps_the_end_and_the_chain(self):
        first = self.cloud.authenticate()
        second = self.cloud.exchange(first.headers['X-Subject-Token'], ADMIN_SCOPE)
        self.assertEqual(201, second.status_code)
        one, other = first.json['token'], second.json['token']
        self.assertEqual(one['expires_at'], other['expires_at'])
        self.assertEqual(one['audit_ids'][0], other['audit_ids'][1])
        self.assertEqual({'password', 'token'}, set(other['methods']))

    def test_a_bad_token_is_404(self):
        for token in ('garbage', ''):
            self.assertEqual(404, self.cloud.exchange(token, ADMIN_SCOPE).status_code)

    def test_not_from_the_system_into_a_project(self):
        token = self.cloud.login(scope={'system': {'all': True}})
        response = self.cloud.exchange(token, ADMIN_SCOPE)
        self.assertEqual(403, response.status_code)


class LookTest(TokenCase):

    def test_the_same_as_when_it_was_issued(self):
        issued = self.cloud.authenticate(scope=ADMIN_SCOPE)
        token = issued.headers['X-Subject-Token']
        shown = self.look(token)
        self.assertEqual(200, shown.status_code)
        self.assertEqual(token, shown.headers['X-Subject-Token'])
        self.assertEqual(issued.json, {'token': {**shown.json['token'],
                         'catalog': issued.json['token']['catalog']}})

    def test_head_has_no_body(self):
        response = self.look(self.cloud.login(), method='HEAD')
        self.assertEqual((200, b''), (response.status_code, response.body))

    def test_only_ones_own(self):
        admin, demo = self.cloud.login(), self.cloud.login('demo')
        self.assertEqual(200, self.look(admin, demo).status_code)
        self.assertEqual(403, self.look(demo, admin).status_code)
        self.assertEqual(401, self.look('garbage', admin).status_code)
        self.assertEqual(401, self.cloud.request('GET', '/v3/auth/tokens').status_code)


    def test_what_is_no_token_anybody_may_know(self):
        admin, demo, ended = self.cloud.login(), self.cloud.login('demo'), self.cloud.login('demo')
        for method in ('GET', 'HEAD', 'DELETE'):
            for caller in (admin, demo):
                response = self.look(caller, 'garbage', method=method)
                self.assertEqual(404, response.status_code, method)
        self.assertEqual(204, self.look(demo, ended, method='DELETE').status_code)
        self.assertEqual(404, self.look(demo, ended).status_code)
        # but who asks about none at all
        self.assertEqual(403, self.cloud.request(
            'GET', '/v3/auth/tokens', token=demo).status_code)


class ByIdTest(TokenCase):
    """The rows of the original: a token named in the path."""

    def test_looked_at_refreshed_and_ended(self):
        issued = self.cloud.authenticate('demo', scope={'project': {
            'name': 'demo', 'domain': DOMAIN}})
        token, admin = issued.headers['X-Subject-Token'], self.cloud.login()
        path = '/v3/tokens/' + token
        shown = self.cloud.request('GET', path, token=admin)
        self.assertEqual(issued.json, shown.json)
        fresh = self.cloud.request('POST', path, {}, token=token)
        self.assertEqual(201, fresh.status_code)
        self.assertEqual(issued.json['token']['project'], fresh.json['token']['project'])
        self.assertEqual(issued.json['token']['expires_at'], fresh.json['token']['expires_at'])
        self.assertEqual(204, self.cloud.request('DELETE', path, token=admin).status_code)
        self.assertEqual(404, self.cloud.request('GET', path, token=admin).status_code)


class EndTest(TokenCase):

    def test_deleted(self):
        token = self.cloud.login()
        self.assertEqual(204, self.look(token, method='DELETE').status_code)
        self.assertEqual(401, self.look(token).status_code)

    def test_revocations_are_listed(self):
        token = self.cloud.authenticate(scope=ADMIN_SCOPE)
        admin = self.cloud.login()
        self.look(admin, token.headers['X-Subject-Token'], method='DELETE')
        [event] = self.cloud.request('GET', '/v3/OS-REVOKE/events', token=admin).json['events']
        self.assertEqual(token.json['token']['audit_ids'][0], event['audit_id'])

    def test_what_pki_tokens_had(self):
        token = self.cloud.login()
        for path, code in (('/v3/auth/tokens/OS-PKI/revoked', 403), ('/v3/OS-SIMPLE-CERT/ca', 410),
                           ('/v3/OS-SIMPLE-CERT/certificates', 410)):
            self.assertEqual(code, self.cloud.request('GET', path, token=token).status_code)

    def test_what_was_made_from_it_ends_too(self):
        first = self.cloud.login(project=False)
        second = self.cloud.exchange(first, ADMIN_SCOPE).headers['X-Subject-Token']
        self.look(second, first, method='DELETE')
        self.assertEqual(401, self.look(second).status_code)

    def test_unless_told_otherwise(self):
        first = self.cloud.login(project=False)
        second = self.cloud.exchange(first, ADMIN_SCOPE).headers['X-Subject-Token']
        self.look(second, first, method='DELETE', query='?cascade=false')
        self.assertEqual(401, self.look(first).status_code)
        self.assertEqual(200, self.look(second).status_code)

    def test_another_token_stays(self):
        one, other = self.cloud.login(), self.cloud.login()
        self.look(one, method='DELETE')
        self.assertEqual(200, self.look(other).status_code)

    def test_time(self):
        token = self.cloud.login()
        self.assertEqual(200, self.look(token).status_code)
        StoredClock(open_store(self.cloud.conf)).advance(3599)
        self.assertEqual(200, self.look(token).status_code)
        StoredClock(open_store(self.cloud.conf)).advance(2)
        self.assertEqual(401, self.look(token).status_code)
        fresh = self.cloud.login()
        self.assertEqual(404, self.look(fresh, token).status_code)
        self.assertEqual(200, self.look(fresh, token, query='?allow_expired=1').status_code)

    def test_the_lifetime_is_an_hour(self):
        token = self.cloud.authenticate().json['token']
        start, end = (datetime.datetime.fromisoformat(token[name])
                      for name in ('issued_at', 'expires_at'))
        self.assertEqual(datetime.timedelta(hours=1), end - start)

    def test_a_remembered_token_is_not_looked_up(self):
        token = self.cloud.login()
        self.look(token)
        asked = []
        check = self.cloud.driver.check
        self.patch(self.cloud.driver, 'check',
                   lambda claim: asked.append(claim) or check(claim))
        validator = self.cloud.gateway.token_validator
        validator.validate(token, {})
        self.assertEqual([], asked)
        self.cloud.driver.end_remembered_tokens()
        validator.validate(token, {})
        self.assertEqual(1, len(asked))


class VersionTest(TokenCase):

    def test_every_root(self):
        for path, base in (('/', ''), ('/identity', '/identity'), ('/identity/', '/identity')):
            response = self.cloud.request('GET', path)
            self.assertEqual(300, response.status_code, path)
            versions = response.json['versions']['values']
            self.assertEqual(f'http://h:5000{base}/v3/', versions[0]['links'][0]['href'])
            self.assertEqual(versions[0]['links'][0]['href'], response.headers['Location'])

    def test_v3(self):
        for path in ('/v3', '/v3/', '/identity/v3', '/identity/v3/'):
            response = self.cloud.request('GET', path)
            self.assertEqual(200, response.status_code, path)
            self.assertEqual('v3.14', response.json['version']['id'])
            self.assertEqual('stable', response.json['version']['status'])

    def test_json_home(self):
        response = self.cloud.request('GET', '/v3', headers={'Accept': 'application/json-home'})
        self.assertEqual('application/json-home', response.content_type)
        resources = response.json['resources']
        self.assertEqual('/v3/auth/tokens', resources[
            'https://docs.openstack.org/api/openstack-identity/3/rel/auth_tokens']['href'])
