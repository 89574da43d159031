"""The data of images: upload, download, ranges, what goes wrong on the way."""
import io
import os
import threading

import testtools

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.image.models.images import Status
from jumpgate.image.upload import Upload
from tests.fixtures.images import OCTETS, digests
from tests.functional.image.base import ImageCase

ADMIN = RequestContext(user_id='admin', is_admin=True, roles=('admin',))


class Broken(io.RawIOBase):
    """A body that ends too early, one way or another."""

    def __init__(self, data, error=None):
        super().__init__()
        self._data = data
        self._error = error

    def read(self, size=-1):
        found, self._data = self._data[:size], self._data[size:]
        if not found and self._error is not None:
            raise self._error
        return found


class UploadTest(ImageCase):

    def test_hashes_and_sizes(self):
        data = os.urandom(3 * 256 * 1024 + 17)
        image = self.cloud.make(data)
        md5, sha512 = digests(data)
        for name, value in (
                ('status', 'active'), ('checksum', md5), ('os_hash_algo', 'sha512'),
                ('os_hash_value', sha512), ('size', len(data)), ('virtual_size', len(data)),
                ('stores', 'file')):
            self.assertEqual(value, image[name], name)
        response = self.ask('GET', image['file'])
        self.assertEqual(200, response.status_int)
        self.assertEqual(data, response.body)
        self.assertEqual(md5, response.headers['Content-MD5'])
        self.assertEqual(str(len(data)), response.headers['Content-Length'])
        self.assertEqual(OCTETS, response.content_type)

    def test_chunked(self):
        image = self.cloud.create()
        data = os.urandom(100_000)
        response = self.ask(
            'PUT', image['file'], headers={'Content-Type': OCTETS, 'Transfer-Encoding': 'chunked'},
            **{'wsgi.input': io.BytesIO(data), 'CONTENT_LENGTH': ''})
        self.assertEqual(204, response.status_int, response.text)
        self.assertEqual(data, self.ask('GET', image['file']).body)

    def test_nothing_at_all(self):
        image = self.cloud.make(b'')
        self.assertEqual((0, 'active'), (image['size'], image['status']))
        self.assertEqual(b'', self.ask('GET', image['file']).body)

    def test_before_there_is_any(self):
        image = self.cloud.create()
        response = self.ask('GET', image['file'])
        self.assertEqual((204, b''), (response.status_int, response.body))

    def test_only_once(self):
        image = self.cloud.make(b'first')
        response = self.cloud.upload(image['id'], b'second')
        self.assertIn('from active to saving is not allowed', self.refused(409, response))
        self.assertEqual(b'first', self.ask('GET', image['file']).body)

    def test_without_formats(self):
        bare = self.ask('POST', '/v2/images', {}).json
        self.assertIn('disk_format, container_format must be set',
                      self.refused(400, self.cloud.upload(bare['id'], b'x')))
        half = self.ask('POST', '/v2/images', {'disk_format': 'raw'}).json
        self.assertIn('container_format must be set',
                      self.refused(400, self.cloud.upload(half['id'], b'x')))
        self.assertEqual('queued', self.show(half['id'])['status'])

    def test_other_media_types(self):
        image = self.cloud.create()
        for kind in ('application/json', 'text/plain', ''):
            response = self.ask('PUT', image['file'], b'x', headers={'Content-Type': kind})
            self.refused(415, response)

    def test_an_unknown_store(self):
        image = self.cloud.create()
        response = self.cloud.upload(image['id'], b'x', **{'X-Image-Meta-Store': 'nope'})
        self.refused(400, response)
        self.assertEqual('queued', self.show(image['id'])['status'])

    def test_broken_off(self):
        image = self.cloud.create()
        before = self.cloud.files()
        for source, environ in (
                (Broken(b'x' * 1000), {'CONTENT_LENGTH': '300000'}),
                (Broken(b'x' * 1000, OSError('reset')), {'CONTENT_LENGTH': '300000'}),
                (Broken(b'x' * 1000, ValueError('bad chunk')),
                 {'CONTENT_LENGTH': '', 'HTTP_TRANSFER_ENCODING': 'chunked'})):
            response = self.ask('PUT', image['file'], headers={'Content-Type': OCTETS},
                                **{'wsgi.input': source, **environ})
            self.refused(400, response)
            shown = self.show(image['id'])
            self.assertEqual(('queued', None, None),
                             (shown['status'], shown['size'], shown['checksum']))
            self.assertEqual(before, self.cloud.files())
        self.assertEqual(204, self.cloud.upload(image['id'], b'whole').status_int)

    def test_a_declared_size_that_is_wrong(self):
        image = self.cloud.create()
        for size in ('5', 'many', '-1', '9' * 30):
            response = self.cloud.upload(image['id'], b'1234', **{'X-OpenStack-Image-Size': size})
            self.refused(400, response)
            self.assertEqual('queued', self.show(image['id'])['status'])
        response = self.cloud.upload(image['id'], b'1234', **{'X-OpenStack-Image-Size': '4'})
        self.assertEqual(204, response.status_int)

    def test_deleted_meanwhile(self):
        image = self.cloud.create()
        cloud = self.cloud

        class Source:
            read_once = False

            def read(self, size):
                if self.read_once:
                    return b''
                self.read_once = True
                cloud.driver.delete_image(ADMIN, image['id'])
                return b'data'

        before = cloud.files()
        response = self.ask('PUT', image['file'],
                            headers={'Content-Type': OCTETS, 'Transfer-Encoding': 'chunked'},
                            **{'wsgi.input': Source(), 'CONTENT_LENGTH': ''})
        self.assertIn('could not be found after upload', self.refused(410, response))
        self.assertEqual(before, cloud.files())

    def test_by_two_at_once(self):
        image = self.cloud.create()
        begun, go_on = threading.Event(), threading.Event()

        class Slow:
            left = [b'a' * 10, b'']

            def read(self, size):
                begun.set()
                go_on.wait(30)
                return self.left.pop(0)

        first = []

        def slow():
            first.append(self.ask(
                'PUT', image['file'], headers={
                    'Content-Type': OCTETS, 'Transfer-Encoding': 'chunked'},
                **{'wsgi.input': Slow(), 'CONTENT_LENGTH': ''}))
        thread = threading.Thread(target=slow)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(go_on.set)
        self.assertTrue(begun.wait(30))
        self.assertEqual('saving', self.show(image['id'])['status'])
        self.refused(409, self.cloud.upload(image['id'], b'b' * 10))
        self.refused(409, self.cloud.upload(image['id'], b'b' * 10, verb='stage'))
        go_on.set()
        thread.join()
        self.assertEqual(204, first[0].status_int)
        self.assertEqual(b'a' * 10, self.ask('GET', image['file']).body)

    def test_by_many_at_once(self):
        image = self.cloud.create()
        codes = []

        def send(number):
            codes.append(self.cloud.upload(image['id'], b'%d' % number * 1000).status_int)
        threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([204] + [409] * 7, sorted(codes))
        self.assertEqual(1000, self.show(image['id'])['size'])

    def test_after_a_process_died_on_it(self):
        image = self.cloud.create()
        source = Upload(Broken(b'half'), 100, limit=100)
        files = self.cloud.driver.files['file']
        before = self.cloud.files()
        # what a killed process leaves behind: a row that says saving, and an unlocked file
        upload = self.cloud.driver._claimed(ADMIN, image['id'], Status.SAVING, files)
        incoming = upload.__enter__()
        incoming.write(source.read(4))
        incoming._file.close()
        self.assertNotEqual(before, self.cloud.files())
        self.assertEqual('queued', self.show(image['id'])['status'])
        self.assertEqual(before, self.cloud.files())
        self.assertEqual(204, self.cloud.upload(image['id'], b'whole').status_int)


