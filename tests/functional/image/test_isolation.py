"""Who may do what: for every operation of the image API, what each of these people is told.

An image that somebody may not see is not found, whatever is wanted from it; who sees it but may not
do what is asked is told so.
"""
import testtools

from jumpgate.image.endpoints import MAP
from tests.fixtures.images import OCTETS, PATCH
from tests.functional.image.base import ImageCase

#: The columns of the table. `nobody` is of the same project with a role that means nothing here.
PEOPLE = ('admin', 'member', 'reader', 'nobody', 'stranger', 'strange_reader', None)

RENAME = [{'op': 'replace', 'path': '/name', 'value': 'new'}]
PUBLISH = [{'op': 'replace', 'path': '/visibility', 'value': 'public'}]
OPEN = [{'op': 'replace', 'path': '/visibility', 'value': 'community'}]
DATA = ('PUT', '/images/{id}/file', b'data', OCTETS)

#: (operation, method, path, body, content type, how the image is) → the status for each person.
#: How: ``private``, ``shared`` (with nobody), ``accepted`` (by theirs), ``public``, ``community``;
#: with ``queued`` it has no data, with ``staged`` some that waits.
TABLE = (
    # operation, method, path, body, type, how             admin mem  read nob  str  s.r. none
    ('create_image', 'POST', '/images', {}, None, '',      (201, 201, 403, 403, 201, 403, 401)),
    ('create_image', 'POST', '/images', {'visibility': 'public'}, None, '',
                                                           (201, 403, 403, 403, 403, 403, 401)),
    ('create_image', 'POST', '/images', {'visibility': 'community'}, None, '',
                                                           (201, 201, 403, 403, 201, 403, 401)),
    ('create_image', 'POST', '/images', {'owner': 'ours'}, None, '',
                                                           (201, 201, 403, 403, 403, 403, 401)),
    ('list_images', 'GET', '/images', None, None, '',      (200, 200, 200, 403, 200, 200, 401)),

    ('get_image', 'GET', '/images/{id}', None, None, 'private',
                                                           (200, 200, 200, 404, 404, 404, 401)),
    ('get_image', 'GET', '/images/{id}', None, None, 'shared',
                                                           (200, 200, 200, 404, 404, 404, 401)),
    ('get_image', 'GET', '/images/{id}', None, None, 'accepted',
                                                           (200, 200, 200, 404, 200, 200, 401)),
    ('get_image', 'GET', '/images/{id}', None, None, 'community',
                                                           (200, 200, 200, 404, 200, 200, 401)),
    ('get_image', 'GET', '/images/{id}', None, None, 'public',
                                                           (200, 200, 200, 404, 200, 200, 401)),
    ('get_image', 'GET', '/images/nope', None, None, 'shared',
                                                           (404, 404, 404, 404, 404, 404, 401)),

    ('update_image', 'PATCH', '/images/{id}', RENAME, PATCH, 'private',
                                                           (200, 200, 403, 404, 404, 404, 401)),
    ('update_image', 'PATCH', '/images/{id}', RENAME, PATCH, 'accepted',
                                                           (200, 200, 403, 404, 403, 403, 401)),
    ('update_image', 'PATCH', '/images/{id}', RENAME, PATCH, 'public',
                                                           (200, 200, 403, 404, 403, 403, 401)),
    ('update_image', 'PATCH', '/images/{id}', PUBLISH, PATCH, 'shared',
                                                           (200, 403, 403, 404, 404, 404, 401)),
    ('update_image', 'PATCH', '/images/{id}', OPEN, PATCH, 'shared',
                                                           (200, 200, 403, 404, 404, 404, 401)),

    ('delete_image', 'DELETE', '/images/{id}', None, None, 'private',
                                                           (204, 204, 403, 404, 404, 404, 401)),
    ('delete_image', 'DELETE', '/images/{id}', None, None, 'community',
                                                           (204, 204, 403, 404, 403, 403, 401)),

    ('deactivate_image', 'POST', '/images/{id}/actions/deactivate', None, None, 'private',
                                                           (204, 204, 403, 404, 404, 404, 401)),
    ('deactivate_image', 'POST', '/images/{id}/actions/deactivate', None, None, 'public',
                                                           (204, 204, 403, 404, 403, 403, 401)),
    ('reactivate_image', 'POST', '/images/{id}/actions/reactivate', None, None, 'private',
                                                           (204, 204, 403, 404, 404, 404, 401)),
    ('reactivate_image', 'POST', '/images/{id}/actions/reactivate', None, None, 'public',
                                                           (204, 204, 403, 404, 403, 403, 401)),

    ('download_image', 'GET', '/images/{id}/file', None, None, 'private',
                                                           (200, 200, 403, 404, 404, 404, 401)),
    ('download_image', 'GET', '/images/{id}/file', None, None, 'accepted',
                                                           (200, 200, 403, 404, 200, 403, 401)),
    ('download_image', 'GET', '/images/{id}/file', None, None, 'public',
                                                           (200, 200, 403, 404, 200, 403, 401)),
    ('upload_image', *DATA, 'private queued',              (204, 204, 403, 404, 404, 404, 401)),
    ('upload_image', *DATA, 'accepted queued',             (204, 204, 403, 404, 403, 403, 401)),
    ('stage_image', 'PUT', '/images/{id}/stage', b'data', OCTETS, 'private queued',
                                                           (204, 204, 403, 404, 404, 404, 401)),
    ('stage_image', 'PUT', '/images/{id}/stage', b'data', OCTETS, 'public queued',
                                                           (204, 204, 403, 404, 403, 403, 401)),
    ('import_image', 'POST', '/images/{id}/import', {'method': {'name': 'glance-direct'}}, None,
     'private staged',                                     (202, 202, 403, 404, 404, 404, 401)),
    ('import_image', 'POST', '/images/{id}/import', {'method': {'name': 'glance-direct'}}, None,
     'community staged',                                   (202, 202, 403, 404, 403, 403, 401)),
    ('import_image', 'POST', '/images/{id}/import',
     {'method': {'name': 'copy-image'}, 'all_stores': True}, None, 'public',
                                                           (202, 403, 403, 404, 403, 403, 401)),

    ('add_image_tag', 'PUT', '/images/{id}/tags/t', None, None, 'private',
                                                           (204, 204, 403, 404, 404, 404, 401)),
    ('add_image_tag', 'PUT', '/images/{id}/tags/t', None, None, 'accepted',
                                                           (204, 204, 403, 404, 403, 403, 401)),
    ('delete_image_tag', 'DELETE', '/images/{id}/tags/tag', None, None, 'private',
                                                           (204, 204, 403, 404, 404, 404, 401)),
    ('delete_image_tag', 'DELETE', '/images/{id}/tags/tag', None, None, 'public',
                                                           (204, 204, 403, 404, 403, 403, 401)),

    ('list_members', 'GET', '/images/{id}/members', None, None, 'shared',
                                                           (200, 200, 200, 404, 404, 404, 401)),
    ('list_members', 'GET', '/images/{id}/members', None, None, 'accepted',
                                                           (200, 200, 200, 404, 200, 200, 401)),
    ('get_member', 'GET', '/images/{id}/members/theirs', None, None, 'accepted',
                                                           (200, 200, 200, 404, 200, 200, 401)),
    ('create_member', 'POST', '/images/{id}/members', {'member': 'x'}, None, 'shared',
                                                           (200, 200, 403, 404, 404, 404, 401)),
    ('create_member', 'POST', '/images/{id}/members', {'member': 'x'}, None, 'accepted',
                                                           (200, 200, 403, 404, 403, 403, 401)),
    ('update_member', 'PUT', '/images/{id}/members/theirs', {'status': 'rejected'}, None,
     'accepted',                                           (200, 403, 403, 404, 200, 403, 401)),
    ('delete_member', 'DELETE', '/images/{id}/members/theirs', None, None, 'accepted',
                                                           (204, 204, 403, 404, 403, 403, 401)),

    ('list_image_tasks', 'GET', '/images/{id}/tasks', None, None, 'private',
                                                           (200, 200, 200, 404, 404, 404, 401)),
    ('list_locations', 'GET', '/images/{id}/locations', None, None, 'public',
                                                           (200, 403, 403, 404, 403, 403, 401)),
    ('delete_image_from_store', 'DELETE', '/stores/nope/{id}', None, None, 'public',
                                                           (409, 403, 403, 403, 403, 403, 401)),
    ('list_tasks', 'GET', '/tasks', None, None, '',        (200, 403, 403, 403, 403, 403, 401)),
    ('get_task', 'GET', '/tasks/nope', None, None, '',     (404, 403, 403, 403, 403, 403, 401)),
    ('create_task', 'POST', '/tasks', {'type': 'import', 'input': {
        'import_from': 'http://x/', 'import_from_format': 'raw', 'image_properties': {}}}, None,
     '',                                                   (400, 403, 403, 403, 403, 403, 401)),
    ('list_stores', 'GET', '/info/stores', None, None, '', (200, 200, 200, 200, 200, 200, 401)),
    ('list_stores_detail', 'GET', '/info/stores/detail', None, None, '',
                                                           (200, 403, 403, 403, 403, 403, 401)),
    ('list_import_methods', 'GET', '/info/import', None, None, '',
                                                           (200, 200, 200, 200, 200, 200, 401)),
    ('show_usage', 'GET', '/info/usage', None, None, '',   (200, 200, 200, 200, 200, 200, 401)),

    ('list_namespaces', 'GET', '/metadefs/namespaces', None, None, '',
                                                           (200, 200, 200, 403, 200, 200, 401)),
    ('create_namespace', 'POST', '/metadefs/namespaces', {'namespace': 'new'}, None, '',
                                                           (201, 403, 403, 403, 403, 403, 401)),
    ('list_resource_types', 'GET', '/metadefs/resource_types', None, None, '',
                                                           (200, 200, 200, 403, 200, 200, 401)),
)

