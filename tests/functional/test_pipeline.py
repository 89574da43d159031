"""The Paste pipeline: mounts, filters of others, identity headers, and failing closed."""
import json

import fixtures
import testtools

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from tests.fixtures.driver_module import DriverModule
from tests.fixtures.pipeline import Pipeline

CONFIG = '[identity]\ndriver = pipeline_driver\n[compute]\ndriver = pipeline_driver\n'


class Who:
    """Tells what a handler is told."""

    def on_get(self, req, resp, tenant_id=None):
        resp.body = {
            'tenant': tenant_id,
            'headers': {key: value for key, value in req.env.items()
                        if key.startswith('HTTP_X_') or key == 'HTTP_OPENSTACK_SYSTEM_SCOPE'},
            'ids': [req.env.get('openstack.request_id'),
                    req.env.get('openstack.global_request_id')],
        }

    def on_post(self, req, resp):
        raise ValueError('the inside of the cloud')


class Validator:
    """Knows one token."""

    def validate(self, token, environ):
        if token == 'unasked':
            raise errors.CloudUnavailable(retry_after=7)
        if token != 'good':
            raise errors.Unauthorized()
        return RequestContext(user_id='u', user_name='Ünal', project_id='p',
                              roles=('member', 'reader'), token=token)


class PipelineTest(testtools.TestCase):

    paste = None

    def setUp(self):
        super().setUp()
        self.useFixture(DriverModule('pipeline_driver', self.setup_routes))
        self.pipeline = self.useFixture(Pipeline(CONFIG + self.config, paste=self.paste))
        self.pipeline.gateway.token_validator = Validator()

    config = ''

    def setup_routes(self, app, disp):
        if disp.service.name == 'compute':
            disp.set_handler('v2_servers', Who())
            disp.set_handler('v2_index', Who())
        else:
            disp.set_handler('v3_auth_index', Who())

    def who(self, **kwargs):
        return self.pipeline.request('GET', '/compute/v2.1/servers', token='good', **kwargs)


