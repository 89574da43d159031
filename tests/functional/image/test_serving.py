"""The image service over a socket, with four workers: what clients and dying processes do to it."""
import concurrent.futures
import json
import os
import pathlib
import signal
import uuid

import requests
import testtools

from tests.fixtures.gateway import Gateway, wait_for
from tests.fixtures.images import OCTETS
from tests.fixtures.raw_http import Client

_PASSWORD = 'a-password'
_MIB = 1024 * 1024
_LIMIT = 64 * _MIB


class ServingTest(testtools.TestCase):
    """All tests share a gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = Gateway(
            config={'identity': {'password_hash_rounds': 4}, 'image': {'size_limit': _LIMIT}},
            env={'OS_IDENTITY__ADMIN_PASSWORD': _PASSWORD}, workers=4)
        cls.gateway.setUp()
        cls.addClassCleanup(cls.gateway.cleanUp)
        user = {'name': 'admin', 'password': _PASSWORD, 'domain': {'name': 'Default'}}
        answer = requests.post(cls.gateway.url + '/v3/auth/tokens', timeout=30, json={'auth': {
            'identity': {'methods': ['password'], 'password': {'user': user}},
            'scope': {'project': {'name': 'admin', 'domain': {'name': 'Default'}}}}})
        cls.token = answer.headers['X-Subject-Token']

    def ask(self, method, path, code=None, headers=None, **options):
        answer = requests.request(
            method, f'{self.gateway.url}/image/v2{path}', timeout=60,
            headers={'X-Auth-Token': self.token, **(headers or {})}, **options)
        if code is not None:
            self.assertEqual(code, answer.status_code, answer.text)
        return answer

    def create(self, **fields):
        wish = {'disk_format': 'raw', 'container_format': 'bare', **fields}
        return self.ask('POST', '/images', 201, json=wish).json()['id']

    def upload(self, image_id, data, code=None):
        return self.ask('PUT', f'/images/{image_id}/file', code, {'Content-Type': OCTETS},
                        data=data)

    def status(self, image_id):
        return self.ask('GET', f'/images/{image_id}', 200).json()['status']

    def files(self):
        folder = pathlib.Path(self.gateway.state_dir, 'images')
        return {path.name for path in folder.rglob('*') if path.is_file()}

    def head(self, image_id, *lines):
        """What an upload begins with."""
        return '\r\n'.join((
            f'PUT /image/v2/images/{image_id}/file HTTP/1.1', 'Host: h',
            f'X-Auth-Token: {self.token}', f'Content-Type: {OCTETS}', *lines, '', '')).encode()

    def begin(self, image_id, *lines):
        """A connection on which an upload has begun that goes on."""
        client = Client(self.gateway.port)
        self.addCleanup(client.close)
        client.send(self.head(image_id, *lines))
        wait_for(lambda: self.status(image_id) == 'saving')
        return client

    def test_a_client_that_hangs_up(self):
        for lines, data in ((('Content-Length: 1000000',), b'x' * 5000),
                            (('Transfer-Encoding: chunked',), b'1388\r\n' + b'x' * 5000)):
            image_id = self.create()
            client = self.begin(image_id, *lines)
            client.send(data)
            client.close()
            wait_for(lambda image_id=image_id: self.status(image_id) == 'queued')
            wait_for(lambda image_id=image_id: image_id not in self.files())
            self.upload(image_id, b'again', 204)

    def test_a_worker_that_is_killed(self):
        image_id = self.create()
        client = self.begin(image_id, 'Content-Length: 1000000')
        client.send(b'x' * 5000)
        busy = wait_for(lambda: [
            worker for worker in self.gateway.workers()
            if any(opened.path.endswith(image_id) for opened in worker.open_files())])
        os.kill(busy[0].pid, signal.SIGKILL)
        wait_for(lambda: self.status(image_id) == 'queued')
        self.assertNotIn(image_id, self.files())
        self.upload(image_id, b'again', 204)
        self.assertEqual(b'again', self.ask('GET', f'/images/{image_id}/file', 200).content)
        wait_for(lambda: len(self.gateway.workers()) == 4)

    def test_data_over_the_limit(self):
        image_id = self.create()
        with Client(self.gateway.port) as client:
            client.send(self.head(image_id, f'Content-Length: {_LIMIT + 1}'))
            self.assertEqual(413, client.answer().status)
        with Client(self.gateway.port) as client:
            client.send(self.head(image_id, 'Transfer-Encoding: chunked'))
            for _ in range(_LIMIT // _MIB + 1):
                client.send(b'100000\r\n' + bytes(_MIB) + b'\r\n')
            client.send(b'0\r\n\r\n')
            answer = client.answer()
            # who goes on sending may find the connection closed instead
            self.assertIn(answer and answer.status, (413, None))
        wait_for(lambda: self.status(image_id) == 'queued')
        self.assertNotIn(image_id, self.files())

    def test_uploads_at_once(self):
        image_id = self.create()
        pieces = [bytes([number]) * _MIB for number in range(8)]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda piece: self.upload(image_id, piece).status_code, pieces))
        self.assertEqual([204] + [409] * 7, sorted(codes))
        self.assertEqual(pieces[codes.index(204)],
                         self.ask('GET', f'/images/{image_id}/file', 200).content)

    def test_creates_of_one_id_at_once(self):
        wish = {'id': str(uuid.uuid4())}
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(
                lambda _: self.ask('POST', '/images', json=wish).status_code, range(8)))
        self.assertEqual([201] + [409] * 7, sorted(codes))

    def test_changes_at_once_are_all_there(self):
        image_id = self.create()
        kind = {'Content-Type': 'application/openstack-images-v2.1-json-patch'}

        def change(number):
            operation = {'op': 'add', 'path': f'/p{number}', 'value': str(number)}
            self.ask('PATCH', f'/images/{image_id}', 200, kind, data=json.dumps([operation]))
            self.ask('PUT', f'/images/{image_id}/tags/t{number}', 204)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(change, range(16)))
        image = self.ask('GET', f'/images/{image_id}', 200).json()
        self.assertEqual({str(number) for number in range(16)},
                         {image.get(f'p{number}') for number in range(16)})
        self.assertEqual(16, len(image['tags']))

    def test_memory_stays_flat(self):
        data = os.urandom(_MIB)
        image_id = self.create()
        # the most that one had: another may just be starting in place of one that a test killed
        before = max(worker.memory_info().rss for worker in self.gateway.workers())
        self.upload(image_id, (data for _ in range(_LIMIT // _MIB)), 204)
        with self.ask('GET', f'/images/{image_id}/file', 200, stream=True) as answer:
            size = sum(len(chunk) for chunk in answer.iter_content(_MIB))
        self.assertEqual(_LIMIT, size)
        for worker in self.gateway.workers():
            self.assertLess(worker.memory_info().rss - before, _LIMIT // 2)

    def test_a_download_that_nobody_reads_to_its_end(self):
        image_id = self.create()
        self.upload(image_id, os.urandom(16 * _MIB), 204)
        with Client(self.gateway.port) as client:
            client.send(f'GET /image/v2/images/{image_id}/file HTTP/1.1\r\nHost: h\r\n'
                        f'X-Auth-Token: {self.token}\r\n\r\n'.encode())
            self.assertEqual(200, client.answer(bodyless=True).status)
        wait_for(lambda: not any(
            opened.path.endswith(image_id) for worker in self.gateway.workers()
            for opened in worker.open_files()))