class FormatTest(ImageCase):

    def test_junk_is_no_qcow2(self):
        image = self.cloud.create(disk_format='qcow2')
        before = self.cloud.files()
        response = self.cloud.upload(image['id'], b'junk' * 1000)
        self.assertIn('does not match', self.refused(415, response))
        self.assertEqual('queued', self.show(image['id'])['status'])
        self.assertEqual(before, self.cloud.files())

    def test_a_real_qcow2(self):
        header = (b'QFI\xfb' + (3).to_bytes(4, 'big') + bytes(16) + (1 << 30).to_bytes(8, 'big')
                  + bytes(68) + (104).to_bytes(4, 'big'))
        image = self.cloud.make(header.ljust(70000, b'\0'), disk_format='qcow2')
        self.assertEqual((70000, 1 << 30), (image['size'], image['virtual_size']))

    def test_what_is_not_looked_into(self):
        self.assertEqual('active', self.cloud.make(
            b'junk', disk_format='qcow2', container_format='ovf')['status'])
        self.assertEqual('active', self.cloud.make(b'junk', disk_format='ami')['status'])


class LenientFormatTest(ImageCase):

    settings = 'require_format_match = false\n'

    def test_junk_may_call_itself_anything(self):
        image = self.cloud.make(b'junk' * 1000, disk_format='qcow2')
        self.assertEqual(('active', None), (image['status'], image['virtual_size']))


