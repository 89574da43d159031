"""``tokens = service``: our users, the gateway's own credential in the real OpenStack."""
import json
import os
import pathlib

import fixtures
from testtools.matchers import HasLength

from jumpgate import api
from jumpgate import config as settings
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.sources import BadDriver
from tests.fixtures.scripted_upstream import answer, by_path
from tests.functional.passthrough.base import PassthroughTest, drivers

OURS, THEIRS = 'a' * 32, 'b' * 32
CREDENTIAL = {'project_id': THEIRS, 'username': 'gateway', 'password': 'secret',
              'user_domain_name': 'Default'}
DRIVER = 'def setup_routes(app, disp):\n    pass\n'


class Validator:
    """Knows a token for each kind of caller."""

    def validate(self, token, environ):
        who = {'member': (OURS, ('member', 'reader')), 'reader': (OURS, ('reader',)),
               'admin': (OURS, ('admin', 'member', 'reader')),
               'stranger': ('c' * 32, ('member', 'reader'))}.get(token)
        if who is None:
            raise errors.Unauthorized()
        return RequestContext(user_id='u', project_id=who[0], roles=who[1],
                              is_admin='admin' in who[1], token=token)


class ServiceTokensBase(PassthroughTest):

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)
        (self.folder / 'no_identity.py').write_text(DRIVER)
        self.useFixture(fixtures.MonkeyPatch('sys.path', [str(self.folder), *os.sys.path]))
        self.map_file = self.folder / 'projects.yaml'
        self.write_map({OURS: CREDENTIAL})
        self.issued = 0

    def write_map(self, value, mode=0o600):
        self.map_file.write_text(value if isinstance(value, str) else json.dumps(value))
        self.map_file.chmod(mode)

    def config(self, endpoints, options):
        return (drivers(identity='no_identity', compute=True, volume=True) +
                f'[openstack]\ntokens = service\nproject_map = {self.map_file}\n'
                f'auth_url = {self.upstream.url}/v3\n'
                f'compute_endpoint = {self.upstream.url}/v2.1\n'
                f'volume_endpoint = {self.upstream.url}\n' + options)

    def start(self, *replies, **options):
        super().start(by_path(
            (('GET', '/v3'), answer('200 OK', (), {'version': {
                'id': 'v3.14', 'status': 'stable', 'links': []}})),
            (('POST', '/v3/auth/tokens'), self.issue), *replies), **options)
        self.pipeline.gateway.token_validator = Validator()

    def issue(self, received, sock):
        self.issued += 1
        self.asked = json.loads(received.body)
        return answer('201 Created', [('X-Subject-Token', f'service-{self.issued}')], {'token': {
            'expires_at': '2099-01-01T00:00:00.000000Z', 'issued_at': '2026-01-01T00:00:00.000000Z',
            'methods': ['password'], 'user': {'id': 'g', 'name': 'gateway', 'domain': {}},
            'project': {'id': THEIRS}, 'catalog': []}})

    def call(self, verb, target, body=None, token='member', **headers):
        return self.ask(verb, target, body, {'X-Auth-Token': token, **headers})


