"""Who answers: handlers, hooks, actions, the upstream, and honest faults."""
import testtools

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.sources import BadDriver
from tests.fixtures.driver_module import DriverModule
from tests.fixtures.pipeline import Pipeline

MEMBER = RequestContext(user_id='u', project_id='abc', roles=('member', 'reader'))


class Validator:
    def validate(self, token, environ):
        return MEMBER


class Upstream:
    """Tells what it was asked to forward."""

    forwards_token = True

    def __init__(self):
        self.forwarded = []

    def forward(self, environ, start_response, match):
        body = environ['wsgi.input'].read() if environ.get('CONTENT_LENGTH') else b''
        self.forwarded.append((environ['REQUEST_METHOD'], match.name, body))
        start_response('200 OK', [('X-From', 'upstream')])
        return [b'']


class Echo:
    """Answers every verb that it is asked for by name, with its keywords."""

    def __init__(self, *verbs):
        for verb in verbs:
            setattr(self, f'on_{verb}', self.answer)

    def answer(self, req, resp, **kwargs):
        resp.status = 203
        resp.body = {'kwargs': kwargs}


class DispatcherTest(testtools.TestCase):

    def start(self, setup, upstream=None):
        """A compute service that `setup(app, disp)` sets up."""
        def setup_routes(app, disp):
            if upstream is not None:
                disp.set_upstream(upstream)
            setup(app, disp)

        self.useFixture(DriverModule('dispatcher_driver', setup_routes))
        self.pipeline = self.useFixture(Pipeline(
            '[identity]\ndriver =\n[compute]\ndriver = dispatcher_driver\n'))
        self.pipeline.gateway.token_validator = Validator()
        return self.pipeline

    def ask(self, method, path, body=None, **kwargs):
        return self.pipeline.request(method, '/compute' + path, body, token='t', **kwargs)


class HandlerTest(DispatcherTest):

    def test_a_verb_the_handler_has_not_is_not_its_own(self):
        self.start(lambda app, disp: disp.set_handler('v2_servers', Echo('get')))
        self.assertEqual(203, self.ask('GET', '/v2.1/servers').status_int)
        self.assertEqual(501, self.ask('POST', '/v2.1/servers', {}).status_int)

    def test_variables_come_under_the_names_of_the_original(self):
        self.start(lambda app, disp: (
            disp.set_handler('v2_server_action', Echo('post')),
            disp.set_handler('v2_server', Echo('get'))))
        reply = self.ask('POST', '/v2/abc/servers/s1/action', {'os-start': None})
        self.assertEqual({'instance_id': 's1'}, reply.json['kwargs'])
        reply = self.ask('GET', '/v2.1/servers/s1')
        self.assertEqual({'server_id': 's1'}, reply.json['kwargs'])

    def test_the_project_is_passed_if_the_signature_has_it(self):
        class Wants:
            def on_get(self, req, resp, tenant_id):
                resp.body = {'tenant': tenant_id, 'env': req.env['tenant_id']}
        self.start(lambda app, disp: disp.set_handler('v2_servers', Wants()))
        for path in ('/v2/abc/servers', '/v2.1/servers'):
            self.assertEqual({'tenant': 'abc', 'env': 'abc'}, self.ask('GET', path).json)

    def test_an_alias_is_the_same_endpoint(self):
        def setup(app, disp):
            disp.set_handler('v2_os_tenant_quota_sets', Account())
        class Account:
            def on_get(self, req, resp, account_id):
                resp.body = {'account': account_id}
        self.start(setup)
        reply = self.ask('GET', '/v2.1/os-quota-sets/abc')
        self.assertEqual({'account': 'abc'}, reply.json)
        unused = self.pipeline.gateway.get_dispatcher('compute').get_unused_endpoints()
        self.assertNotIn('v2_os_quota_sets_target', unused)

    def test_policy_holds_for_handlers_too(self):
        self.start(lambda app, disp: disp.set_handler('v2_server_diagnostics', Echo('get')))
        self.assertEqual(403, self.ask('GET', '/v2.1/servers/s/diagnostics').status_int)

    def test_options_and_405_tell_the_verbs(self):
        self.start(lambda app, disp: disp.set_handler('v2_servers', Echo('get', 'patch')))
        reply = self.ask('OPTIONS', '/v2.1/servers')
        self.assertEqual({'GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS'},
                         set(reply.headers['Allow'].split(', ')))
        reply = self.ask('DELETE', '/v2.1/servers')
        self.assertEqual(405, reply.status_int)
        self.assertIn('PATCH', reply.headers['Allow'])

    def test_the_version_is_negotiated_for_handlers(self):
        class Told:
            def on_get(self, req, resp):
                resp.body = {'version': str(req.version)}
        self.start(lambda app, disp: disp.set_handler('v2_servers', Told()))
        reply = self.ask('GET', '/v2.1/servers', headers={'OpenStack-API-Version': 'compute 2.60'})
        self.assertEqual('2.60', reply.json['version'])
        self.assertEqual('compute 2.60', reply.headers['OpenStack-API-Version'])
        self.assertIn('OpenStack-API-Version', reply.headers['Vary'])
        reply = self.ask('GET', '/v2/abc/servers',
                         headers={'OpenStack-API-Version': 'compute 2.60'})
        self.assertEqual('2.1', reply.json['version'])
        self.assertNotIn('OpenStack-API-Version', reply.headers)
        for asked, code in (('compute 9.9', 406), ('compute 2.01', 400), ('volume 3.5', 200)):
            reply = self.ask('GET', '/v2.1/servers', headers={'OpenStack-API-Version': asked})
            self.assertEqual(code, reply.status_int, asked)


