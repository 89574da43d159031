"""Records of images: made, shown, changed, deleted."""
import uuid

from tests.fixtures.images import OLD_PATCH, PATCH
from tests.functional.image.base import ImageCase


class CreateTest(ImageCase):

    def test_the_least(self):
        response = self.ask('POST', '/v2/images', {})
        self.assertEqual(201, response.status_int)
        image = response.json
        self.assertEqual(f'http://h:5000/image/v2/images/{image["id"]}',
                         response.headers['Location'])
        self.assertEqual('glance-direct,copy-image',
                         response.headers['OpenStack-image-import-methods'])
        self.assertEqual('file', response.headers['OpenStack-image-store-ids'])
        self.assertEqual(image['id'], str(uuid.UUID(image['id'])))
        self.assertRegex(image['created_at'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        for name, value in (
                ('status', 'queued'), ('visibility', 'shared'), ('owner', 'ours'),
                ('protected', False), ('os_hidden', False), ('min_disk', 0), ('min_ram', 0),
                ('tags', []), ('size', None), ('virtual_size', None), ('checksum', None),
                ('os_hash_algo', None), ('os_hash_value', None), ('name', None),
                ('disk_format', None), ('container_format', None),
                ('self', f'/v2/images/{image["id"]}'),
                ('file', f'/v2/images/{image["id"]}/file'), ('schema', '/v2/schemas/image')):
            self.assertEqual(value, image[name], name)
        self.assertNotIn('stores', image)
        self.assertEqual(image, self.show(image['id']))

    def test_everything(self):
        image_id = str(uuid.uuid4())
        wish = {'id': image_id, 'name': 'ümläut \U0001f600', 'visibility': 'private',
                'protected': True, 'os_hidden': True, 'container_format': 'bare',
                'disk_format': 'qcow2', 'min_disk': 1, 'min_ram': 512, 'tags': ['b', 'a', 'b'],
                'os_distro': 'x', 'hw:anything at all': ''}
        image = self.cloud.create(**wish)
        for name, value in {**wish, 'tags': ['a', 'b']}.items():
            self.assertEqual(value, image[name], name)

    def test_an_id_that_is_taken(self):
        image = self.cloud.create()
        response = self.ask('POST', '/v2/images', {'id': image['id']}, 'stranger')
        self.assertIn('already exists', self.refused(409, response))

    def test_what_clients_do_not_set(self):
        for name in ('status', 'checksum', 'size', 'created_at', 'direct_url', 'self', 'file',
                     'os_hash_algo', 'location', 'deleted', 'os_glance_anything', 'locations'):
            value = {'size': 1, 'locations': []}.get(name, 'queued')
            self.refused(403, self.ask('POST', '/v2/images', {name: value}))

    def test_what_makes_no_sense(self):
        for body in (
                [], 'text', None, {'name': 1}, {'name': 'x' * 256}, {'min_disk': -1},
                {'min_disk': 2 ** 31}, {'min_ram': 1.5}, {'protected': 'yes'},
                {'visibility': 'secret'}, {'disk_format': 'tape'}, {'container_format': ''},
                {'id': 'not-an-id'}, {'id': str(uuid.uuid4()) + '\n'}, {'tags': 'a'},
                {'tags': ['x' * 256]}, {'tags': [1]}, {'property': 1}, {'property': None},
                {'property': {}}, {'x' * 256: 'a'}, {'': 'a'}, {'owner': 'x' * 256}):
            self.refused(400, self.ask('POST', '/v2/images', body))
        self.refused(400, self.ask('POST', '/v2/images', b'{'))

    def test_the_longest_that_fit(self):
        image = self.cloud.create(name='x' * 255, tags=['y' * 255], **{'z' * 255: 'w' * 60000})
        self.assertEqual('w' * 60000, self.show(image['id'])['z' * 255])

    def test_quotas(self):
        many = {f'p{number}': 'x' for number in range(129)}
        self.refused(413, self.ask('POST', '/v2/images', many))
        self.refused(413, self.ask('POST', '/v2/images', {'tags': [str(n) for n in range(129)]}))
        image = self.cloud.create(tags=[str(number) for number in range(128)])
        self.refused(413, self.ask('PUT', f'/v2/images/{image["id"]}/tags/one-more'))
        response = self.ask('PUT', f'/v2/images/{image["id"]}/tags/7')
        self.assertEqual(204, response.status_int)

    def test_for_another_project(self):
        response = self.ask('POST', '/v2/images', {'owner': 'theirs'})
        self.assertIn("owned by 'theirs'", self.refused(403, response))
        image = self.cloud.create('admin', owner='theirs')
        self.assertEqual('theirs', self.show(image['id'], 'stranger')['owner'])

    def test_public_ones_are_for_administrators(self):
        self.refused(403, self.ask('POST', '/v2/images', {'visibility': 'public'}))
        self.assertEqual('public', self.cloud.create('admin', visibility='public')['visibility'])
        self.assertEqual('community', self.cloud.create(visibility='community')['visibility'])


class ShowTest(ImageCase):

    def test_ids_that_are_none(self):
        for bad in ('nope', 'x' * 300, str(uuid.uuid4()), '%20', '%F0%9F%98%80', "'", 'null'):
            for method in ('GET', 'DELETE'):
                response = self.ask(method, f'/v2/images/{bad}')
                self.assertEqual(404, response.status_int, bad)
            response = self.ask('PATCH', f'/v2/images/{bad}', [], headers={'Content-Type': PATCH})
            self.assertEqual(404, response.status_int, bad)

    def test_a_method_that_there_is_not(self):
        response = self.ask('PUT', '/v2/images')
        self.assertEqual(405, response.status_int)
        self.assertIn('GET', response.headers['Allow'])


class PatchTest(ImageCase):

    def setUp(self):
        super().setUp()
        self.image = self.cloud.create(name='before', kept='kept', gone='gone', tags=['t'])

    def patch(self, *operations, **options):
        return self.cloud.patch(self.image['id'], *operations, **options)

    def test_all_operations(self):
        response = self.patch(
            {'op': 'replace', 'path': '/name', 'value': 'after'},
            {'op': 'add', 'path': '/fresh', 'value': 'new'},
            {'op': 'replace', 'path': '/fresh', 'value': 'newer'},
            {'op': 'remove', 'path': '/gone'},
            {'op': 'add', 'path': '/a~1b~0c', 'value': 'pointer'},
            {'op': 'replace', 'path': '/tags', 'value': ['x', 'y']},
            {'op': 'replace', 'path': '/os_hidden', 'value': True},
            {'op': 'add', 'path': '/min_disk', 'value': 3},
            {'op': 'replace', 'path': '/visibility', 'value': 'private'},
            {'op': 'replace', 'path': '/protected', 'value': True})
        self.assertEqual(200, response.status_int, response.text)
        image = response.json
        for name, value in (
                ('name', 'after'), ('fresh', 'newer'), ('kept', 'kept'), ('a/b~c', 'pointer'),
                ('tags', ['x', 'y']), ('os_hidden', True), ('min_disk', 3),
                ('visibility', 'private'), ('protected', True)):
            self.assertEqual(value, image[name], name)
        self.assertNotIn('gone', image)
        self.assertEqual(image, self.show(image['id']))

    def test_the_older_draft(self):
        response = self.patch(
            {'replace': '/name', 'value': 'after'}, {'add': '/fresh', 'value': 'new'},
            {'remove': '/gone'}, content_type=OLD_PATCH)
        self.assertEqual(200, response.status_int, response.text)
        self.assertEqual(('after', 'new'), (response.json['name'], response.json['fresh']))
        for twice in ({'add': '/kept', 'value': 'again'}, {'add': '/name', 'value': 'again'}):
            self.assertIn('already present', self.refused(
                409, self.patch(twice, content_type=OLD_PATCH)))
        for bad in ({'value': 'x'}, {'add': '/a', 'remove': '/b', 'value': 'x'}):
            self.refused(400, self.patch(bad, content_type=OLD_PATCH))

    def test_nothing_to_do(self):
        self.assertEqual(self.image, self.patch().json)

    def test_what_is_not_there(self):
        for operation in ({'op': 'replace', 'path': '/nope', 'value': 'x'},
                          {'op': 'remove', 'path': '/nope'}):
            self.assertIn('Property nope does not exist', self.refused(
                409, self.patch(operation)))

    def test_all_or_nothing(self):
        self.refused(409, self.patch({'op': 'replace', 'path': '/name', 'value': 'half'},
                                     {'op': 'remove', 'path': '/nope'}))
        self.assertEqual(self.image, self.show(self.image['id']))

    def test_what_clients_do_not_set(self):
        for name in ('id', 'status', 'size', 'checksum', 'created_at', 'self', 'schema', 'stores',
                     'os_hash_value', 'location', 'deleted', 'os_glance_import_task'):
            for operation in ({'op': 'replace', 'path': f'/{name}', 'value': 'x'},
                              {'op': 'remove', 'path': f'/{name}'}):
                self.refused(403, self.patch(operation))
        for name in ('name', 'tags', 'visibility'):
            self.refused(403, self.patch({'op': 'remove', 'path': f'/{name}'}))
        for path in ('/locations/0', '/locations/-'):
            self.refused(403, self.patch({'op': 'add', 'path': path, 'value': {}}))
        self.refused(403, self.patch({'op': 'replace', 'path': '/locations', 'value': []}))
        self.refused(400, self.patch({'op': 'add', 'path': '/locations', 'value': []}))

    def test_only_administrators_give_away(self):
        for verb in ('replace', 'add'):
            operation = {'op': verb, 'path': '/owner', 'value': 'theirs'}
            self.refused(403, self.patch(operation))
        self.assertEqual('theirs', self.patch(operation, who='admin').json['owner'])
        self.refused(404, self.ask('GET', f'/v2/images/{self.image["id"]}'))

    def test_only_administrators_publish(self):
        operation = {'op': 'replace', 'path': '/visibility', 'value': 'public'}
        self.refused(403, self.patch(operation))
        self.assertEqual('public', self.patch(operation, who='admin').json['visibility'])

    def test_formats_stay_once_there_is_data(self):
        image = self.cloud.make()
        response = self.cloud.patch(
            image['id'], {'op': 'replace', 'path': '/disk_format', 'value': 'iso'})
        self.assertIn('only replaced for a queued image', self.refused(403, response))

    def test_abuse(self):
        good = {'op': 'add', 'path': '/x', 'value': 'y'}
        for operation in (
                'text', None, 1, [], [good], {}, {'op': 'add'}, {'op': 'add', 'path': '/x'},
                {'path': '/x', 'value': 'y'}, {'op': 'test', 'path': '/x', 'value': 'y'},
                {'op': 'move', 'path': '/x', 'from': '/y'}, {'op': ['add'], 'path': '/x'},
                {'op': {}, 'path': '/x', 'value': 'y'}, {**good, 'path': 'x'},
                {**good, 'path': ''}, {**good, 'path': '/'}, {**good, 'path': '//'},
                {**good, 'path': '/x/'}, {**good, 'path': '/x//y'}, {**good, 'path': '/x/ /y'},
                {**good, 'path': '/x/y'}, {**good, 'path': '/tags/-'}, {**good, 'path': '/~2'},
                {**good, 'path': '/x~'}, {**good, 'path': None}, {**good, 'path': 1},
                {**good, 'path': ['x']}, {**good, 'path': '/' + 'x' * 256},
                {**good, 'value': 1}, {**good, 'value': None}, {**good, 'value': ['y']},
                {**good, 'path': '/name', 'value': 'x' * 256},
                {**good, 'path': '/name', 'value': ['x']}, {**good, 'path': '/tags', 'value': 'x'},
                {**good, 'path': '/visibility', 'value': 'x'},
                {**good, 'path': '/visibility', 'value': None},
                {**good, 'path': '/protected', 'value': 'true'},
                {**good, 'path': '/min_ram', 'value': -1},
                {**good, 'path': '/min_ram', 'value': 2 ** 31},
                {**good, 'path': '/disk_format', 'value': 'tape'}):
            response = self.patch(operation)
            self.assertEqual(400, response.status_int, (operation, response.text))
        for body in ({}, 'text', None, good):
            response = self.ask('PATCH', f'/v2/images/{self.image["id"]}', body,
                                headers={'Content-Type': PATCH})
            self.refused(400, response)
        self.assertEqual(self.image, self.show(self.image['id']))

    def test_quotas(self):
        many = [{'op': 'add', 'path': f'/p{n}', 'value': 'x'} for n in range(127)]
        self.refused(413, self.patch(*many))
        self.assertEqual(200, self.patch(*many[:126]).status_int)
        self.refused(413, self.patch(many[126]))

    def test_other_media_types(self):
        for kind in ('application/json', 'text/plain', 'application/json-patch+json', ''):
            response = self.patch(content_type=kind)
            self.assertIn(PATCH, self.refused(415, response))
        response = self.patch(content_type=PATCH + '; charset=utf-8')
        self.assertEqual(200, response.status_int)


class DeleteTest(ImageCase):

    def test_with_its_data(self):
        before = self.cloud.files()
        image = self.cloud.make(tags=['t'], prop='p')
        self.assertNotEqual(before, self.cloud.files())
        self.assertEqual(204, self.ask('DELETE', f'/v2/images/{image["id"]}').status_int)
        self.assertEqual(before, self.cloud.files())
        response = self.ask('DELETE', f'/v2/images/{image["id"]}')
        self.assertIn('Failed to find image', self.refused(404, response))
        # nothing of it is left to disturb another one of its id
        again = self.cloud.create(id=image['id'], tags=['t'], prop='p')
        self.assertEqual('queued', again['status'])

    def test_a_protected_one(self):
        image = self.cloud.create(protected=True)
        response = self.ask('DELETE', f'/v2/images/{image["id"]}')
        self.assertIn('is protected and cannot be deleted', self.refused(403, response))
        self.cloud.patch(image['id'], {'op': 'replace', 'path': '/protected', 'value': False})
        self.assertEqual(204, self.ask('DELETE', f'/v2/images/{image["id"]}').status_int)


class ActionTest(ImageCase):

    def test_there_and_back(self):
        image = self.cloud.make()
        path = f'/v2/images/{image["id"]}'
        for action, status in (('deactivate', 'deactivated'), ('deactivate', 'deactivated'),
                               ('reactivate', 'active'), ('reactivate', 'active')):
            self.assertEqual(204, self.ask('POST', f'{path}/actions/{action}').status_int)
            self.assertEqual(status, self.show(image['id'])['status'])

    def test_the_data_is_for_administrators_meanwhile(self):
        image = self.cloud.make(b'data')
        path = f'/v2/images/{image["id"]}'
        self.ask('POST', path + '/actions/deactivate')
        self.assertIn('has been deactivated', self.refused(403, self.ask('GET', path + '/file')))
        self.assertEqual(b'data', self.ask('GET', path + '/file', who='admin').body)

    def test_not_without_data(self):
        image = self.cloud.create()
        for action in ('deactivate', 'reactivate'):
            response = self.ask('POST', f'/v2/images/{image["id"]}/actions/{action}')
            self.assertIn("in status 'queued'", self.refused(403, response))


class TagTest(ImageCase):

    def test_add_and_take_away(self):
        image = self.cloud.create(tags=['one'])
        path = f'/v2/images/{image["id"]}/tags'
        for tag in ('two', 'two', '%C3%BC%20%F0%9F%98%80'):
            self.assertEqual(204, self.ask('PUT', f'{path}/{tag}').status_int)
        self.assertEqual(['one', 'two', 'ü \U0001f600'], self.show(image['id'])['tags'])
        self.assertEqual([None], self.names('?tag=two&tag=one'))
        self.assertEqual(204, self.ask('DELETE', f'{path}/two').status_int)
        self.refused(404, self.ask('DELETE', f'{path}/two'))
        self.assertEqual([], self.names('?tag=two&tag=one'))

    def test_bad_ones(self):
        image = self.cloud.create()
        self.refused(400, self.ask('PUT', f'/v2/images/{image["id"]}/tags/{"x" * 256}'))
        self.assertEqual(204, self.ask(
            'PUT', f'/v2/images/{image["id"]}/tags/{"x" * 255}').status_int)
        self.refused(400, self.ask('PUT', f'/v2/images/{image["id"]}/tags/%ff'))
        self.refused(404, self.ask('PUT', f'/v2/images/{uuid.uuid4()}/tags/x'))
