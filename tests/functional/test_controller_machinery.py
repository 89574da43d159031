"""The steps between a request and a driver, with a made-up service behind the real pipeline."""
import json
import urllib.parse

import fixtures
import testtools

from jumpgate.common import errors
from tests.fixtures.library import PROJECTS, LibraryPipeline

READER, MEMBER, MANAGER = 'aa:reader', 'aa:reader,member', 'aa:reader,member,manager'
ADMIN = 'aa:admin,manager,member,reader'
UUID = '0f14d0ab-9605-4a62-a9e4-5ed26688389b'


class Base(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.log = self.useFixture(fixtures.FakeLogger())
        self.pipeline = self.useFixture(LibraryPipeline())
        self.driver = self.pipeline.driver

    def ask(self, method, path, body=None, token=MEMBER, version=None, **headers):
        if version is not None:
            headers['OpenStack-API-Version'] = f'compute {version}'
        return self.pipeline.request(method, '/compute' + path, body, token=token, headers=headers)

    def refused(self, code, *args, **kwargs):
        """The message of a refusal in Nova's dialect."""
        reply = self.ask(*args, **kwargs)
        self.assertEqual(code, reply.status_int, reply.body)
        (fault,) = reply.json.values()
        self.assertEqual(code, fault['code'])
        return fault['message']


class Versions(Base):

    def spoken(self, reply):
        self.assertEqual({'OpenStack-API-Version', 'X-Library-Version'},
                         {part.strip() for part in ', '.join(
                             reply.headers.getall('Vary')).split(',')})
        service, _, version = reply.headers['OpenStack-API-Version'].partition(' ')
        self.assertEqual('compute', service)
        self.assertEqual(version, reply.headers['X-Library-Version'])
        return version

    def test_echo(self):
        for headers, expected in (
                ({}, '2.1'), ({'OpenStack-API-Version': 'compute 2.4'}, '2.4'),
                ({'X-Library-Version': '2.4'}, '2.4'),
                ({'OpenStack-API-Version': 'compute latest'}, '2.10'),
                ({'OpenStack-API-Version': 'network 2.4'}, '2.1'),
                ({'OpenStack-API-Version': 'nonsense'}, '2.1')):
            reply = self.ask('GET', '/v2.1/books', **headers)
            self.assertEqual(200, reply.status_int)
            self.assertEqual(expected, self.spoken(reply), headers)

    def test_echo_on_refusals(self):
        for code, method, path, body, token in (
                (404, 'GET', '/v2.1/books/nope', None, ADMIN),
                (403, 'POST', '/v2.1/books', {'book': {'title': 'x'}}, READER),
                (400, 'POST', '/v2.1/books', {}, MEMBER)):
            reply = self.ask(method, path, body, token, version='2.2')
            self.assertEqual(code, reply.status_int)
            self.assertEqual('2.2', self.spoken(reply))

    def test_out_of_range(self):
        for version in ('2.0', '2.11', '3.1'):
            reply = self.ask('GET', '/v2.1/books', version=version)
            self.assertEqual(406, reply.status_int)
            self.assertEqual(['computeFault'], list(reply.json))
            self.assertIn('2.10', reply.json['computeFault']['message'])

    def test_malformed(self):
        for version in ('2', '2.01', 'abc'):
            self.assertIn(version, self.refused(400, 'GET', '/v2.1/books', version=version))

    def test_where_it_does_not_count(self):
        reply = self.ask('GET', '/v2.1', version='99.9', token=None)
        self.assertEqual(200, reply.status_int)
        self.assertNotIn('OpenStack-API-Version', reply.headers)
        self.assertNotIn('Vary', reply.headers)

    def test_windows_of_operations(self):
        change = {'book': {'title': 'x'}}
        self.refused(404, 'PUT', '/v2.1/books/b1', change, version='2.2')
        self.assertEqual(200, self.ask('PUT', '/v2.1/books/b1', change, version='2.3').status_int)
        self.refused(404, 'DELETE', '/v2.1/books/b1', version='2.9')
        self.assertEqual(204, self.ask('DELETE', '/v2.1/books/b1', version='2.8').status_int)

    def test_windows_of_fields_codes_and_schemas(self):
        old = self.ask('POST', '/v2.1/books', {'book': {'title': 'x'}})
        self.assertEqual(200, old.status_int)
        self.assertNotIn('pages', old.json['book'])
        self.assertEqual(202, self.ask('POST', '/v2.1/books', {'book': {'title': 'x'}},
                                       version='2.2').status_int)
        self.assertIn("'pages'", self.refused(
            400, 'POST', '/v2.1/books', {'book': {'title': 'x'}}, version='2.5'))
        self.assertIn("'pages' was unexpected", self.refused(
            400, 'POST', '/v2.1/books', {'book': {'title': 'x', 'pages': 5}}, version='2.4'))
        new = self.ask('POST', '/v2.1/books', {'book': {'title': 'x', 'pages': '7'}}, version='2.5')
        self.assertEqual(7, new.json['book']['pages'])


class Anonymous(Base):

    def test_only_public_operations(self):
        self.assertEqual(300, self.ask('GET', '/', token=None).status_int)
        for method, path in (('GET', '/v2.1/books'), ('POST', '/v2.1/books'),
                             ('GET', '/v2.1/readers'), ('POST', '/v2.1/books/b1/action')):
            reply = self.ask(method, path, {}, token=None)
            self.assertEqual(401, reply.status_int, path)
            self.assertIn('Keystone', reply.headers['WWW-Authenticate'])
            self.assertEqual(401, reply.json['error']['code'])

    def test_before_anything_else(self):
        self.assertEqual(401, self.ask('POST', '/v2.1/books', b'{', token=None,
                                       version='99.9').status_int)


class Project(Base):

    def test_of_the_path(self):
        self.assertEqual(200, self.ask('GET', '/v2.1/aa/books').status_int)
        self.assertEqual('Malformed request url', self.refused(400, 'GET', '/v2.1/bb/books'))

    def test_links_keep_the_root(self):
        for root in ('/v2.1', '/v2.1/aa'):
            book = self.ask('GET', f'{root}/books/b1').json['book']
            self.assertEqual(f'http://h:5000/compute{root}/books/b1', book['links'][0]['href'])
            self.assertEqual('http://h:5000/compute/books/b1', book['links'][1]['href'])


class Bodies(Base):

    def test_against_the_schema(self):
        for body, words in (
                ({}, "'book' is a required property"),
                ({'book': {'title': ''}}, 'Invalid input for field/attribute title. Value: .'),
                ({'book': {'title': 3}}, "3 is not of type 'string'"),
                ({'book': {'title': 'x', 'color': 1}}, "'color' was unexpected"),
                ([], "is not of type 'object'"), ('x', "is not of type 'object'")):
            self.assertIn(words, self.refused(400, 'POST', '/v2.1/books', body))

    def test_what_is_no_json(self):
        for body in (b'', b'{', b'\xff', b'{"a": NaN}', b'{"book": {}, "book": {}}',
                     b'[' * 5000, b'{"book": {"title": "\\u0000"}}'):
            self.refused(400, 'POST', '/v2.1/books', body)

    def test_too_much(self):
        body = b'{"book": {"title": "' + b'x' * 2_000_000 + b'"}}'
        reply = self.ask('POST', '/v2.1/books', body)
        self.assertEqual(413, reply.status_int)
        self.assertEqual(['overLimit'], list(reply.json))

    def test_secrets_are_not_echoed(self):
        reply = self.ask('POST', '/v2.1/books', {'book': {'title': 'x', 'password': 'geheim'}})
        self.assertEqual(400, reply.status_int)
        self.assertIn(b'too short', reply.body)
        self.assertNotIn(b'geheim', reply.body)

    def test_before_policy(self):
        self.refused(400, 'POST', '/v2.1/books', {}, READER)
        self.refused(403, 'POST', '/v2.1/books', {'book': {'title': 'x'}}, READER)


class Queries(Base):

    def test_against_the_schema(self):
        self.assertEqual(
            "Invalid input for query parameters limit. Value: -1. "
            "'-1' is not a 'integer 0 to 2147483647'",
            self.refused(400, 'GET', '/v2.1/books?limit=-1'))

    def test_unknown_parameters(self):
        self.assertEqual(200, self.ask('GET', '/v2.1/books?color=red', version='2.4').status_int)
        self.assertIn('color', self.refused(400, 'GET', '/v2.1/books?color=red', version='2.5'))

    def test_bad_text(self):
        self.refused(400, 'GET', '/v2.1/books?title=%ff')

    def test_walking_the_pages(self):
        for query in ('limit=1', 'limit=3', '', 'limit=2&sort_key=pages&sort_dir=desc',
                      'limit=2&title=Volume'):
            path, seen = f'/v2.1/books?{query}', []
            while path:
                reply = self.ask('GET', path, version='2.5').json
                seen += [book['id'] for book in reply['books']]
                links = {link['rel']: link['href'] for link in reply.get('books_links', ())}
                path = links.get('next', '').removeprefix('http://h:5000/compute')
                for kept in query.split('&'):
                    self.assertTrue(not path or kept in path)
            self.assertEqual([f'b{number}' for number in range(8)], sorted(seen), query)

    def test_marker(self):
        self.assertIn('nope', self.refused(400, 'GET', '/v2.1/books?marker=nope'))

    def test_filter(self):
        reply = self.ask('GET', '/v2.1/books?title=' + urllib.parse.quote('e 3'))
        self.assertEqual(['b3'], [book['id'] for book in reply.json['books']])

    def test_all_projects_only_for_whom_policy_lets(self):
        path = '/v2.1/books?limit=5&all_tenants=1&title=9'
        self.refused(403, 'GET', path, token=MANAGER)
        self.assertEqual(['b9'], [book['id'] for book in self.ask('GET', path, token=ADMIN).json[
            'books']])


class Rights(Base):

    def test_by_the_thing(self):
        self.assertEqual(200, self.ask('GET', '/v2.1/books/b1', token=READER).status_int)
        self.refused(403, 'GET', '/v2.1/books/b9', token=MEMBER)
        self.assertEqual(200, self.ask('GET', '/v2.1/books/b9', token=ADMIN).status_int)
        self.assertEqual(200, self.ask('GET', '/v2.1/books/b9', token='bb:reader').status_int)

    def test_who_may_not_ask_is_not_told_that_there_is_nothing(self):
        self.refused(403, 'GET', '/v2.1/books/nope', token='aa:stranger')
        self.refused(404, 'GET', '/v2.1/books/nope', token=ADMIN)

    def test_of_an_attribute(self):
        self.assertNotIn('shelf', self.ask('GET', '/v2.1/books/b1').json['book'])
        self.assertEqual('cellar', self.ask('GET', '/v2.1/books/b1', token=MANAGER).json['book'][
            'shelf'])
        # of no operation's own attributes: the admin's
        self.assertNotIn('shelf', self.ask('GET', '/v2.1/books', token=MANAGER).json['books'][0])
        self.assertIn('shelf', self.ask('GET', '/v2.1/books', token=ADMIN).json['books'][0])

    def test_an_operators_file(self):
        pipeline = self.useFixture(LibraryPipeline(
            config_text='[oslo_policy]\npolicy_file = rules.yaml\n',
            files={'rules.yaml': '"compute:create_book": "role:reader"\n'
                                 '"compute:list_books": "!"\n'}))
        for code, method, body in ((200, 'POST', {'book': {'title': 'x'}}), (403, 'GET', None)):
            self.assertEqual(code, pipeline.request(
                method, '/compute/v2.1/books', body, token=READER).status_int)


class Replies(Base):

    def test_json(self):
        reply = self.ask('GET', '/v2.1/books/b1', version='2.10')
        self.assertEqual('application/json', reply.headers['Content-Type'])
        self.assertEqual(str(len(reply.body)), reply.headers['Content-Length'])
        book = reply.json['book']
        links = book.pop('links')
        self.assertEqual(['self', 'bookmark'], [link['rel'] for link in links])
        self.assertEqual({'id': 'b1', 'title': 'Volume 1', 'pages': 1,
                          'library:printed_at': '2026-11-23T15:00:00Z'}, book)

    def test_headers_of_the_controller(self):
        reply = self.ask('POST', '/v2.1/books', {'book': {'title': 'x'}})
        self.assertEqual('http://h:5000/compute/v2.1/books/new', reply.headers['Location'])

    def test_nothing_to_say(self):
        reply = self.ask('DELETE', '/v2.1/books/b1')
        self.assertEqual((204, b''), (reply.status_int, reply.body))
        self.assertNotIn('Content-Type', reply.headers)

    def test_stream(self):
        reply = self.ask('GET', '/v2.1/books/b1/text')
        self.assertEqual((203, b'page\n' * 3), (reply.status_int, reply.body))
        self.assertEqual(('text/plain', '3'),
                         (reply.headers['Content-Type'], reply.headers['X-Pages']))

    def test_against_its_schema(self):
        reply = self.ask('GET', '/v2.1/books/b1/spoiled')
        self.assertEqual(500, reply.status_int)
        self.assertNotIn(b'schema', reply.body)
        self.assertIn('spoil_book', self.log.output)

    def test_schemas_can_be_off(self):
        pipeline = self.useFixture(LibraryPipeline(config_text='reply_validation = off\n'))
        reply = pipeline.request('GET', '/compute/v2.1/books/b1/spoiled', token=READER)
        self.assertEqual({'book': {'id': 3}}, reply.json)


class ActionsOfOneUrl(Base):

    def test_known(self):
        reply = self.ask('POST', '/v2.1/books/b1/action', {'lend': {'reader': UUID}})
        self.assertEqual((202, b''), (reply.status_int, reply.body))
        self.assertEqual([('b1', UUID)], self.driver.lent)

    def test_schema(self):
        self.assertIn('uuid', self.refused(400, 'POST', '/v2.1/books/b1/action', {
            'lend': {'reader': 'me'}}))

    def test_rights(self):
        self.refused(403, 'POST', '/v2.1/books/b1/action', {'lend': {'reader': UUID}}, READER)

    def test_unknown(self):
        for body in ({'eat': None}, {}, [], {'lend': {}, 'burn': {}}):
            self.refused(400, 'POST', '/v2.1/books/b1/action', body)

    def test_what_the_cloud_cannot(self):
        self.refused(501, 'POST', '/v2.1/books/b1/action', {'burn': None}, ADMIN)


class NobodyAnswers(Base):

    def test_a_lookup_of_what_there_is_none_of(self):
        self.refused(404, 'GET', '/v2.1/maps/m')

    def test_what_only_the_map_knows(self):
        self.refused(501, 'GET', '/v2.1/readers')

    def test_a_verb_that_the_path_has_not(self):
        reply = self.ask('DELETE', '/v2.1/books')
        self.assertEqual(405, reply.status_int)
        self.assertEqual({'GET', 'POST', 'OPTIONS'},
                         {verb.strip() for verb in reply.headers['Allow'].split(',')})

    def test_an_unknown_path(self):
        reply = self.ask('GET', '/v2.1/nothing/there')
        self.assertEqual((404, '404 Not Found'), (reply.status_int, reply.json['code']))


class Dialects(testtools.TestCase):
    """Whatever a driver raises, each client reads it in the words of its service."""

    RAISED = {
        400: errors.Invalid('told'), 403: errors.Forbidden('told'), 404: errors.NotFound('told'),
        409: errors.Conflict('told'), 410: errors.Gone('told'), 413: errors.TooLarge('told'),
        415: errors.UnsupportedMediaType('told'), 429: errors.RateLimited('told', retry_after=9),
        500: errors.Error('told'), 501: errors.NotSupported('told'), 502: errors.BadGateway('told'),
        503: errors.CloudUnavailable('told', retry_after=9), 504: errors.CloudTimeout('told'),
    }

    def setUp(self):
        super().setUp()
        self.log = self.useFixture(fixtures.FakeLogger())
        self.pipeline = self.useFixture(LibraryPipeline(tuple(PROJECTS)))

    def ask(self, service, path='/v2.1/books', token=MEMBER, method='GET', **headers):
        headers.setdefault('Accept', 'application/json')
        return self.pipeline.request(method, f'/{service}{path}', token=token, headers=headers)

    def message(self, service, body):
        """The sentence in a body of the service's dialect."""
        if service == 'identity':
            return body['error']['message']
        if service == 'image':
            return body['message'].partition('<br')[0]
        if service == 'network':
            return body['NeutronError']['message']
        if service == 'baremetal':
            return json.loads(body['error_message'])['faultstring']
        (fault,) = body.values()
        return fault['message']

    def test_what_a_driver_raises(self):
        for service in PROJECTS:
            for code, error in self.RAISED.items():
                self.pipeline.driver.fails = error
                reply = self.ask(service)
                self.assertEqual(code, reply.status_int, (service, reply.body))
                self.assertEqual('told', self.message(service, reply.json), (service, code))
                self.assertTrue(reply.headers['x-openstack-request-id'].startswith('req-'))
                self.assertEqual('9' if code in (429, 503) else None,
                                 reply.headers.get('Retry-After'), (service, code))

    def test_quotas(self):
        self.pipeline.driver.fails = errors.QuotaExceeded('told')
        codes = {service: self.ask(service).status_int for service in PROJECTS}
        self.assertEqual({'identity': 403, 'compute': 403, 'image': 403, 'network': 409,
                          'volume': 413, 'baremetal': 403}, codes)

    def test_markers(self):
        codes = {service: self.ask(service, '/v2.1/books?marker=nope').status_int
                 for service in PROJECTS}
        self.assertEqual({'identity': 404, 'compute': 400, 'image': 400, 'network': 404,
                          'volume': 404, 'baremetal': 404}, codes)

    def test_versions(self):
        for service in PROJECTS:
            for version, code in (('99.1', 406), ('abc', 406 if service == 'baremetal' else 400)):
                reply = self.ask(service, **{'OpenStack-API-Version': f'{service} {version}'})
                self.assertEqual(code, reply.status_int, service)
                self.assertIn(version, self.message(service, reply.json))

    def test_what_nobody_expected(self):
        self.pipeline.driver.fails = ZeroDivisionError('the inside of the cloud')
        for service in PROJECTS:
            reply = self.ask(service)
            self.assertEqual(500, reply.status_int)
            said = self.message(service, reply.json)
            self.assertIn(reply.headers['x-openstack-request-id'], said)
            self.assertNotIn(b'inside', reply.body)
            self.assertNotIn(b'ZeroDivision', reply.body)

    def test_built_in_exceptions_are_bugs(self):
        for error in (KeyError('x'), ValueError('x'), LookupError('x'), PermissionError('x'),
                      FileNotFoundError('x'), NotImplementedError('x'), TimeoutError('x')):
            self.pipeline.driver.fails = error
            self.assertEqual(500, self.ask('compute').status_int, error)

    def test_without_a_token(self):
        for service in PROJECTS:
            reply = self.ask(service, token=None)
            self.assertEqual(401, reply.status_int)
            self.assertEqual('Keystone uri="http://h:5000/identity"',
                             reply.headers['WWW-Authenticate'])

    def test_pages_of_glance(self):
        self.pipeline.driver.fails = errors.NotFound('told')
        for accept, content_type in (('*/*', 'text/html'), ('application/json', 'application/json'),
                                     ('text/plain', 'text/plain')):
            reply = self.ask('image', Accept=accept)
            self.assertEqual(content_type, reply.content_type)
            self.assertIn(b'told', reply.body)

    def test_names_of_neutron(self):
        self.pipeline.driver.fails = errors.Conflict('told', kind='NetworkInUse')
        self.assertEqual({'type': 'NetworkInUse', 'message': 'told', 'detail': ''},
                         self.ask('network').json['NeutronError'])

    def test_services_name_their_requests(self):
        for service in PROJECTS:
            older = self.ask(service).headers.get('x-compute-request-id')
            self.assertEqual(service in ('compute', 'volume'), older is not None)
