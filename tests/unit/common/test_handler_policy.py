"""Hand-written handlers are asked only by those whom project and policy let through."""
import io
import json
import types

import testtools

from jumpgate import compute, config, identity
from jumpgate.common import http
from jumpgate.common.context import ENVIRON_KEY, RequestContext
from jumpgate.common.dispatcher import Dispatcher
from jumpgate.common.hooks import Hooks
from jumpgate.common.policy import Policy


class Gateway:
    """As much of `Jumpgate` as a dispatcher with handlers needs."""

    def __init__(self, service):
        self.hooks = Hooks()
        self.policy = Policy(config.load(''))
        self.policy.register(service)
        self.policy.load_rules()
        self.dispatcher = Dispatcher(self, service)

    def json_body(self, environ):
        return http.json_body(environ, max_bytes=1000, max_depth=9)


class Handler:
    def on_get(self, req, resp, **variables):
        resp.body = variables

    def on_post(self, req, resp, **variables):
        resp.body = json.loads(req.stream.read())


class HandlerPolicyTest(testtools.TestCase):

    def ask(self, service, name, verb, path, *roles, body=None, project='aa11', user='u1', **env):
        dispatcher = Gateway(service).dispatcher
        dispatcher.set_handler(name, Handler())
        dispatcher.freeze()
        sent = json.dumps(body).encode() if body is not None else b''
        answer = types.SimpleNamespace(status=None)
        environ = {
            'REQUEST_METHOD': verb, 'PATH_INFO': path, 'QUERY_STRING': '', 'SERVER_NAME': 'h',
            'SERVER_PORT': '80', 'wsgi.url_scheme': 'http', 'wsgi.input': io.BytesIO(sent),
            'CONTENT_LENGTH': str(len(sent)),
            ENVIRON_KEY: RequestContext(user_id=user, project_id=project, roles=roles), **env}

        def start_response(status, headers, exc_info=None):
            answer.status = int(status.split()[0])

        chunks = b''.join(dispatcher(environ, start_response))
        return answer.status, json.loads(chunks)

    def test_the_persona_of_the_row_decides(self):
        ask = (compute.SERVICE, 'v2_servers', 'GET', '/v2.1/servers')
        self.assertEqual(200, self.ask(*ask, 'reader')[0])
        self.assertEqual(403, self.ask(*ask, 'nobody')[0])
        self.assertEqual(403, self.ask(compute.SERVICE, 'v2_servers', 'POST', '/v2.1/servers',
                                       'reader', body={})[0])

    def test_another_project_in_the_path_is_refused_as_nova_does(self):
        status, reply = self.ask(compute.SERVICE, 'v2_servers', 'GET', '/v2/bb22/servers',
                                 'reader')
        self.assertEqual(400, status)
        self.assertEqual('Malformed request url', reply['badRequest']['message'])
        self.assertEqual(400, self.ask(compute.SERVICE, 'v2_servers', 'GET', '/v2/bb22/servers',
                                       'admin')[0])

    def test_the_callers_own_project_in_the_path_is_handed_on(self):
        self.assertEqual((200, {}), self.ask(
            compute.SERVICE, 'v2_servers', 'GET', '/v2/aa11/servers', 'reader'))

    def test_a_hook_may_say_whose_request_it_is(self):
        self.assertEqual(200, self.ask(
            compute.SERVICE, 'v2_servers', 'GET', '/v2/bb22/servers', 'admin', project=None,
            tenant_id='bb22')[0])

    def test_the_path_says_whose_things_are_meant(self):
        ask = (identity.SERVICE, 'v3_user_projects', 'GET')
        self.assertEqual(200, self.ask(*ask, '/v3/users/u1/projects')[0])
        self.assertEqual(403, self.ask(*ask, '/v3/users/u2/projects')[0])
        self.assertEqual(200, self.ask(*ask, '/v3/users/u2/projects', 'admin')[0])

    def test_each_action_has_its_rule(self):
        ask = (compute.SERVICE, 'v2_server_action', 'POST', '/v2.1/servers/s/action')
        self.assertEqual((200, {'reboot': {}}), self.ask(*ask, 'member', body={'reboot': {}}))
        self.assertEqual(403, self.ask(*ask, 'reader', body={'reboot': {}})[0])
        self.assertEqual(403, self.ask(*ask, 'member', body={'evacuate': {}})[0])
        self.assertEqual(200, self.ask(*ask, 'admin', body={'evacuate': {}})[0])

    def test_an_action_that_the_map_does_not_know_is_the_admins(self):
        ask = (compute.SERVICE, 'v2_server_action', 'POST', '/v2.1/servers/s/action')
        for body in ({'teleport': {}}, {'reboot': {}, 'evacuate': {}}):
            self.assertEqual(403, self.ask(*ask, 'member', body=body)[0])
            self.assertEqual(200, self.ask(*ask, 'admin', body=body)[0])
