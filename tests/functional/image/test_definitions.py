"""Metadata definitions, and the documents that the API publishes about itself."""
import jsonschema

from tests.functional.image.base import ImageCase

ROOT = '/v2/metadefs/namespaces'
SPEED = {'name': 'speed', 'title': 'Speed', 'type': 'integer', 'minimum': 1, 'maximum': 9}


class DefinitionCase(ImageCase):

    def admin(self, method, path, body=None, **options):
        return self.ask(method, path, body, 'admin', **options)

    def ok(self, code, method, path, body=None, **options):
        response = self.admin(method, path, body, **options)
        self.assertEqual(code, response.status_int, response.text)
        return response.json if response.body else None


class NamespaceTest(DefinitionCase):

    def test_from_the_beginning_to_the_end(self):
        wish = {'namespace': 'Space', 'display_name': 'A space', 'description': 'about',
                'visibility': 'public', 'protected': True, 'owner': 'admins'}
        response = self.admin('POST', ROOT, wish)
        self.assertEqual(201, response.status_int, response.text)
        self.assertEqual(f'http://h:5000/image{ROOT}/Space', response.headers['Location'])
        made = response.json
        for name, value in wish.items():
            self.assertEqual(value, made[name], name)
        self.assertEqual((f'{ROOT}/Space', '/v2/schemas/metadefs/namespace'),
                         (made['self'], made['schema']))
        self.assertEqual(made, self.ok(200, 'GET', f'{ROOT}/Space'))
        self.assertIn('already exists', self.refused(409, self.admin('POST', ROOT, wish)))
        self.assertIn('is protected', self.refused(403, self.admin('DELETE', f'{ROOT}/Space')))
        changed = self.ok(200, 'PUT', f'{ROOT}/Space', {'namespace': 'Other'})
        self.assertEqual(('Other', 'private', False),
                         (changed['namespace'], changed['visibility'], changed['protected']))
        self.refused(404, self.admin('GET', f'{ROOT}/Space'))
        self.ok(204, 'DELETE', f'{ROOT}/Other')
        self.refused(404, self.admin('DELETE', f'{ROOT}/Other'))

    def test_all_at_once(self):
        self.ok(201, 'POST', ROOT, {
            'namespace': 'Space', 'properties': {'speed': {'title': 'S', 'type': 'integer'}},
            'objects': [{'name': 'wheel', 'required': ['size'],
                         'properties': {'size': {'title': 'Size', 'type': 'integer'}}}],
            'tags': [{'name': 'fast'}],
            'resource_type_associations': [{'name': 'OS::Nova::Server', 'prefix': 'hw_'},
                                           {'name': 'OS::Made::Up'}]})
        found = self.ok(200, 'GET', f'{ROOT}/Space')
        self.assertEqual(['speed'], list(found['properties']))
        self.assertEqual(['wheel'], [one['name'] for one in found['objects']])
        self.assertEqual([{'name': 'fast'}], found['tags'])
        self.assertEqual({'OS::Nova::Server', 'OS::Made::Up'},
                         {one['name'] for one in found['resource_type_associations']})
        found = self.ok(200, 'GET', f'{ROOT}/Space?resource_type=OS::Nova::Server')
        self.assertEqual(['hw_speed'], list(found['properties']))
        self.assertEqual((['hw_size'], ['hw_size']), (
            list(found['objects'][0]['properties']), found['objects'][0]['required']))
        types = self.ok(200, 'GET', '/v2/metadefs/resource_types')['resource_types']
        self.assertIn('OS::Made::Up', [one['name'] for one in types])

    def test_nothing_is_left_of_one_that_fails(self):
        self.refused(409, self.admin('POST', ROOT, {
            'namespace': 'Space', 'tags': [{'name': 'twice'}, {'name': 'twice'}]}))
        self.refused(404, self.admin('GET', f'{ROOT}/Space'))

    def test_lists(self):
        for name, visibility, owner in (('A', 'public', 'admins'), ('B', 'private', 'ours'),
                                        ('C', 'private', 'theirs')):
            self.ok(201, 'POST', ROOT, {
                'namespace': name, 'visibility': visibility, 'owner': owner,
                'resource_type_associations': [{'name': f'Type::{name}'}]})

        def names(query='', who='member'):
            found = self.ask('GET', ROOT + query, who=who).json['namespaces']
            return ''.join(one['namespace'] for one in found)
        self.assertEqual('AB', ''.join(sorted(names())))
        self.assertEqual('ABC', names('?sort_key=namespace&sort_dir=asc', 'admin'))
        self.assertEqual('A', names('?visibility=public'))
        self.assertEqual('B', names('?owner=ours'))
        self.assertEqual('AB', ''.join(sorted(names('?resource_types=Type::A,Type::B,Type::C'))))
        page = self.admin('GET', f'{ROOT}?limit=2&sort_key=namespace&sort_dir=asc').json
        self.assertEqual(2, len(page['namespaces']))
        rest = self.admin('GET', page['next']).json
        self.assertEqual(['C'], [one['namespace'] for one in rest['namespaces']])
        for query in ('limit=x', 'limit=-1', 'visibility=secret', 'sort_dir=up', 'sort_key=x'):
            self.refused(400, self.admin('GET', f'{ROOT}?{query}'))
        self.refused(404, self.admin('GET', f'{ROOT}?marker=nope'))

    def test_what_makes_no_sense(self):
        for body in ({}, [], None, {'namespace': ''}, {'namespace': 'x' * 81}, {'namespace': 1},
                     {'namespace': 'x', 'visibility': 'shared'}, {'namespace': 'x', 'more': 1},
                     {'namespace': 'x', 'display_name': 'x' * 81},
                     {'namespace': 'x', 'description': 'x' * 501},
                     {'namespace': 'x', 'properties': {'p': {}}},
                     {'namespace': 'x', 'properties': {'': {'title': 't', 'type': 'string'}}},
                     {'namespace': 'x', 'properties': {'p': {'title': 't', 'type': 'tape'}}},
                     {'namespace': 'x', 'objects': [{}]}, {'namespace': 'x', 'tags': ['t']}):
            self.refused(400, self.admin('POST', ROOT, body))
        self.refused(403, self.admin('POST', ROOT, {'namespace': 'x', 'self': 'y'}))
        self.ok(201, 'POST', ROOT, {'namespace': 'ü' * 80})