class DefaultPipelineTest(PipelineTest):

    def test_identity_answers_at_the_root_too(self):
        for path in ('/identity/v3', '/v3', '/v3/', '/identity/v3/'):
            self.assertEqual(200, self.pipeline.request('GET', path).status_int, path)

    def test_services_that_are_off_are_not_there(self):
        self.assertEqual(404, self.pipeline.request('GET', '/baremetal/v1/nodes').status_int)

    def test_the_health_check_asks_nobody(self):
        self.assertEqual(200, self.pipeline.request('GET', '/healthcheck').status_int)

    def test_claims_of_the_client_are_stripped(self):
        forged = {'X-User-Id': 'root', 'X-Roles': 'admin', 'X-Project-Id': 'other',
                  'X-Tenant-Id': 'other', 'X-Identity-Status': 'Confirmed',
                  'X-Domain-Name': 'd', 'X-Is-Admin-Project': 'True', 'X-Role': 'admin',
                  'OpenStack-System-Scope': 'all', 'X-Service-Roles': 'service',
                  'X-User': 'root', 'X-Tenant': 'other', 'X-Service-Catalog': '[]'}
        told = self.who(headers=forged).json
        self.assertEqual('p', told['tenant'])
        self.assertEqual(
            {'HTTP_X_AUTH_TOKEN': 'good', 'HTTP_X_USER_ID': 'u',
             'HTTP_X_USER_NAME': 'Ünal'.encode().decode('latin-1'), 'HTTP_X_PROJECT_ID': 'p',
             'HTTP_X_ROLES': 'member,reader', 'HTTP_X_IDENTITY_STATUS': 'Confirmed'},
            told['headers'])

    def test_claims_count_for_nothing_without_a_token(self):
        forged = {'X-User-Id': 'root', 'X-Identity-Status': 'Confirmed', 'X-Project-Id': 'p'}
        reply = self.pipeline.request('GET', '/compute/v2.1/servers', headers=forged)
        self.assertEqual(401, reply.status_int)
        told = self.pipeline.request('GET', '/compute/v2', headers=forged).json
        self.assertEqual({'HTTP_X_IDENTITY_STATUS': 'Invalid'}, told['headers'])

    def test_a_bad_token_is_401_and_says_where_to_get_one(self):
        reply = self.pipeline.request('GET', '/compute/v2.1/servers', token='bad')
        self.assertEqual(401, reply.status_int)
        self.assertIn('http://h:5000/identity', reply.headers['WWW-Authenticate'])

    def test_a_token_that_could_not_be_asked_about_is_503(self):
        reply = self.pipeline.request('GET', '/compute/v2.1/servers', token='unasked')
        self.assertEqual((503, '7'), (reply.status_int, reply.headers['Retry-After']))

    def test_every_answer_has_a_request_id(self):
        for path, token in (('/compute/v2', None), ('/compute/v2.1/servers', 'bad'),
                            ('/compute/nothing', 'good'), ('/v3', None)):
            reply = self.pipeline.request('GET', path, token=token)
            self.assertRegex(reply.headers['x-openstack-request-id'], r'^req-[0-9a-f-]{36}$')

    def test_an_inbound_id_is_kept_as_the_global_one_if_it_is_one(self):
        inbound = 'req-0f2c7c2a-6c1d-4a3e-9a2f-b0c1d2e3f405'
        told = self.who(headers={'X-OpenStack-Request-ID': inbound})
        self.assertEqual(inbound, told.json['ids'][1])
        self.assertNotEqual(inbound, told.headers['x-openstack-request-id'])
        self.assertIsNone(self.who(headers={'X-OpenStack-Request-ID': 'x\ty'}).json['ids'][1])

    def test_a_bug_is_500_with_the_request_id_and_nothing_else(self):
        log = self.useFixture(fixtures.FakeLogger())
        reply = self.pipeline.request('POST', '/compute/v2.1/servers', {}, token='good')
        self.assertEqual(500, reply.status_int)
        self.assertNotIn('inside of the cloud', reply.text)
        self.assertIn('computeFault', reply.json)
        self.assertIn(reply.headers['x-openstack-request-id'], log.output)
        self.assertIn('inside of the cloud', log.output)

    def test_a_path_that_is_no_text_is_400(self):
        for path in ('/compute/v2.1/%ff', '/compute/v2.1/a%00b', '/v3/%ff'):
            self.assertEqual(400, self.pipeline.request('GET', path).status_int)


class WithoutAuthTest(PipelineTest):
    """A pipeline that somebody took the auth filter out of."""

    paste = """
[composite:main]
paste.composite_factory = jumpgate.deploy:urlmap_factory
/compute = compute
[pipeline:compute]
pipeline = faults tenant app
[filter:faults]
paste.filter_factory = jumpgate.filters.faults:filter_factory
service = compute
[filter:tenant]
paste.filter_factory = jumpgate.filters.tenant:filter_factory
[app:app]
paste.app_factory = jumpgate.deploy:service_factory
service = compute
"""

    def test_only_public_endpoints_are_open(self):
        self.assertEqual(200, self.pipeline.request('GET', '/compute/v2').status_int)
        for path in ('/compute/v2.1/servers', '/compute/v2.1/flavors', '/compute/nothing'):
            self.assertEqual(401, self.who_asks(path).status_int, path)

    def who_asks(self, path):
        return self.pipeline.request('GET', path, token='good', headers={
            'X-User-Id': 'u', 'X-Project-Id': 'p', 'X-Identity-Status': 'Confirmed'})