class ServiceTokensTest(ServiceTokensBase):

    def test_the_credential_of_the_project_is_used_and_its_token_kept(self):
        self.start((('GET', '/v2.1/servers/x'), answer('200 OK', (), b'x')))
        for _ in range(3):
            resp = self.ask('GET', '/compute/v2.1/servers/x', headers={
                'X-Auth-Token': 'member', 'X-Service-Token': 'theirs', 'Authorization': 'mine'})
            self.assertEqual(200, resp.status_int)
        self.assertEqual(1, self.issued)
        self.assertEqual(THEIRS, self.asked['auth']['scope']['project']['id'])
        self.assertEqual(['service-1'], self.received.all('X-Auth-Token'))
        self.assertEqual([], self.received.all('X-Service-Token'))
        self.assertEqual([], self.received.all('Authorization'))

    def test_the_project_in_the_path_is_replaced_there_and_back(self):
        def volumes(received, sock):
            return answer('200 OK', (), {'volumes_links': [{
                'rel': 'next', 'href': f'{self.upstream.url}/v3/{THEIRS}/volumes?marker=1'}]})
        self.start((('GET', f'/v3/{THEIRS}/volumes'), volumes))
        resp = self.call('GET', f'/volume/v3/{OURS}/volumes?limit=1')
        self.assertEqual(f'/v3/{THEIRS}/volumes?limit=1', self.received.target)
        self.assertEqual(f'http://gate:5000/volume/v3/{OURS}/volumes?marker=1',
                         resp.json['volumes_links'][0]['href'])

    def test_another_project_in_the_path(self):
        self.start((('GET', '/v3/*'), answer()))
        resp = self.call('GET', f'/volume/v3/{"d" * 32}/volumes')
        self.assertEqual(400, resp.status_int)
        self.assertEqual([], self.upstream.requests)

    def test_an_unknown_path_has_its_project_replaced_too(self):
        self.start((('GET', '/v3/*'), answer()))
        self.call('GET', f'/volume/v3/{OURS}/brand-new/thing')
        self.assertEqual(f'/v3/{THEIRS}/brand-new/thing', self.received.target)

    def test_a_project_without_counterpart_is_403(self):
        self.start()
        resp = self.call('GET', '/compute/v2.1/servers/x', token='stranger')
        self.assertEqual(403, resp.status_int)
        self.assertIn('forbidden', resp.json)
        self.assertEqual([], self.upstream.requests)

    def test_without_a_token(self):
        self.start()
        self.assertEqual(401, self.ask('GET', '/compute/v2.1/servers/x').status_int)
        self.assertEqual(401, self.call('GET', '/compute/v2.1/servers/x', token='bad').status_int)
        self.assertEqual([], self.upstream.requests)

    def test_version_documents_need_no_token_and_show_none(self):
        self.start((('GET', '/v2.1/'), answer('200 OK', (), {'version': {}})))
        self.assertEqual(200, self.ask('GET', '/compute/v2.1/').status_int)
        self.assertEqual([], self.received.all('X-Auth-Token'))

    def test_policy_is_enforced_here_since_the_upstream_sees_one_user_only(self):
        self.start((('DELETE', '/v2.1/servers/x'), answer('204 No Content')),
                   (('POST', '/v2.1/servers/x/action'), answer('202 Accepted')),
                   (('POST', '/v2.1/new'), answer('202 Accepted')))
        for verb, path, body, token, status in (
                ('DELETE', 'servers/x', None, 'reader', 403),
                ('DELETE', 'servers/x', None, 'member', 204),
                ('POST', 'servers/x/action', b'{"reboot": {}}', 'reader', 403),
                ('POST', 'servers/x/action', b'{"reboot": {}}', 'member', 202),
                ('POST', 'servers/x/action', b'{"brandNew": {}}', 'member', 403),
                ('POST', 'servers/x/action', b'{"brandNew": {}}', 'admin', 202),
                ('POST', 'new', b'{}', 'member', 403), ('POST', 'new', b'{}', 'admin', 202)):
            resp = self.call(verb, f'/compute/v2.1/{path}', body, token)
            self.assertEqual(status, resp.status_int, (verb, path, body, token))
        self.assertEqual(b'{}', self.received.body)

    def test_a_refused_token_is_renewed(self):
        def once(received, sock):
            good = received.get('X-Auth-Token') == 'service-2'
            return answer('200 OK' if good else '401 Unauthorized')
        self.start((('GET', '/v2.1/servers/x'), once), (('POST', '/v2.1/servers'), once))
        self.assertEqual(401, self.call('POST', '/compute/v2.1/servers', b'{}').status_int)
        self.assertEqual(200, self.call('GET', '/compute/v2.1/servers/x').status_int)
        self.assertEqual(2, self.issued)
        posts = [one for one in self.upstream.requests if one.target == '/v2.1/servers']
        self.assertThat(posts, HasLength(1))

    def test_a_get_is_repeated_with_a_new_token(self):
        def once(received, sock):
            good = received.get('X-Auth-Token') == 'service-2'
            return answer('200 OK' if good else '401 Unauthorized')
        self.start((('GET', '/v2.1/servers/x'), once))
        self.assertEqual(200, self.call('GET', '/compute/v2.1/servers/x').status_int)

    def test_a_keystone_that_gives_no_token_is_503(self):
        self.issue = lambda received, sock: answer('401 Unauthorized', (), {'error': {}})
        self.start()
        resp = self.call('GET', '/compute/v2.1/servers/x')
        self.assertEqual(503, resp.status_int)
        self.assertNotIn('secret', resp.text)