class BadDriverTest(DispatcherTest):

    def refused(self, setup):
        error = self.assertRaises(Exception, self.start, setup)     # noqa: B017
        cause = error
        while not isinstance(cause, BadDriver):
            cause = cause.__cause__ or cause.__context__ or cause.args[0][1]
        return str(cause)

    def test_an_unknown_endpoint(self):
        self.assertIn('no endpoint v2_serfers', self.refused(
            lambda app, disp: disp.set_handler('v2_serfers', Echo('get'))))

    def test_a_handler_without_methods(self):
        self.assertIn('on_get', self.refused(
            lambda app, disp: disp.set_handler('v2_servers', object())))

    def test_a_handler_that_forgot_a_variable(self):
        class Forgot:
            def on_get(self, req, resp):
                pass
        self.assertIn('server_id', self.refused(
            lambda app, disp: disp.set_handler('v2_server', Forgot())))

    def test_a_driver_of_another_service(self):
        self.assertIn('ComputeDriver', self.refused(
            lambda app, disp: disp.set_driver(object())))

    def test_setting_up_too_late(self):
        self.start(lambda app, disp: None)
        disp = self.pipeline.gateway.get_dispatcher('compute')
        error = self.assertRaises(BadDriver, disp.set_handler, 'v2_servers', Echo('get'))
        self.assertIn('setup_routes', str(error))


class HookTest(DispatcherTest):

    def test_hooks_run_around_each_other(self):
        ran = []
        def setup(app, disp):
            disp.set_handler('v2_servers', Echo('get'))
            for name, hooks in (('app', app), ('disp', disp)):
                hooks.add_before_hook(lambda req, resp, kwargs, n=name: ran.append('before ' + n))
                hooks.add_after_hook(lambda req, resp, n=name: ran.append('after ' + n))
        self.start(setup)
        self.ask('GET', '/v2.1/servers')
        self.assertEqual(['before app', 'before disp', 'after disp', 'after app'], ran)

    def test_a_before_hook_may_say_who_asks(self):
        def hook(req, resp, kwargs):
            req.env['jumpgate.context'] = MEMBER
            req.env['tenant_id'] = 'hooked'
            resp.set_header('X-Hook', 'before')
        class Wants:
            def on_get(self, req, resp, tenant_id):
                resp.body = {'tenant': tenant_id}
        self.start(lambda app, disp: (
            disp.set_handler('v2_servers', Wants()), app.add_before_hook(hook)))
        reply = self.pipeline.request('GET', '/compute/v2.1/servers')
        self.assertEqual(({'tenant': 'hooked'}, 'before'), (reply.json, reply.headers['X-Hook']))

    def test_a_before_hook_may_refuse(self):
        def hook(req, resp, kwargs):
            raise errors.RateLimited('slowly', retry_after=3)
        self.start(lambda app, disp: (
            disp.set_handler('v2_servers', Echo('get')), disp.add_before_hook(hook)))
        reply = self.ask('GET', '/v2.1/servers')
        self.assertEqual((429, '3'), (reply.status_int, reply.headers['Retry-After']))

    def test_after_hooks_see_faults_and_may_change_the_answer(self):
        seen = []
        def hook(req, resp):
            seen.append(resp.status_int)
            resp.set_header('X-Seen', 'yes')
            if resp.status_int == 203:
                resp.body = {'changed': True}
        self.start(lambda app, disp: (
            disp.set_handler('v2_servers', Echo('get')), disp.add_after_hook(hook)))
        self.assertEqual('yes', self.ask('GET', '/v2.1/nothing').headers['X-Seen'])
        self.assertEqual({'changed': True}, self.ask('GET', '/v2.1/servers').json)
        self.assertEqual([404, 203], seen)