class LimitTest(ImageCase):

    settings = 'size_limit = 1000\n'

    def test_data_over_the_limit(self):
        image = self.cloud.create()
        before = self.cloud.files()
        for headers, environ in (
                ({}, {}),
                ({'X-OpenStack-Image-Size': '1001'}, {}),
                ({'Transfer-Encoding': 'chunked'}, {'CONTENT_LENGTH': ''})):
            response = self.ask(
                'PUT', image['file'], headers={'Content-Type': OCTETS, **headers},
                **{'wsgi.input': io.BytesIO(b'x' * 1001), 'CONTENT_LENGTH': '1001', **environ})
            self.assertIn('too large', self.refused(413, response))
            self.assertEqual('queued', self.show(image['id'])['status'])
            self.assertEqual(before, self.cloud.files())
        self.assertEqual(204, self.cloud.upload(image['id'], b'x' * 1000).status_int)


class RangeTest(ImageCase):

    def setUp(self):
        super().setUp()
        self.data = bytes(range(256)) * 2000
        self.image = self.cloud.make(self.data)

    def get(self, text, name='Range'):
        return self.ask('GET', self.image['file'], headers={name: text})

    def test_parts(self):
        size = len(self.data)
        for text, start, stop in (
                ('bytes=0-0', 0, 1), ('bytes=10-19', 10, 20), ('bytes=300000-', 300000, size),
                ('bytes=-7', size - 7, size), (f'bytes=-{size + 5}', 0, size),
                (f'bytes=5-{size * 2}', 5, size), (f'bytes={size - 1}-', size - 1, size),
                ('BYTES = 3 - 4', 3, 5)):
            response = self.get(text)
            self.assertEqual(206, response.status_int, text)
            self.assertEqual(self.data[start:stop], response.body, text)
            self.assertEqual(f'bytes {start}-{stop - 1}/{size}',
                             response.headers['Content-Range'], text)
            self.assertEqual(str(stop - start), response.headers['Content-Length'], text)

    def test_parts_that_there_are_not(self):
        size = len(self.data)
        for text in (f'bytes={size}-', 'bytes=9-5', 'bytes=a-b', 'bytes=-', 'bytes', 'bytes=1',
                     'lines=1-2', '', 'bytes=-0', 'bytes=-1-5',
                     'bytes=٣-٤'.encode().decode('latin-1')):
            response = self.get(text)
            self.assertEqual(416, response.status_int, text)
            self.assertEqual(f'bytes */{size}', response.headers['Content-Range'])
        self.refused(400, self.get('bytes=1-2,4-5'))

    def test_the_wrong_header_that_old_clients_send(self):
        response = self.get('bytes 2-3/*', 'Content-Range')
        self.assertEqual((206, self.data[2:4]), (response.status_int, response.body))
        self.refused(416, self.get('bytes 3-2/10', 'Content-Range'))


class StreamTest(testtools.TestCase):
    """What reads an upload."""

    def test_no_more_than_was_declared(self):
        source = io.BytesIO(b'0123456789')
        upload = Upload(source, 4, limit=100)
        self.assertEqual(b'0123', upload.read(100))
        self.assertEqual(b'', upload.read(100))
        self.assertEqual(4, source.tell())

    def test_no_more_at_a_time_than_asked_for(self):
        class Source:
            asked = []

            def read(self, size):
                self.asked.append(size)
                return b'x' * size
        upload = Upload(Source(), 10, limit=100)
        while upload.read(4):
            pass
        self.assertEqual([4, 4, 2], Source.asked)

    def test_less_than_was_declared(self):
        upload = Upload(io.BytesIO(b'01'), 4, limit=100)
        upload.read(100)
        self.assertRaises(errors.Invalid, upload.read, 100)
