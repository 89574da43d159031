"""The built-in server, as processes: starting, reloading, stopping."""
import concurrent.futures
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading

import testtools

from tests.fixtures import gateway

APP = 'tests.fixtures.wsgi_app:make'


def get(port, path, method='GET', body=None, headers=None):
    """Status, headers and body of one request on a connection of its own."""
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def wait_for_others(served, old):
    """Wait until two other workers are in the place of `old`; return their process ids."""
    def others():
        found = {worker.pid for worker in served.workers()}
        return found if len(found) == 2 and not found & old else None
    return gateway.wait_for(others)


class ServeTest(testtools.TestCase):

    def serve(self, **options):
        return self.useFixture(gateway.serving(APP, **options))

    def test_it_says_where_it_listens_and_how_to_use_it(self):
        served = self.serve()
        self.assertIn(f'Jumpgate answers at {served.url}\n', served.log)
        self.assertIn(f'openrc --state-dir {served.state_dir})"', served.log)
        self.assertEqual(200, get(served.port, '/')[0])

    def test_the_state_folder_is_for_its_owner_only(self):
        served = self.serve()
        self.assertEqual(0o700, os.stat(served.state_dir).st_mode & 0o777)

    def test_the_environ(self):
        served = self.serve()
        status, _, body = get(served.port, '/a%2Fb%20c?d=%41',
                                    headers={'X-A': 'b', 'X_B': 'c', 'Content-Type': 'text/x'})
        environ = json.loads(body)
        self.assertEqual(200, status)
        self.assertEqual('/a/b c', environ['PATH_INFO'])
        self.assertEqual('/a%2Fb%20c', environ['RAW_PATH_INFO'])
        self.assertEqual('/a%2Fb%20c?d=%41', environ['REQUEST_URI'])
        self.assertEqual('d=%41', environ['QUERY_STRING'])
        self.assertEqual(('b', 'text/x'), (environ['HTTP_X_A'], environ['CONTENT_TYPE']))
        self.assertNotIn('HTTP_X_B', environ)
        self.assertEqual(('127.0.0.1', str(served.port), 'HTTP/1.1', 'http'), (
            environ['SERVER_NAME'], environ['SERVER_PORT'], environ['SERVER_PROTOCOL'],
            environ['wsgi.url_scheme']))
        self.assertEqual('127.0.0.1', environ['REMOTE_ADDR'])

    def test_workers_share_the_port(self):
        served = self.serve(workers=2)
        self.assertEqual(2, len(served.workers()))
        wanted = {str(worker.pid).encode() for worker in served.workers()}
        seen = set()

        def ask():
            # a slow request occupies nobody, so that either worker may take the next
            seen.add(get(served.port, '/pid')[2])
            return seen == wanted

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            gateway.wait_for(lambda: any(pool.map(lambda _: ask(), range(16))))

    def test_a_dead_worker_is_replaced(self):
        served = self.serve()
        worker, = served.workers()
        worker.kill()
        gateway.wait_for(lambda: [one for one in served.workers() if one.pid != worker.pid])
        self.assertEqual(200, get(served.port, '/pid')[0])
        self.assertIn(f'worker {worker.pid} died (signal 9)', served.log)

    def test_work_that_blocks_holds_up_nobody_else(self):
        served = self.serve()
        path = os.path.join(served.folder, 'working')
        with open(path, 'w'), concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(get, served.port, f'/hashing?{path}')
            try:
                for _ in range(20):
                    self.assertEqual(200, get(served.port, '/pid')[0])
                self.assertFalse(answer.done())
            finally:
                os.unlink(path)
            self.assertEqual(b'hashed', answer.result()[2])

    def test_a_stop_lets_requests_finish(self):
        served = self.serve()
        begun = os.path.join(served.folder, 'begun')
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(get, served.port, f'/slow/1?{begun}')
            gateway.wait_for(lambda: os.path.exists(begun))
            self.assertEqual(0, served.stop())
            self.assertEqual((200, b'slow'), answer.result()[::2])
        self.assertRaises(ConnectionRefusedError, get, served.port, '/')
        # its line of the access log is not lost
        self.assertRegex(served.log, r'"GET /slow/1\?\S+" status: 200 len: 4 ')

    def test_a_stop_does_not_wait_for_ever(self):
        served = self.serve(config={'server': {'graceful_timeout': 1}})
        begun = os.path.join(served.folder, 'begun')
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            answer = pool.submit(get, served.port, f'/slow/600?{begun}')
            gateway.wait_for(lambda: os.path.exists(begun))
            self.assertEqual(0, served.stop())
            self.assertRaises((http.client.HTTPException, OSError), answer.result)

    def test_idle_connections_do_not_hold_up_a_stop(self):
        served = self.serve(config={'server': {'graceful_timeout': 600}})
        connection = http.client.HTTPConnection('127.0.0.1', served.port)
        self.addCleanup(connection.close)
        connection.request('GET', '/pid')
        connection.getresponse().read()
        self.assertEqual(0, served.stop())

    def test_a_worker_does_not_outlive_a_killed_parent(self):
        served = self.serve()
        worker, = served.workers()
        served.process.kill()
        gateway.wait_for(lambda: not worker.is_running() or worker.status() == 'zombie')

    def test_a_reload_refuses_no_connection(self):
        served = self.serve(workers=2)
        old = {worker.pid for worker in served.workers()}
        stop = threading.Event()
        answers = []

        def hammer():
            while not stop.is_set():
                answers.append(get(served.port, '/pid')[0::2])

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            hammers = [pool.submit(hammer) for _ in range(4)]
            try:
                for _ in range(2):
                    served.signal(signal.SIGHUP)
                    old = wait_for_others(served, old)
            finally:
                stop.set()
            for one in hammers:
                one.result()
        self.assertEqual({200}, {status for status, _ in answers})
        self.assertEqual(200, get(served.port, '/pid')[0])

    def test_a_reload_reads_the_configuration(self):
        served = self.serve(config={'server': {'max_request_line': 2000}})
        path = '/' + 'a' * 1500
        self.assertEqual(200, get(served.port, path)[0])
        served.write_config({'server': {'max_request_line': 1024, 'unix_socket': '/nowhere'}})
        served.signal(signal.SIGHUP)
        gateway.wait_for(lambda: get(served.port, path)[0] == 414)
        self.assertIn('restart the gateway', served.log)

    def test_a_reload_that_fails_changes_nothing(self):
        served = self.serve()
        worker, = served.workers()
        served.write_config({'server': {'max_headers': 'many'}})
        served.signal(signal.SIGHUP)
        gateway.wait_for(lambda: 'the reload failed' in served.log)
        served.write_config({'server': {'cert_file': '/nowhere'}})
        served.signal(signal.SIGHUP)
        gateway.wait_for(lambda: served.log.count('the reload failed') == 2)
        self.assertEqual(str(worker.pid).encode(), get(served.port, '/pid')[2])

    def test_a_worker_that_cannot_start_ends_the_start(self):
        served = self.useFixture(gateway.serving('tests.fixtures.nothing:make', wait=None))
        self.assertEqual(1, served.process.wait(60))
        self.assertIn('a worker did not start', served.log)
        self.assertIn('tests.fixtures.nothing', served.log)

    def test_a_port_in_use(self):
        with socket.create_server(('127.0.0.1', 0)) as taken:
            port = taken.getsockname()[1]
            done = subprocess.run(
                [sys.executable, '-m', 'jumpgate.cmd.main', 'serve', '--port', str(port)],
                cwd=gateway.ROOT, capture_output=True, text=True, timeout=60)
        self.assertEqual(1, done.returncode)
        self.assertIn(f'port {port} on 127.0.0.1 is in use', done.stderr)
        self.assertIn('--port', done.stderr)
        self.assertNotIn('Traceback', done.stderr)

    def test_a_unix_socket(self):
        folder = self.useFixture(gateway.fixtures.TempDir()).path
        path = os.path.join(folder, 'socket')
        served = self.serve(config={'server': {'unix_socket': path, 'unix_socket_mode': '600'}})
        self.assertEqual(0o600, os.stat(path).st_mode & 0o777)
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(30)
            sock.connect(path)
            sock.sendall(b'GET /pid HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
            answer = http.client.HTTPResponse(sock)
            answer.begin()
            self.assertEqual(200, answer.status)
        self.assertEqual(200, get(served.port, '/pid')[0])
        # one that was left behind is no hindrance, one in use is
        second = self.useFixture(gateway.serving(
            APP, wait=None, config={'server': {'unix_socket': path}}))
        self.assertEqual(1, second.process.wait(60))
        self.assertIn('is in use', second.log)
        served.kill()
        self.assertTrue(os.path.exists(path))
        self.serve(config={'server': {'unix_socket': path}})

    def test_tls(self):
        folder = self.useFixture(gateway.fixtures.TempDir()).path
        cert, key = os.path.join(folder, 'cert.pem'), os.path.join(folder, 'key.pem')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2',
                        '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1',
                        '-keyout', key, '-out', cert], check=True, capture_output=True)
        served = self.serve(config={'server': {'cert_file': cert, 'key_file': key}})
        self.assertTrue(served.url.startswith('https://127.0.0.1:'))
        context = ssl.create_default_context(cafile=cert)
        # neither a client that speaks no TLS nor one that says nothing holds up the others
        silent = socket.create_connection(('127.0.0.1', served.port))
        self.addCleanup(silent.close)
        with socket.create_connection(('127.0.0.1', served.port)) as plain:
            plain.sendall(b'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
            connection = http.client.HTTPSConnection('127.0.0.1', served.port, context=context,
                                                     timeout=30)
            self.addCleanup(connection.close)
            for _ in range(2):
                connection.request('GET', '/')
                environ = json.loads(connection.getresponse().read())
                self.assertEqual('https', environ['wsgi.url_scheme'])
        connection.request('GET', '/stream/64')
        self.assertEqual(64 * 65536, len(connection.getresponse().read()))
        connection.request('PUT', '/digest', body=b'x' * 3_000_000)
        self.assertTrue(connection.getresponse().read().startswith(b'3000000 '))
        self.assertEqual(0, served.stop())

    def test_a_certificate_that_is_not_there(self):
        served = self.useFixture(gateway.serving(
            APP, wait=None, config={'server': {'cert_file': '/nowhere.pem'}}))
        self.assertEqual(1, served.process.wait(60))
        self.assertIn('[server] cert_file = /nowhere.pem', served.log)
        self.assertNotIn('Traceback', served.log)


class GatewayTest(testtools.TestCase):
    """The same with the gateway itself."""

    def refused(self, config, env=None):
        served = self.useFixture(gateway.Gateway(config=config, env=env, wait=None))
        self.assertEqual(1, served.process.wait(60))
        self.assertNotIn('Traceback', served.log)
        return served.log

    def test_the_sandbox(self):
        served = self.useFixture(gateway.Gateway(
            workers=2, env={'OS_IDENTITY__ADMIN_PASSWORD': 'a-password'}))
        status, headers, body = get(served.port, '/v3/auth/tokens', 'POST', json.dumps({
            'auth': {'identity': {'methods': ['password'], 'password': {'user': {
                'name': 'admin', 'domain': {'id': 'default'}, 'password': 'a-password'}}},
                     'scope': {'project': {'name': 'admin', 'domain': {'id': 'default'}}}}}),
            {'Content-Type': 'application/json'})
        self.assertEqual(201, status, body)
        token = headers['X-Subject-Token']
        asked = {'X-Auth-Token': token, 'X-Subject-Token': token}
        # either worker knows it
        self.assertEqual({200}, {get(served.port, '/v3/auth/tokens', headers=asked)[0]
                                 for _ in range(10)})
        legacy = f'/v2.0/tokens/{token}?token={token}'
        get(served.port, legacy, headers=asked)
        get(served.port, legacy.replace('tokens', 'tok%65ns'), headers=asked)
        served.stop()
        found = json.loads(body)['token']
        who = f'{found["user"]["id"]} {found["project"]["id"]}'
        self.assertRegex(served.log,
                         rf'\[req-[-0-9a-f]{{36}} {who}\] "GET /v3/auth/tokens" status: 200 len: ')
        self.assertIn('"GET /v2.0/tokens/***?token=***" status: ', served.log)
        self.assertNotIn(token, served.log)
        self.assertNotIn('a-password', served.log)

    def test_a_port_for_each_service(self):
        ports = dict(zip(('identity', 'compute'), gateway.free_ports(2), strict=True))
        served = self.useFixture(gateway.Gateway(config={
            'compute': {'driver': 'tests.fixtures.idle_driver'}, 'image': {'driver': ''},
            'server': {'per_service_ports': 'true', 'service_ports': ','.join(
                f'{name}:{port}' for name, port in ports.items())}}))
        self.assertEqual({f'{name}_port': f'http://127.0.0.1:{port}'
                          for name, port in ports.items()}, served.urls)
        _, _, body = get(ports['identity'], '/v3')
        link = json.loads(body)['version']['links'][0]['href']
        self.assertEqual(f'http://127.0.0.1:{ports["identity"]}/v3/', link)
        self.assertEqual(401, get(ports['compute'], '/v2.1/servers')[0])
        # the dialect of what is refused before a path was understood follows the port
        for name, key in (('identity', 'error'), ('compute', 'badRequest')):
            _, _, body = get(ports[name], '/', headers={'Content-Length': '+1'})
            self.assertEqual([key], list(json.loads(body)))

    def test_what_is_wrong_is_said_in_the_words_of_check(self):
        self.assertIn('[compute] driver = no.such.driver: there is no such module', self.refused(
            {'compute': {'driver': 'no.such.driver'}}))
        self.assertIn('has no function setup_routes', self.refused(
            {'compute': {'driver': 'json'}}))
        self.assertIn('[api] max_json_depth', self.refused({'api': {'max_json_depth': 'deep'}}))
        self.assertIn('the Paste Deploy file nothing.ini was not found', self.refused(
            {'DEFAULT': {'paste_config': 'nothing.ini'}}))

    def test_a_worker_stays_small(self):
        served = self.useFixture(gateway.Gateway())
        self.assertEqual(200, get(served.port, '/v3')[0])
        worker, = served.workers()
        self.assertLess(worker.memory_info().rss, 90 * 2 ** 20)

    def test_a_start_costs_no_second_set_of_users(self):
        served = self.useFixture(gateway.Gateway())
        passwords = os.path.join(served.state_dir, 'passwords.json')
        with open(passwords) as file:
            first = file.read()
        served.stop()
        served.start()
        served.wait_until_ready()
        with open(passwords) as file:
            self.assertEqual(first, file.read())
