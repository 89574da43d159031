"""Stores, imports, tasks."""
import http.server
import threading
import uuid

from tests.fixtures.gateway import wait_for
from tests.fixtures.images import digests
from tests.functional.image.base import ImageCase

DIRECT = {'method': {'name': 'glance-direct'}}


class StagedCase(ImageCase):

    def staged(self, data=b'staged data', **fields):
        image = self.cloud.create(**fields)
        response = self.cloud.upload(image['id'], data, verb='stage')
        self.assertEqual(204, response.status_int, response.text)
        return image

    def bring_in(self, image, body=DIRECT, who='member'):
        return self.ask('POST', f'/v2/images/{image["id"]}/import', body, who)

    def imported(self, image, who='member'):
        """The image once its import has ended."""
        def ended():
            tasks = self.ask('GET', f'/v2/images/{image["id"]}/tasks', who=who).json['tasks']
            return all(task['status'] in ('success', 'failure') for task in tasks)
        wait_for(ended)
        return self.show(image['id'], who)


class ImportTest(StagedCase):

    def test_what_was_staged(self):
        image = self.staged()
        shown = self.show(image['id'])
        self.assertEqual(('uploading', 11, None),
                         (shown['status'], shown['size'], shown['checksum']))
        self.assertEqual(204, self.ask('GET', image['file']).status_int)
        response = self.bring_in(image)
        self.assertEqual((202, b''), (response.status_int, response.body))
        shown = self.imported(image)
        md5, sha512 = digests(b'staged data')
        for name, value in (
                ('status', 'active'), ('checksum', md5), ('os_hash_value', sha512), ('size', 11),
                ('stores', 'file'), ('os_glance_importing_to_stores', ''),
                ('os_glance_failed_import', '')):
            self.assertEqual(value, shown[name], name)
        self.assertEqual(b'staged data', self.ask('GET', image['file']).body)
        self.assertFalse([path for path in self.cloud.files() if 'staging' in path])
        (task,) = self.ask('GET', f'/v2/images/{image["id"]}/tasks').json['tasks']
        self.assertEqual(('success', 'api_image_import', image['id'], 'member'),
                         (task['status'], task['type'], task['image_id'], task['user_id']))

    def test_states_that_do_not_fit(self):
        self.assertIn('needs to be staged', self.refused(409, self.bring_in(self.cloud.create())))
        self.assertIn('status active', self.refused(409, self.bring_in(self.cloud.make())))
        image = self.staged()
        self.refused(409, self.cloud.upload(image['id'], b'x'))
        self.refused(409, self.cloud.upload(image['id'], b'x', verb='stage'))
        self.bring_in(image)
        self.refused(409, self.bring_in(image))

    def test_without_formats(self):
        image = self.ask('POST', '/v2/images', {}).json
        self.assertEqual(204, self.cloud.upload(image['id'], b'x', verb='stage').status_int)
        self.assertIn("'container_format' needs to be set",
                      self.refused(409, self.bring_in(image)))

    def test_bodies_that_make_no_sense(self):
        image = self.staged()
        for body in ({}, [], None, {'method': {}}, {'method': 'glance-direct'},
                     {'method': {'name': 'carrier-pigeon'}}, {'method': {'name': 1}},
                     {'method': {'name': 'web-download', 'uri': 'http://example.com/'}},
                     {**DIRECT, 'all_stores': 'yes'}, {**DIRECT, 'stores': 'file'},
                     {**DIRECT, 'all_stores_must_succeed': 1}):
            self.refused(400, self.bring_in(image, body))
        self.refused(409, self.bring_in(image, {**DIRECT, 'stores': ['nope']}))
        self.refused(404, self.bring_in({'id': str(uuid.uuid4())}))
        self.assertEqual('uploading', self.show(image['id'])['status'])

    def test_staging_that_breaks_off(self):
        image = self.cloud.create()
        before = self.cloud.files()
        response = self.ask(
            'PUT', f'/v2/images/{image["id"]}/stage', b'short',
            headers={'Content-Type': 'application/octet-stream'}, CONTENT_LENGTH='100')
        self.refused(400, response)
        self.assertEqual('queued', self.show(image['id'])['status'])
        self.assertEqual(before, self.cloud.files())

    def test_deleting_what_is_staged(self):
        before = self.cloud.files()
        image = self.staged()
        self.assertEqual(204, self.ask('DELETE', f'/v2/images/{image["id"]}').status_int)
        self.assertEqual(before, self.cloud.files())


