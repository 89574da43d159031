import json

import testtools

from jumpgate.common import driver, endpoints, errors, faults, service


def _service(project):
    return service.Service(
        name=project, project=project, types=(project,), catalog_path='', port=1,
        map=endpoints.EndpointMap(), driver=driver.Driver)


def _render(error, project, **environ):
    code, headers, body = faults.render(error, _service(project), environ)
    return code, dict(headers), body


def _body(error, project, **environ):
    return json.loads(_render(error, project, HTTP_ACCEPT='application/json', **environ)[2])


#: One of each error that there is.
EVERY = (
    errors.Error(), errors.Invalid(), errors.MarkerNotFound('m'), errors.Unauthorized(),
    errors.Forbidden(), errors.QuotaExceeded(), errors.NotFound(), errors.MethodNotAllowed(['GET']),
    errors.NotAcceptable(), errors.RequestTimeout(), errors.Conflict(), errors.Gone(),
    errors.TooLarge(), errors.UnsupportedMediaType(), errors.RangeNotSatisfiable(7),
    errors.RateLimited(), errors.NotSupported(), errors.BadGateway(), errors.CloudUnavailable(),
    errors.CloudTimeout(),
)


class EveryDialect(testtools.TestCase):
    """What holds in all six."""

    def each(self):
        for project in faults.DIALECTS:
            for error in EVERY:
                yield project, error

    def test_every_error_is_tried(self):
        known = {kind for kind in vars(errors).values()
                 if isinstance(kind, type) and issubclass(kind, errors.Error)
                 and not kind.__name__.startswith('_')}
        self.assertEqual(known, {type(error) for error in EVERY})

    def test_the_six_dialects(self):
        self.assertEqual({'keystone', 'nova', 'glance', 'neutron', 'cinder', 'ironic'},
                         set(faults.DIALECTS))

    def test_json_that_holds_the_message(self):
        for project, error in self.each():
            _code, headers, body = _render(error, project, HTTP_ACCEPT='application/json')
            self.assertEqual('application/json', headers['Content-Type'], (project, error))
            self.assertIn(error.message, json.dumps(json.loads(body)).replace('\\"', '"'))
            self.assertEqual(str(len(body)), headers['Content-Length'])

    def test_head_has_headers_and_no_body(self):
        for project, error in self.each():
            got = _render(error, project, REQUEST_METHOD='GET')
            head = _render(error, project, REQUEST_METHOD='HEAD')
            self.assertEqual(b'', head[2])
            self.assertEqual(got[:2], head[:2])

    def test_codes_are_those_of_the_errors_but_for_the_services_own(self):
        departures = {(project, type(error).__name__, code) for project, error in self.each()
                      for code in [_render(error, project)[0]] if code != error.code}
        self.assertEqual({('cinder', 'QuotaExceeded', 413), ('cinder', 'MarkerNotFound', 404),
                          ('neutron', 'QuotaExceeded', 409), ('neutron', 'MarkerNotFound', 404),
                          ('ironic', 'MarkerNotFound', 404),
                          ('keystone', 'MarkerNotFound', 404)}, departures)

    def test_headers_of_the_error(self):
        for project in faults.DIALECTS:
            self.assertEqual('GET, PUT', _render(
                errors.MethodNotAllowed(['GET', 'PUT']), project)[1]['Allow'])
            self.assertEqual('bytes */7', _render(
                errors.RangeNotSatisfiable(7), project)[1]['Content-Range'])
            for late in (errors.RateLimited(retry_after=9), errors.CloudUnavailable(retry_after=9)):
                self.assertEqual('9', _render(late, project)[1]['Retry-After'])

    def test_401_challenges(self):
        for project in faults.DIALECTS:
            headers = _render(errors.Unauthorized(), project)[1]
            self.assertEqual('Keystone', headers['WWW-Authenticate'])
            headers = _render(errors.Unauthorized(), project,
                              **{faults.IDENTITY_URL_KEY: lambda environ: 'http://h/identity'})[1]
            self.assertEqual('Keystone uri="http://h/identity"', headers['WWW-Authenticate'])
            self.assertNotIn('WWW-Authenticate', _render(errors.Forbidden(), project)[1])

    def test_unicode(self):
        for project in faults.DIALECTS:
            _, headers, body = _render(errors.NotFound('kein Gerät 雪'), project)
            self.assertEqual(str(len(body)), headers['Content-Length'])

    def test_401_of_the_guarded_services_is_the_middlewares(self):
        expected = {'error': {'code': 401, 'title': 'Unauthorized',
                              'message': 'The request you have made requires authentication.'}}
        for project in ('keystone', 'nova', 'cinder', 'neutron', 'ironic'):
            self.assertEqual(expected, _body(errors.Unauthorized(), project))

    def test_no_service(self):
        code, _headers, body = faults.render(errors.NotFound('nothing'), None, {})
        self.assertEqual(404, code)
        self.assertEqual({'error': {'code': 404, 'title': 'Not Found', 'message': 'nothing'}},
                         json.loads(body))

    def test_an_unknown_project_speaks_as_keystone(self):
        self.assertIn('error', _body(errors.NotFound(), 'swift'))