_PROPERTY = {'name': 'p', 'title': 't', 'type': 'string'}
#: The same below a namespace: operation, method, path, body, the status of success.
DEFINITIONS = (
    ('get_namespace', 'GET', '', None, 200),
    ('update_namespace', 'PUT', '', {'namespace': 'n'}, 200),
    ('delete_namespace', 'DELETE', '', None, 204),
    ('list_properties', 'GET', '/properties', None, 200),
    ('get_property', 'GET', '/properties/old', None, 200),
    ('create_property', 'POST', '/properties', _PROPERTY, 201),
    ('update_property', 'PUT', '/properties/old', _PROPERTY, 200),
    ('delete_property', 'DELETE', '/properties/old', None, 204),
    ('delete_properties', 'DELETE', '/properties', None, 204),
    ('list_objects', 'GET', '/objects', None, 200),
    ('get_object', 'GET', '/objects/old', None, 200),
    ('create_object', 'POST', '/objects', {'name': 'o'}, 201),
    ('update_object', 'PUT', '/objects/old', {'name': 'o'}, 200),
    ('delete_object', 'DELETE', '/objects/old', None, 204),
    ('delete_objects', 'DELETE', '/objects', None, 204),
    ('list_tags', 'GET', '/tags', None, 200), ('get_tag', 'GET', '/tags/old', None, 200),
    ('create_tag', 'POST', '/tags/new', None, 201),
    ('create_tags', 'POST', '/tags', {'tags': [{'name': 'new'}]}, 201),
    ('update_tag', 'PUT', '/tags/old', {'name': 'new'}, 200),
    ('delete_tag', 'DELETE', '/tags/old', None, 204),
    ('delete_tags', 'DELETE', '/tags', None, 204),
    ('list_associations', 'GET', '/resource_types', None, 200),
    ('create_association', 'POST', '/resource_types', {'name': 'OS::Nova::Server'}, 201),
    ('delete_association', 'DELETE', '/resource_types/old', None, 204),
)