class ContentsTest(DefinitionCase):

    def setUp(self):
        super().setUp()
        self.ok(201, 'POST', ROOT, {'namespace': 'Space', 'resource_type_associations': [
            {'name': 'OS::Nova::Server', 'prefix': 'hw_'}]})

    def test_properties(self):
        path = f'{ROOT}/Space/properties'
        self.assertEqual(SPEED, self.ok(201, 'POST', path, SPEED))
        self.refused(409, self.admin('POST', path, SPEED))
        self.assertEqual(SPEED, self.ok(200, 'GET', f'{path}/speed'))
        asked = f'{path}/hw_speed?resource_type=OS::Nova::Server'
        self.assertEqual('speed', self.ok(200, 'GET', asked)['name'])
        for bad in (f'{path}/speed?resource_type=OS::Nova::Server',
                    f'{path}/speed?resource_type=Other', f'{path}/nope'):
            self.refused(404, self.admin('GET', bad))
        self.assertEqual(['speed'], list(self.ok(200, 'GET', path)['properties']))
        changed = self.ok(200, 'PUT', f'{path}/speed', {**SPEED, 'name': 'pace'})
        self.assertEqual('pace', changed['name'])
        self.ok(201, 'POST', path, SPEED)
        self.refused(409, self.admin('PUT', f'{path}/speed', {**SPEED, 'name': 'pace'}))
        self.ok(204, 'DELETE', f'{path}/pace')
        self.refused(404, self.admin('DELETE', f'{path}/pace'))
        self.ok(204, 'DELETE', path)
        self.assertEqual({}, self.ok(200, 'GET', path)['properties'])
        for body in ({}, {'name': 'x'}, {**SPEED, 'type': 'tape'}, {**SPEED, 'name': 'x' * 81},
                     {**SPEED, 'minLength': -1}, {**SPEED, 'more': 1}):
            self.refused(400, self.admin('POST', path, body))

    def test_objects(self):
        path = f'{ROOT}/Space/objects'
        made = self.ok(201, 'POST', path, {'name': 'wheel', 'description': 'round'})
        self.assertEqual((f'{path}/wheel', '/v2/schemas/metadefs/object'),
                         (made['self'], made['schema']))
        self.assertEqual({**made, 'properties': {}, 'required': []},
                         self.ok(200, 'GET', f'{path}/wheel'))
        self.refused(409, self.admin('POST', path, {'name': 'wheel'}))
        changed = self.ok(200, 'PUT', f'{path}/wheel', {
            'name': 'tyre', 'required': ['size'],
            'properties': {'size': {'title': 'Size', 'type': 'integer'}}})
        self.assertEqual(('tyre', ['size'], made['created_at'], False), (
            changed['name'], changed['required'], changed['created_at'],
            'description' in changed))
        self.ok(201, 'POST', path, {'name': 'axle'})
        names = [one['name'] for one in self.ok(
            200, 'GET', f'{path}?sort_key=name&sort_dir=asc&limit=1')['objects']]
        self.assertEqual(['axle'], names)
        self.refused(403, self.admin('POST', path, {'name': 'x', 'schema': 'y'}))
        self.ok(204, 'DELETE', f'{path}/axle')
        self.refused(404, self.admin('GET', f'{path}/axle'))
        self.ok(204, 'DELETE', path)
        self.assertEqual([], self.ok(200, 'GET', path)['objects'])

    def test_tags(self):
        path = f'{ROOT}/Space/tags'
        self.assertEqual('one', self.ok(201, 'POST', f'{path}/one')['name'])
        self.refused(409, self.admin('POST', f'{path}/one'))
        self.refused(400, self.admin('POST', f'{path}/{"x" * 81}'))
        self.assertEqual('uno', self.ok(200, 'PUT', f'{path}/one', {'name': 'uno'})['name'])
        two = {'tags': [{'name': 'two'}, {'name': 'three'}]}
        self.ok(201, 'POST', path, two, headers={'X-Openstack-Append': 'True'})

        def names(query=''):
            return {one['name'] for one in self.ok(200, 'GET', path + query)['tags']}
        self.assertEqual({'uno', 'two', 'three'}, names())
        self.assertEqual({'two'}, names('?limit=1&marker=three&sort_key=name&sort_dir=asc'))
        self.assertEqual(two, self.ok(201, 'POST', path, two))
        self.assertEqual({'two', 'three'}, names())
        self.ok(204, 'DELETE', f'{path}/two')
        self.refused(404, self.admin('GET', f'{path}/two'))
        self.ok(204, 'DELETE', path)
        self.assertEqual(set(), names())

    def test_associations(self):
        path = f'{ROOT}/Space/resource_types'
        made = self.ok(201, 'POST', path, {'name': 'Mine', 'properties_target': 'image'})
        self.assertEqual(('Mine', 'image'), (made['name'], made['properties_target']))
        self.refused(409, self.admin('POST', path, {'name': 'Mine'}))
        self.refused(400, self.admin('POST', path, {'name': 'x' * 81}))
        found = self.ok(200, 'GET', path)['resource_type_associations']
        self.assertEqual(['Mine', 'OS::Nova::Server'], sorted(one['name'] for one in found))
        self.ok(204, 'DELETE', f'{path}/Mine')
        self.refused(404, self.admin('DELETE', f'{path}/Mine'))

    def test_in_a_protected_namespace(self):
        self.ok(201, 'POST', f'{ROOT}/Space/tags/one')
        self.ok(200, 'PUT', f'{ROOT}/Space', {'namespace': 'Space', 'protected': True})
        for path in ('', '/tags', '/tags/one', '/objects', '/properties',
                     '/resource_types/OS::Nova::Server'):
            self.refused(403, self.admin('DELETE', f'{ROOT}/Space{path}'))