class Keystone(testtools.TestCase):

    def test_shape(self):
        self.assertEqual(
            {'error': {'code': 404, 'message': 'Could not find user: u.', 'title': 'Not Found'}},
            _body(errors.NotFound('Could not find user: u.'), 'keystone'))

    def test_405_has_the_frameworks_key_too(self):
        body = _body(errors.MethodNotAllowed(['GET'], 'no'), 'keystone')
        self.assertEqual('no', body['message'])
        self.assertEqual(405, body['error']['code'])


class Nova(testtools.TestCase):

    def test_keys(self):
        expected = {
            'Invalid': 'badRequest', 'MarkerNotFound': 'badRequest', 'Forbidden': 'forbidden',
            'QuotaExceeded': 'forbidden', 'NotFound': 'itemNotFound',
            'MethodNotAllowed': 'badMethod', 'NotAcceptable': 'computeFault',
            'RequestTimeout': 'computeFault', 'Conflict': 'conflictingRequest',
            'Gone': 'computeFault', 'TooLarge': 'overLimit',
            'UnsupportedMediaType': 'badMediaType', 'RangeNotSatisfiable': 'computeFault',
            'RateLimited': 'overLimit', 'NotSupported': 'notImplemented',
            'BadGateway': 'computeFault', 'CloudUnavailable': 'serviceUnavailable',
            'CloudTimeout': 'computeFault', 'Error': 'computeFault',
        }
        got = {}
        for error in EVERY:
            if not isinstance(error, errors.Unauthorized):
                body = _body(error, 'nova')
                self.assertEqual(1, len(body))
                got[type(error).__name__] = next(iter(body))
                self.assertEqual(error.code, next(iter(body.values()))['code'])
        self.assertEqual(expected, got)

    def test_shape(self):
        self.assertEqual(
            {'itemNotFound': {'code': 404, 'message': 'Instance nope could not be found.'}},
            _body(errors.NotFound('Instance nope could not be found.'), 'nova'))

    def test_over_limit_says_when(self):
        self.assertEqual('5', _body(errors.RateLimited(retry_after=5), 'nova')['overLimit'][
            'retryAfter'])
        self.assertNotIn('retryAfter', _body(errors.TooLarge(), 'nova')['overLimit'])

    def test_a_path_outside_of_the_map(self):
        class Match:
            endpoint = None

        self.assertEqual(
            {'message': 'The resource could not be found.', 'code': '404 Not Found',
             'title': 'Not Found'},
            _body(errors.NotFound(), 'nova', **{faults.MATCH_KEY: Match()}))
        self.assertIn('forbidden', _body(errors.Forbidden(), 'nova', **{
            faults.MATCH_KEY: Match()}))
        Match.endpoint = object()
        self.assertIn('itemNotFound', _body(errors.NotFound(), 'nova', **{
            faults.MATCH_KEY: Match()}))


class Cinder(testtools.TestCase):

    def test_quota(self):
        code, headers, body = _render(errors.QuotaExceeded('VolumeLimitExceeded'), 'cinder')
        self.assertEqual(413, code)
        self.assertEqual('0', headers['Retry-After'])
        self.assertEqual({'overLimit': {'code': 413, 'message': 'VolumeLimitExceeded',
                                        'retryAfter': '0'}}, json.loads(body))

    def test_version_out_of_range(self):
        self.assertIn('computeFault', _body(errors.NotAcceptable(), 'cinder'))

    def test_marker(self):
        self.assertEqual({'itemNotFound': {'code': 404, 'message': 'marker [m] not found'}},
                         _body(errors.MarkerNotFound('m'), 'cinder'))


class Neutron(testtools.TestCase):

    def test_shape(self):
        self.assertEqual(
            {'NeutronError': {'type': 'NetworkInUse', 'message': 'in use', 'detail': ''}},
            _body(errors.Conflict('in use', kind='NetworkInUse'), 'neutron'))

    def test_types_where_the_error_names_none(self):
        expected = {
            'Invalid': 'HTTPBadRequest', 'MarkerNotFound': 'HTTPNotFound',
            'Forbidden': 'PolicyNotAuthorized', 'QuotaExceeded': 'OverQuota',
            'NotFound': 'HTTPNotFound', 'MethodNotAllowed': 'HTTPMethodNotAllowed',
            'Conflict': 'Conflict', 'NotSupported': 'HTTPNotImplemented',
            'CloudUnavailable': 'HTTPServiceUnavailable',
        }
        got = {type(error).__name__: _body(error, 'neutron')['NeutronError']['type']
               for error in EVERY if type(error).__name__ in expected}
        self.assertEqual(expected, got)

    def test_quota(self):
        self.assertEqual(409, _render(errors.QuotaExceeded(), 'neutron')[0])