class IsolationTest(ImageCase):

    def arrange(self, how):
        """An image of the project ours that is as `how` says; returns its id."""
        if not how:
            return ''
        visibility, _, state = how.partition(' ')
        image = self.cloud.create('admin', owner='ours', tags=['tag'], visibility={
            'accepted': 'shared'}.get(visibility, visibility))
        if visibility == 'accepted':
            path = f'/v2/images/{image["id"]}/members'
            self.ask('POST', path, {'member': 'theirs'})
            self.ask('PUT', path + '/theirs', {'status': 'accepted'}, 'stranger')
        if state != 'queued':
            verb = 'stage' if state == 'staged' else 'file'
            self.assertEqual(204, self.cloud.upload(image['id'], b'x', verb=verb).status_int)
        return image['id']

    def test_images(self):
        wrong = []
        for operation, method, path, body, kind, how, expected in TABLE:
            for who, code in zip(PEOPLE, expected, strict=True):
                asked = '/v2' + path.format(id=self.arrange(how))
                headers = {'Content-Type': kind} if kind else {}
                response = self.ask(method, asked, body, who, headers=headers)
                if response.status_int != code:
                    wrong.append((operation, how, who, code, response.status_int))
        self.assertEqual([], wrong)

    def test_definitions(self):
        """Members read what is theirs or public; only administrators write."""
        wrong = []
        for visibility in ('private', 'public'):
            for operation, method, path, body, success in DEFINITIONS:
                for who in PEOPLE:
                    self.define(visibility)
                    code = self.expected(visibility, method, who, success)
                    response = self.ask(method, '/v2/metadefs/namespaces/space' + path, body, who)
                    if response.status_int != code:
                        wrong.append((operation, visibility, who, code, response.status_int))
        self.assertEqual([], wrong)

    def define(self, visibility):
        """A namespace of the project ours with one of everything."""
        for name in ('space', 'n'):
            self.ask('DELETE', f'/v2/metadefs/namespaces/{name}', who='admin')
        response = self.ask('POST', '/v2/metadefs/namespaces', {
            'namespace': 'space', 'owner': 'ours', 'visibility': visibility,
            'properties': {'old': {'title': 't', 'type': 'string'}},
            'objects': [{'name': 'old'}], 'tags': [{'name': 'old'}],
            'resource_type_associations': [{'name': 'old'}]}, 'admin')
        self.assertEqual(201, response.status_int, response.text)

    def expected(self, visibility, method, who, success):
        if who is None:
            return 401
        if who == 'admin':
            return success
        if who == 'nobody' or (visibility == 'private' and who in ('stranger', 'strange_reader')):
            return 404
        return success if method == 'GET' else 403

    def test_what_is_public(self):
        for path in ('/', '/versions', '/v3', '/v1'):
            self.assertIn(self.ask('GET', path, who=None).status_int, (200, 300), path)

    def test_documents_are_for_everybody_with_a_token(self):
        for who, code in (('nobody', 200), (None, 401)):
            self.assertEqual(code, self.ask('GET', '/v2/schemas/image', who=who).status_int)

    def test_the_cache_is_for_administrators(self):
        for who, code in (('admin', 404), ('member', 403), (None, 401)):
            self.assertEqual(code, self.ask('GET', '/v2/cache', who=who).status_int)


class CompleteTest(testtools.TestCase):

    def test_every_operation_is_in_a_table(self):
        known = {line[0] for line in (*TABLE, *DEFINITIONS)}
        left = {operation.name for row, _, _, operation in MAP.operations()
                if not operation.public and not operation.is_declared_only
                and not row.endpoint.path.startswith(('/schemas/', '/cache', '/queued'))}
        self.assertEqual(set(), left - known)
        self.assertEqual(set(), known - left)