class DocumentTest(DefinitionCase):

    def document(self, name):
        return self.ok(200, 'GET', f'/v2/schemas/{name}')

    def test_they_are_schemas_with_names(self):
        for name in ('image', 'member', 'task', 'metadefs/namespace', 'metadefs/object',
                     'metadefs/property', 'metadefs/resource_type', 'metadefs/tag'):
            one, many = self.document(name), None
            jsonschema.Draft4Validator.check_schema(one)
            plural = {'metadefs/property': 'metadefs/properties'}.get(name, name + 's')
            many = self.document(plural)
            jsonschema.Draft4Validator.check_schema(many)
            self.assertEqual({'rel': 'describedby', 'href': '{schema}'}, many['links'][-1])
            self.assertIn(many['name'], many['properties'])

    def test_what_is_shown_fits_them(self):
        image = self.cloud.make(tags=['t'], prop='p')
        self.ask('POST', f'/v2/images/{image["id"]}/members', {'member': 'theirs'})
        for name, shown in (
                ('image', image), ('images', self.ask('GET', '/v2/images').json),
                ('members', self.ask('GET', f'/v2/images/{image["id"]}/members').json),
                ('metadefs/namespaces', self.ask('GET', ROOT).json)):
            jsonschema.validate(shown, self.document(name), jsonschema.Draft4Validator)

    def test_unknown_ones(self):
        self.refused(404, self.admin('GET', '/v2/schemas/nope'))


class VersionTest(ImageCase):

    def test_documents(self):
        for path, code in (('', 300), ('/', 300), ('/versions', 200), ('/v1', 300), ('/v3', 300)):
            response = self.ask('GET', path, who=None)
            self.assertEqual(code, response.status_int, path)
            versions = response.json['versions']
            self.assertEqual(('v2.17', 'CURRENT', 'http://h:5000/image/v2/'), (
                versions[0]['id'], versions[0]['status'], versions[0]['links'][0]['href']))
            self.assertEqual({'SUPPORTED'}, {one['status'] for one in versions[1:]})
            self.assertIn('v2.0', [one['id'] for one in versions])

    def test_what_there_is_not(self):
        for path in ('/v2/nope', '/v2/', '/v2/images/x/nope'):
            self.refused(404, self.ask('GET', path))
        self.assertIn('Caching via API is not supported',
                      self.refused(404, self.ask('GET', '/v2/cache', who='admin')))
        self.assertEqual({'usage': {}}, self.ask('GET', '/v2/info/usage').json)
        image = self.cloud.create()
        self.refused(501, self.ask('POST', f'/v2/images/{image["id"]}/locations', {'url': 'x'}))

    def test_the_first_start_says_what_it_made(self):
        self.assertEqual('Made two public images of 64 KiB: tiny and tiny-alt.\n', self.cloud.said)
        self.assertEqual({'tiny', 'tiny-alt'}, set(self.names()))