class UpstreamTest(DispatcherTest):

    def setUp(self):
        super().setUp()
        self.upstream = Upstream()

    def test_verbs_coexist(self):
        self.start(lambda app, disp: disp.set_handler('v2_servers', Echo('get')), self.upstream)
        self.assertEqual(203, self.ask('GET', '/v2.1/servers').status_int)
        self.assertEqual('upstream', self.ask('POST', '/v2.1/servers', {}).headers['X-From'])
        self.assertEqual([('POST', 'v2_servers', b'{}')], self.upstream.forwarded)

    def test_what_the_map_does_not_know_is_forwarded(self):
        self.start(lambda app, disp: None, self.upstream)
        for verb, path in (('GET', '/v2.1/os-new-thing'), ('PATCH', '/v2.1/servers')):
            self.assertEqual('upstream', self.ask(verb, path).headers['X-From'])

    def test_a_forwarded_token_stays_unopened(self):
        self.start(lambda app, disp: disp.set_handler('v2_servers', Echo('get')), self.upstream)
        opened = []
        self.pipeline.gateway.token_validator.validate = (
            lambda token, environ: opened.append(token) or MEMBER)
        self.ask('GET', '/v2.1/flavors')
        self.ask('GET', '/v2.1/nothing')
        self.assertEqual([], opened)
        self.ask('GET', '/v2.1/servers')
        self.assertEqual(['t'], opened)

    def test_an_anonymous_request_is_for_the_upstream_to_judge(self):
        self.start(lambda app, disp: None, self.upstream)
        reply = self.pipeline.request('GET', '/compute/v2.1/flavors')
        self.assertEqual('upstream', reply.headers['X-From'])

    def test_an_anonymous_request_is_refused_where_the_gateway_holds_the_credential(self):
        self.upstream.forwards_token = False
        self.start(lambda app, disp: None, self.upstream)
        for path in ('/v2.1/flavors', '/v2.1/nothing'):
            self.assertEqual(401, self.pipeline.request('GET', '/compute' + path).status_int)
        self.assertEqual([], self.upstream.forwarded)
        self.assertEqual('upstream', self.ask('GET', '/v2.1/flavors').headers['X-From'])


class NobodyTest(DispatcherTest):

    def setUp(self):
        super().setUp()
        self.start(lambda app, disp: None)

    def test_a_lookup_is_404_and_the_rest_501(self):
        self.assertEqual(404, self.ask('GET', '/v2.1/servers/x').status_int)
        for method, path in (('GET', '/v2.1/servers'), ('POST', '/v2.1/servers'),
                             ('DELETE', '/v2.1/servers/x')):
            reply = self.ask(method, path)
            self.assertEqual(501, reply.status_int)
            self.assertIn('notImplemented', reply.json)

    def test_an_action_that_nobody_does(self):
        path = '/v2.1/servers/x/action'
        self.assertEqual(501, self.ask('POST', path, {'os-start': None}).status_int)
        for body in ({'dance': None}, {}, [], {'os-start': 1, 'os-stop': 1}, b'{', b'"x"'):
            self.assertEqual(400, self.ask('POST', path, body).status_int, body)
        reply = self.pipeline.request('POST', '/compute' + path, b'{')
        self.assertEqual(401, reply.status_int)