class StoresTest(StagedCase):

    settings = 'stores = fast,slow,far\n'

    def test_what_there_is(self):
        self.assertEqual(
            {'stores': [{'id': 'fast', 'default': 'true'}, {'id': 'slow'}, {'id': 'far'}]},
            self.ask('GET', '/v2/info/stores').json)
        self.refused(403, self.ask('GET', '/v2/info/stores/detail'))
        for who in ('admin', 'service'):
            detail = self.ask('GET', '/v2/info/stores/detail', who=who).json['stores']
            self.assertEqual(['file'] * 3, [store['type'] for store in detail])

    def test_upload_into_one(self):
        image = self.cloud.create()
        self.cloud.upload(image['id'], b'data', **{'X-Image-Meta-Store': 'slow'})
        self.assertEqual('slow', self.show(image['id'])['stores'])
        self.assertEqual(b'data', self.ask('GET', image['file']).body)

    def test_import_into_some_and_all(self):
        for body, stores in (({**DIRECT, 'stores': ['far', 'slow']}, 'slow,far'),
                             ({**DIRECT, 'all_stores': True}, 'fast,slow,far'),
                             (DIRECT, 'fast')):
            image = self.staged()
            self.assertEqual(202, self.bring_in(image, body).status_int)
            self.assertEqual(('active', stores), (
                self.imported(image)['status'], self.show(image['id'])['stores']))

    def test_copy(self):
        image = self.cloud.make(b'data')
        copy = {'method': {'name': 'copy-image'}}
        self.refused(403, self.bring_in(image, {**copy, 'stores': ['slow']}))
        response = self.bring_in(image, {**copy, 'stores': ['slow']}, 'admin')
        self.assertEqual(202, response.status_int, response.text)
        self.assertEqual('fast,slow', self.imported(image)['stores'])
        self.refused(400, self.bring_in(image, {**copy, 'stores': ['slow']}, 'admin'))
        self.bring_in(image, {**copy, 'all_stores': True}, 'admin')
        self.assertEqual('fast,slow,far', self.imported(image)['stores'])
        self.refused(409, self.bring_in(self.cloud.create(), copy, 'admin'))

    def test_delete_from_one(self):
        image = self.staged()
        self.bring_in(image, {**DIRECT, 'all_stores': True})
        self.imported(image)
        path = f'/{image["id"]}'
        self.refused(403, self.ask('DELETE', '/v2/stores/fast' + path))
        for store, code in (('nope', 409), ('fast', 204), ('fast', 404), ('slow', 204),
                            ('far', 403)):
            response = self.ask('DELETE', f'/v2/stores/{store}{path}', who='admin')
            self.assertEqual(code, response.status_int, store)
        self.assertEqual('far', self.show(image['id'])['stores'])
        self.assertEqual(b'staged data', self.ask('GET', image['file']).body)

    def test_locations_are_for_services(self):
        image = self.cloud.make()
        path = f'/v2/images/{image["id"]}/locations'
        self.refused(403, self.ask('GET', path))
        (found,) = self.ask('GET', path, who='admin').json
        self.assertEqual({'store': 'fast'}, found['metadata'])
        self.assertTrue(found['url'].startswith('file:///'))


class NoStagingTest(ImageCase):

    settings = 'import_methods =\n'

    def test_it_says_so(self):
        response = self.ask('POST', '/v2/images', {'disk_format': 'raw'})
        self.assertNotIn('OpenStack-image-import-methods', response.headers)
        self.refused(404, self.cloud.upload(response.json['id'], b'x', verb='stage'))
        self.assertEqual([], self.ask('GET', '/v2/info/import').json['import-methods']['value'])


class Server(http.server.BaseHTTPRequestHandler):
    """Something to download from."""

    def do_GET(self):
        if self.path == '/elsewhere':
            self.send_response(302)
            self.send_header('Location', 'http://10.0.0.1/')
        elif self.path == '/nothing':
            self.send_response(404)
        else:
            self.send_response(200)
            self.send_header('Content-Length', '10' if self.path == '/data' else '100')
        self.end_headers()
        self.wfile.write(b'downloaded')

    def log_message(self, *arguments):
        pass