class RefusalTest(ServiceTokensBase):
    """What cannot work is refused when the gateway starts, with what to change."""

    def refusal(self, config):
        file = self.folder / 'jumpgate.conf'
        file.write_text(config)
        conf = settings.load(str(file))
        return str(self.assertRaises(BadDriver, api.Jumpgate, conf))

    def service(self, **changes):
        options = {'tokens': 'service', 'project_map': self.map_file, 'auth_url': 'http://up/v3',
                   'compute_endpoint': 'http://up', **changes}
        return (drivers(identity='no_identity', compute='no_identity') + '[openstack]\n'
                + ''.join(f'{key} = {value}\n' for key, value in options.items() if value))

    def test_tokens_must_be_said(self):
        self.assertIn('tokens is not set', self.refusal(self.service(tokens=None)))

    def test_forward_needs_identity_passed_through(self):
        self.assertIn('tokens = forward cannot work', self.refusal(self.service(tokens='forward')))

    def test_forward_needs_a_keystone(self):
        self.assertIn('identity_endpoint', self.refusal(
            drivers(identity=True) + '[openstack]\ntokens = forward\n'))

    def test_service_needs_an_identity_of_our_own(self):
        self.assertIn('tokens = service cannot work',
                      self.refusal(self.service(identity_endpoint='http://up')))

    def test_service_needs_a_map_and_a_keystone(self):
        self.assertIn('project_map', self.refusal(self.service(project_map=None)))
        self.assertIn('auth_url', self.refusal(self.service(auth_url=None)))

    def test_the_map_must_be_usable(self):
        for value, words in (
                ('{', 'neither YAML nor JSON'), ('[]', 'must map'), ({OURS: 'x'}, 'credential'),
                ({OURS: {**CREDENTIAL, 'pasword': 'x'}}, 'unknown keys pasword'),
                ({OURS: {'username': 'x', 'password': 'y', 'user_domain_name': 'z'}},
                 'project_id of the upstream'),
                ({OURS: {'project_id': THEIRS, 'username': 'x', 'password': 'y'}},
                 'user_domain_name'),
                ({OURS: {'project_id': THEIRS, 'application_credential_id': 'x'}},
                 'application_credential_secret')):
            self.write_map(value)
            self.assertIn(words, self.refusal(self.service()))

    def test_the_map_is_a_secret(self):
        self.write_map({OURS: CREDENTIAL}, 0o640)
        self.assertIn('chmod 0600', self.refusal(self.service()))
        self.map_file.unlink()
        self.assertIn('No such file', self.refusal(self.service()))

    def test_certificates_must_be_usable(self):
        self.assertIn('cafile', self.refusal(self.service(cafile='/nowhere')))

    def test_an_application_credential(self):
        self.write_map({OURS: {'project_id': THEIRS, 'application_credential_id': 'x',
                               'application_credential_secret': 'y'}})
        self.start((('GET', '/v2.1/servers/x'), answer()))
        self.assertEqual(200, self.call('GET', '/compute/v2.1/servers/x').status_int)
        self.assertEqual(['application_credential'], self.asked['auth']['identity']['methods'])
