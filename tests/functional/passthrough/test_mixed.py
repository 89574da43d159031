"""Something of ours answers beside the upstream: tokens are validated, the rest falls through."""
import sys

import fixtures

from tests.fixtures.scripted_upstream import answer, by_path
from tests.functional.passthrough.base import PassthroughTest, drivers

DRIVER = '''
class Limits:
    def on_get(self, req, resp, tenant_id=None):
        context = req.env['jumpgate.context']
        resp.body = {'user': context.user_id, 'project': context.project_id,
                     'roles': list(context.roles), 'tenant': tenant_id}

def setup_routes(app, disp):
    disp.set_handler('v2_limits', Limits())
'''
LIMITS = '/compute/v2.1/limits'
GOOD = {'X-Auth-Token': 'good'}


class MixedTest(PassthroughTest):
    """Compute has one handler of ours; identity is the upstream's."""

    expires = '2099-01-01T00:00:00.000000Z'

    def setUp(self):
        super().setUp()
        folder = self.useFixture(fixtures.TempDir()).path
        with open(f'{folder}/one_handler.py', 'w') as file:
            file.write(DRIVER)
        self.useFixture(fixtures.MonkeyPatch('sys.path', [folder, *sys.path]))

    def config(self, endpoints, options):
        return (drivers(identity=True, compute='one_handler') +
                f'[openstack]\ntokens = forward\nidentity_endpoint = {self.upstream.url}\n'
                f'compute_endpoint = {self.upstream.url}\n' + options)

    def start(self, *replies, **options):
        super().start(by_path(
            *replies, (('GET', '/v3/auth/tokens'), self.validate),
            (('DELETE', '/v3/auth/tokens'), answer('204 No Content')),
            (('GET', '/v2.1/*'), answer('200 OK', (), b'theirs'))), **options)

    def validate(self, received, sock):
        if received.get('X-Subject-Token') != 'good' or received.get('X-Auth-Token') != 'good':
            return answer('401 Unauthorized', (), {'error': {}})
        return answer('200 OK', (), {'token': {
            'expires_at': self.expires, 'methods': ['password'], 'audit_ids': ['a'],
            'user': {'id': 'u1', 'name': 'Ünal', 'domain': {'id': 'default', 'name': 'Default'}},
            'project': {'id': 'p1', 'name': 'demo', 'domain': {'id': 'default', 'name': 'Default'}},
            'roles': [{'id': 'r', 'name': 'member'}, {'id': 's', 'name': 'reader'}]}})

    def validations(self):
        return [one for one in self.upstream.requests
                if (one.verb, one.target) == ('GET', '/v3/auth/tokens')]

    def test_ours_is_asked_with_a_validated_token_that_is_remembered(self):
        self.start()
        for _ in range(3):
            resp = self.ask('GET', LIMITS, headers=GOOD)
            self.assertEqual({'user': 'u1', 'project': 'p1', 'roles': ['member', 'reader'],
                              'tenant': 'p1'}, resp.json)
        self.assertEqual(1, len(self.validations()))

    def test_the_rest_falls_through_unopened(self):
        self.start()
        resp = self.ask('GET', '/compute/v2.1/flavors/1', headers={'X-Auth-Token': 'anything'})
        self.assertEqual(b'theirs', resp.body)
        self.assertEqual('anything', self.received.get('X-Auth-Token'))
        self.assertEqual([], self.validations())

    def test_a_bad_token(self):
        self.start()
        self.assertEqual(401, self.ask('GET', LIMITS, headers={'X-Auth-Token': 'x'}).status_int)
        self.assertEqual(401, self.ask('GET', LIMITS).status_int)
        self.assertEqual(401, self.ask('GET', LIMITS, headers={'X-Auth-Token': 'ü'}).status_int)

    def test_an_expired_token(self):
        self.expires = '2020-01-01T00:00:00.000000Z'
        self.start()
        self.assertEqual(401, self.ask('GET', LIMITS, headers=GOOD).status_int)

    def test_a_revoked_token_is_forgotten_at_once(self):
        self.start()
        self.ask('GET', LIMITS, headers=GOOD)
        self.ask('DELETE', '/v3/auth/tokens', headers={**GOOD, 'X-Subject-Token': 'good'})
        self.validate = lambda received, sock: answer('404 Not Found')
        self.upstream._answers[:] = [answer('404 Not Found', (), {'error': {}})]
        self.assertEqual(401, self.ask('GET', LIMITS, headers=GOOD).status_int)

    def test_nothing_is_remembered_for_zero_seconds(self):
        self.start(options='validation_seconds = 0\n')
        for _ in range(2):
            self.ask('GET', LIMITS, headers=GOOD)
        self.assertEqual(2, len(self.validations()))

    def test_a_keystone_that_is_away_is_503_and_not_401(self):
        for reply in (answer('503 Off'), answer('500 Oops'), answer('429 Slow')):
            self.start((('GET', '/v3/auth/tokens'), reply))
            resp = self.ask('GET', LIMITS, headers=GOOD)
            self.assertEqual(503, resp.status_int)
        self.start()
        self.upstream.stop()
        self.assertEqual(503, self.ask('GET', LIMITS, headers=GOOD).status_int)

    def test_a_keystone_that_talks_nonsense_is_502(self):
        for body in (b'<html>', {'token': {}}, {'token': {'expires_at': 'x', 'user': {}}}, []):
            self.start((('GET', '/v3/auth/tokens'), answer('200 OK', (), body)))
            self.assertEqual(502, self.ask('GET', LIMITS, headers=GOOD).status_int)

    def test_ours_appears_in_the_catalog_as_ours(self):
        body = {'token': {'project': {'id': 'p1'}, 'catalog': [
            {'type': 'compute', 'name': 'nova', 'endpoints': [
                {'interface': 'public', 'region': 'R', 'region_id': 'R',
                 'url': 'http://nova/v2.1'}]}]}}
        self.start((('POST', '/v3/auth/tokens'), answer('201 Created', (), body)))
        resp = self.ask('POST', '/identity/v3/auth/tokens', b'{"auth": {}}')
        urls = {one['type']: one['endpoints'][0]['url'] for one in resp.json['token']['catalog']}
        self.assertEqual({'compute': 'http://gate:5000/compute/v2.1',
                          'identity': 'http://gate:5000/identity'}, urls)