class DownloadTest(StagedCase):

    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
        self.port = self.server.server_port
        self.settings = ('import_methods = glance-direct,web-download\n'
                         f'web_download_ports = {self.port}\nweb_download_hosts = 127.0.0.1\n')
        super().setUp()
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def fetch(self, path, image=None):
        image = image or self.cloud.create()
        uri = f'http://127.0.0.1:{self.port}{path}'
        return image, self.bring_in(image, {'method': {'name': 'web-download', 'uri': uri}})

    def test_from_where_it_may(self):
        image, response = self.fetch('/data')
        self.assertEqual(202, response.status_int, response.text)
        shown = self.imported(image)
        self.assertEqual(('active', 10, digests(b'downloaded')[0]),
                         (shown['status'], shown['size'], shown['checksum']))

    def test_what_goes_wrong(self):
        before = self.cloud.files()
        for path in ('/nothing', '/short', '/elsewhere'):
            image, response = self.fetch(path)
            self.assertEqual(202, response.status_int, response.text)
            self.assertEqual('queued', self.imported(image)['status'], path)
            (task,) = self.ask('GET', f'/v2/images/{image["id"]}/tasks').json['tasks']
            self.assertEqual('failure', task['status'])
            self.assertTrue(task['message'])
        self.assertEqual(before, self.cloud.files())

    def test_from_where_it_may_not(self):
        image = self.cloud.create()
        for uri in ('file:///etc/passwd', 'ftp://127.0.0.1/', 'http://127.0.0.1/x', 'nonsense',
                    'http://localhost:22/', f'http://10.0.0.1:{self.port}/', 'http://[::1',
                    f'http://user:pass@127.0.0.1:{self.port}/', ''):
            response = self.bring_in(image, {'method': {'name': 'web-download', 'uri': uri}})
            self.assertEqual(400, response.status_int, uri)
        self.assertEqual('queued', self.show(image['id'])['status'])

    def test_a_task_of_the_older_api(self):
        def task(**changes):
            wish = {'import_from': f'http://127.0.0.1:{self.port}/data',
                    'import_from_format': 'raw', 'image_properties': {
                        'name': 'by task', 'disk_format': 'raw', 'container_format': 'bare'}}
            return self.ask('POST', '/v2/tasks', {'type': 'import', 'input': {**wish, **changes}},
                            'admin')
        response = task()
        self.assertEqual(201, response.status_int, response.text)
        path = f'/v2/tasks/{response.json["id"]}'
        self.assertTrue(response.headers['Location'].endswith(path))
        ended = wait_for(lambda: next((one for one in [self.ask('GET', path, who='admin').json]
                                       if one['status'] == 'success'), None))
        image = self.show(ended['result']['image_id'], 'admin')
        self.assertEqual(('active', 'by task', 10),
                         (image['status'], image['name'], image['size']))
        self.refused(400, task(import_from='file:///etc/passwd'))
        self.refused(400, task(image_properties={'min_disk': -1}))


class TaskTest(StagedCase):

    def test_only_for_administrators(self):
        for method, path, body in (('GET', '/v2/tasks', None), ('GET', '/v2/tasks/x', None),
                                   ('POST', '/v2/tasks', {})):
            self.refused(403, self.ask(method, path, body))
        self.refused(405, self.ask('DELETE', '/v2/tasks/x', who='admin'))

    def test_lists(self):
        for _ in range(3):
            self.bring_in(self.staged())
        page = self.ask('GET', '/v2/tasks?limit=2&status=success', who='admin').json
        self.assertEqual(2, len(page['tasks']))
        self.assertNotIn('input', page['tasks'][0])
        rest = self.ask('GET', page['next'], who='admin').json['tasks']
        self.assertEqual(1, len(rest))
        task = self.ask('GET', rest[0]['self'], who='admin').json
        self.assertEqual(('success', 'ours'), (task['status'], task['owner']))
        self.assertEqual([], self.ask('GET', '/v2/tasks?status=failure', who='admin')
                         .json['tasks'])

    def test_what_makes_no_sense(self):
        for query in ('status=maybe', 'type=other', 'limit=x', 'limit=-1', 'marker=nope',
                      'sort_dir=up', 'sort_key=input', f'marker={uuid.uuid4()}'):
            self.refused(400, self.ask('GET', f'/v2/tasks?{query}', who='admin'))
        for body in ({}, [], {'type': 'import'}, {'type': 'other', 'input': {}},
                     {'type': 'import', 'input': {}}, {'type': 'import', 'input': []}):
            self.refused(400, self.ask('POST', '/v2/tasks', body, 'admin'))
        self.refused(404, self.ask('GET', f'/v2/tasks/{uuid.uuid4()}', who='admin'))
        self.refused(404, self.ask('GET', '/v2/tasks/nope', who='admin'))
        wish = {'import_from': 'http://example.com/', 'import_from_format': 'raw',
                'image_properties': {}}
        self.refused(400, self.ask('POST', '/v2/tasks', {'type': 'import', 'input': wish},
                                   'admin'))