class Ironic(testtools.TestCase):

    def test_json_inside_json(self):
        body = _body(errors.NotFound('Node n could not be found.'), 'ironic')
        self.assertEqual(['error_message'], list(body))
        self.assertEqual({'faultcode': 'Client', 'faultstring': 'Node n could not be found.',
                          'debuginfo': None}, json.loads(body['error_message']))

    def test_whose_fault(self):
        for error, whose in ((errors.Invalid(), 'Client'), (errors.NotSupported(), 'Server')):
            inner = json.loads(_body(error, 'ironic')['error_message'])
            self.assertEqual(whose, inner['faultcode'])


class Glance(testtools.TestCase):

    def kind(self, accept):
        return _render(errors.NotFound('no <image>'), 'glance', HTTP_ACCEPT=accept)[1][
            'Content-Type'].partition(';')[0]

    def test_negotiation(self):
        for accept, expected in (
                ('', 'text/plain'), ('*/*', 'text/html'), ('text/html', 'text/html'),
                ('application/json', 'application/json'), ('text/plain', 'text/plain'),
                ('application/*', 'application/json'), ('image/png', 'text/plain'),
                ('application/json, text/html', 'text/html'),
                ('text/html;q=0.5, application/json', 'application/json'),
                ('text/html;q=0, */*', 'application/json'),
                ('Application/JSON; charset=utf-8', 'application/json'),
                ('application/json;q=0', 'text/plain'), (',,;', 'text/plain')):
            self.assertEqual(expected, self.kind(accept), accept)

    def test_json(self):
        self.assertEqual({'message': 'no <image><br /><br />\n\n\n', 'code': '404 Not Found',
                          'title': 'Not Found'}, _body(errors.NotFound('no <image>'), 'glance'))

    def test_html_escapes(self):
        page = _render(errors.NotFound('no <image>'), 'glance', HTTP_ACCEPT='*/*')[2].decode()
        self.assertIn('<title>404 Not Found</title>', page)
        self.assertIn('no &lt;image&gt;', page)
        self.assertNotIn('<image>', page)

    def test_text(self):
        self.assertEqual(b'404 Not Found\n\nnone\n\n\n',
                         _render(errors.NotFound('none'), 'glance')[2])


class Unexpected(testtools.TestCase):

    def test_only_the_request_id(self):
        for project in faults.DIALECTS:
            code, _headers, body = faults.render_unexpected(
                _service(project), {'HTTP_ACCEPT': 'application/json'}, 'req-7')
            self.assertEqual(500, code)
            self.assertIn(b'req-7', body)

    def test_no_service(self):
        self.assertEqual(500, json.loads(faults.render_unexpected(None, {}, 'req-7')[2])[
            'error']['code'])


class BareStatus(testtools.TestCase):
    """What a filter answered without a dialect."""

    def test_in_the_dialect(self):
        code, headers, body = faults.render_status(
            413, _service('nova'), {}, headers=[('Retry-After', '3'), ('X-A', 'b')])
        self.assertEqual(413, code)
        self.assertEqual('b', dict(headers)['X-A'])
        self.assertEqual({'overLimit': {'code': 413, 'message': 'Request is too large.',
                                        'retryAfter': '3'}}, json.loads(body))

    def test_the_general_error_speaks_for_a_shared_code(self):
        for code, message in ((400, errors.Invalid.message), (403, errors.Forbidden.message),
                              (500, errors.Error.message), (429, errors.RateLimited.message)):
            body = json.loads(faults.render_status(code, _service('keystone'), {})[2])
            self.assertEqual(message, body['error']['message'])

    def test_codes_that_no_error_has(self):
        for code, title in ((431, 'Request Header Fields Too Large'), (418, "I'm a Teapot"),
                            (499, 'Error')):
            body = json.loads(faults.render_status(code, _service('keystone'), {})[2])
            self.assertEqual(title, body['error']['title'])

    def test_message(self):
        body = json.loads(faults.render_status(400, _service('neutron'), {}, 'why')[2])
        self.assertEqual({'type': 'HTTPBadRequest', 'message': 'why', 'detail': ''},
                         body['NeutronError'])