class ForeignFiltersTest(PipelineTest):
    """Filters of other projects, put in by the file alone."""

    paste = """
[composite:main]
paste.composite_factory = jumpgate.deploy:urlmap_factory
/compute = compute
/identity = identity
[pipeline:compute]
pipeline = faults cors request_id sizelimit auth audit tenant app
[pipeline:identity]
pipeline = identity_app
[app:identity_app]
paste.app_factory = jumpgate.deploy:service_factory
service = identity
[filter:faults]
paste.filter_factory = jumpgate.filters.faults:filter_factory
service = compute
[filter:cors]
paste.filter_factory = oslo_middleware.cors:filter_factory
allowed_origin = https://dashboard.example.com
expose_headers = X-Subject-Token
[filter:request_id]
paste.filter_factory = oslo_middleware:RequestId.factory
[filter:sizelimit]
paste.filter_factory = oslo_middleware:RequestBodySizeLimiter.factory
max_request_body_size = 100
[filter:auth]
paste.filter_factory = jumpgate.filters.auth:filter_factory
service = compute
[filter:audit]
paste.filter_factory = keystonemiddleware.audit:filter_factory
audit_map_file = %(here)s/audit_map.conf
[filter:tenant]
paste.filter_factory = jumpgate.filters.tenant:filter_factory
[app:app]
paste.app_factory = jumpgate.deploy:service_factory
service = compute
"""
    audit_map = """
[DEFAULT]
target_endpoint_type = None
[path_keywords]
servers = server
[service_endpoints]
compute = service/compute
"""

    def setUp(self):
        folder = self.useFixture(fixtures.TempDir()).path
        with open(f'{folder}/audit_map.conf', 'w') as file:
            file.write(self.audit_map)
        self.paste = self.paste.replace('%(here)s', folder)
        super().setUp()

    def test_cors_of_oslo_middleware(self):
        reply = self.who(headers={'Origin': 'https://dashboard.example.com'})
        self.assertEqual('https://dashboard.example.com',
                         reply.headers['Access-Control-Allow-Origin'])
        self.assertEqual('X-Subject-Token', reply.headers['Access-Control-Expose-Headers'])

    def test_the_request_id_of_oslo_middleware(self):
        reply = self.who()
        self.assertEqual(reply.json['ids'][0], reply.headers['x-openstack-request-id'])

    def test_audit_of_keystonemiddleware_knows_who_asked(self):
        log = self.useFixture(fixtures.FakeLogger(format='%(message)s'))
        self.assertEqual(200, self.who().status_int)
        events = [line for line in log.output.splitlines() if 'audit.http' in line
                  or '"typeURI"' in line or 'initiator' in line]
        self.assertTrue(any("'id': 'u'" in line or '"id": "u"' in line for line in events),
                        log.output)

    def test_the_bare_refusal_of_a_filter_is_worded_as_the_service_does(self):
        reply = self.pipeline.request('POST', '/compute/v2.1/servers', b'x' * 101, token='good')
        self.assertEqual(413, reply.status_int)
        self.assertEqual(['overLimit'], list(json.loads(reply.body)))


class CrossOriginTest(PipelineTest):
    """Our own cors section, set up in jumpgate.conf."""

    config = '[cors]\nallowed_origin = https://d.example.com\n'

    def test_what_a_dashboard_in_a_browser_needs_is_exposed(self):
        reply = self.who(headers={'Origin': 'https://d.example.com'})
        exposed = reply.headers['Access-Control-Expose-Headers']
        for name in ('X-Subject-Token', 'X-OpenStack-Request-ID', 'OpenStack-API-Version'):
            self.assertIn(name, exposed)
        reply = self.pipeline.request('OPTIONS', '/compute/v2.1/servers', headers={
            'Origin': 'https://d.example.com', 'Access-Control-Request-Method': 'PATCH',
            'Access-Control-Request-Headers': 'X-Auth-Token'})
        self.assertEqual(200, reply.status_int)
        self.assertIn('PATCH', reply.headers['Access-Control-Allow-Methods'])


class ProxyHeadersTest(PipelineTest):

    config = '[oslo_middleware]\nenable_proxy_headers_parsing = true\n'

    def test_links_follow_a_trusted_proxy(self):
        reply = self.pipeline.request(
            'GET', '/compute/v2.1/servers', token='bad',
            headers={'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'cloud.example.com',
                     'X-Forwarded-Prefix': '/os'})
        self.assertIn('https://cloud.example.com/os/identity', reply.headers['WWW-Authenticate'])


class UntrustedProxyTest(PipelineTest):

    def test_proxy_headers_count_for_nothing_by_default(self):
        reply = self.pipeline.request(
            'GET', '/compute/v2.1/servers', token='bad',
            headers={'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example.com'})
        self.assertIn('http://h:5000/identity', reply.headers['WWW-Authenticate'])
