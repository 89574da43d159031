"""The sample configurations in etc/: each server is started with its own, and driven."""
import contextlib
import hashlib
import http.client
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig

import fixtures
import testtools

from tests.fixtures import gateway, streaming_driver

PASSWORD = 'a-password'
CONFIG = '[DEFAULT]\nstate_dir = {}\n[image]\ndriver = tests.fixtures.streaming_driver\n'
#: Where Debian has it.
MOD_WSGI = '/usr/lib/apache2/modules/mod_wsgi.so'


class WsgiServerTestCase:
    """What has to hold under every server; a test class mixes it in and says how to start one."""

    def setUp(self):
        super().setUp()
        self.folder = self.useFixture(fixtures.TempDir()).path
        self.port, = gateway.free_ports(1)
        self.state_dir = os.path.join(self.folder, 'state')
        config = self.write('jumpgate.conf', CONFIG.format(self.state_dir))
        self.env = {key: value for key, value in os.environ.items() if not key.startswith('OS_')}
        self.env.update(JUMPGATE_CONFIG=config, PYTHONPATH=gateway.ROOT)
        subprocess.run([sys.executable, '-m', 'jumpgate.cmd.main', 'db', 'upgrade'], check=True,
                       env={**self.env, 'OS_IDENTITY__ADMIN_PASSWORD': PASSWORD},
                       capture_output=True)
        self.start()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            file.write(text)
        return path

    def sample(self, name, replaced):
        """A sample of etc/ with values replaced; each of them must stand in it."""
        with open(os.path.join(gateway.ROOT, 'etc', name)) as file:
            text = file.read()
        for old, new in replaced.items():
            self.assertIn(old, text)
            text = text.replace(old, new)
        return self.write(name, text)

    def run_server(self, *command):
        """Start a server and wait until it answers; it is killed in the end."""
        log = os.path.join(self.folder, 'log')
        with open(log, 'w') as file:
            process = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL,
                                       stdout=file, stderr=file, cwd=self.folder,
                                       start_new_session=True)
        self.addCleanup(process.wait)
        self.addCleanup(self.kill, process)

        def answers():
            if process.poll() is not None:
                return True
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self.ask('GET', '/v3')[0] == 200
            return False

        gateway.wait_for(answers, 60, lambda: f'no answer: {self.logs()}')
        self.assertIsNone(process.poll(), self.logs())

    def kill(self, process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def logs(self):
        """All that the server wrote."""
        found = ''
        for name in ('log', 'error.log', 'access.log'):
            with contextlib.suppress(OSError), open(os.path.join(self.folder, name)) as file:
                found += file.read()
        return found

    def ask(self, verb, path, body=None, headers=(), **how):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            connection.request(verb, path, body=body, headers=dict(headers), **how)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def issue(self):
        """A token of admin's."""
        status, headers, body = self.ask('POST', '/v3/auth/tokens', json.dumps({
            'auth': {'identity': {'methods': ['password'], 'password': {'user': {
                'name': 'admin', 'domain': {'id': 'default'}, 'password': PASSWORD}}},
                     'scope': {'project': {'name': 'admin', 'domain': {'id': 'default'}}}}}),
            {'Content-Type': 'application/json'})
        self.assertEqual(201, status, body)
        catalog = json.loads(body)['token']['catalog']
        self.assertIn(f'http://127.0.0.1:{self.port}/identity',
                      [one['url'] for entry in catalog for one in entry['endpoints']])
        return headers['X-Subject-Token']

    def test_a_token_and_data_both_ways(self):
        token = {'X-Auth-Token': self.issue()}
        self.assertEqual(401, self.ask('GET', '/image/v2/images/3/file')[0])
        self.assertEqual(200, self.ask(
            'GET', '/v3/auth/tokens', headers={**token, 'X-Subject-Token': token['X-Auth-Token']}
        )[0])
        status, headers, body = self.ask('GET', '/image/v2/images/256/file', headers=token)
        expected = hashlib.sha256(streaming_driver.BLOCK * 256).hexdigest()
        self.assertEqual((200, str(16 * 2 ** 20)), (status, headers['Content-Length']))
        self.assertEqual(expected, hashlib.sha256(body).hexdigest())

        status, headers, body = self.ask('GET', '/image/v2/images/256/file?unannounced',
                                         headers=token)
        self.assertNotIn('Content-Length', headers)
        self.assertEqual(expected, hashlib.sha256(body).hexdigest())

        path = '/image/v2/images/1/file'
        status, _, body = self.ask('PUT', path, streaming_driver.BLOCK * 256, token)
        self.assertEqual({'length': 16 * 2 ** 20, 'sha256': expected}, json.loads(body))
        status, _, body = self.ask('PUT', path, iter([streaming_driver.BLOCK] * 256), token,
                                   encode_chunked=True)
        self.assertEqual({'length': 16 * 2 ** 20, 'sha256': expected}, json.loads(body))
        self.leave_to_continue(path, token)
        self.odd_requests(token)
        self.assertNotIn(token['X-Auth-Token'], self.logs())
        self.assertNotIn(PASSWORD, self.logs())

    def leave_to_continue(self, path, token):
        """A client that waits for leave to send its body gets it."""
        with socket.create_connection(('127.0.0.1', self.port), timeout=60) as sock:
            sock.sendall(f'PUT {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n'
                         f'X-Auth-Token: {token["X-Auth-Token"]}\r\nConnection: close\r\n'
                         'Expect: 100-continue\r\n\r\n'.encode())
            file = sock.makefile('rb')
            self.assertEqual(b'100', file.readline().split()[1])
            while file.readline().strip():
                pass
            sock.sendall(b'abc')
            self.assertEqual(b'200', file.readline().split()[1])

    def odd_requests(self, token):
        """What servers handle each in their own way reaches the gateway as it was sent."""
        status, _, body = self.ask('GET', '/v3/users/a%2Fb', headers=token)
        self.assertEqual((404, 'error'), (status, *json.loads(body)))
        status, _, body = self.ask('GET', '/v3/users/%FF', headers=token)
        self.assertEqual((400, 'error'), (status, *json.loads(body)))
        status, _, body = self.ask('HEAD', '/v3/auth/tokens', headers={
            **token, 'X-Subject-Token': token['X-Auth-Token']})
        self.assertEqual((200, b''), (status, body))
        self.assertEqual(200, self.ask('GET', '/v3', headers={'X-Long': 'a' * 8000})[0])


class GunicornTest(WsgiServerTestCase, testtools.TestCase):

    def start(self):
        path = self.sample('gunicorn.conf.py', {
            "'127.0.0.1:5000'": f"'127.0.0.1:{self.port}'"})
        self.run_server(sys.executable, '-m', 'gunicorn', '--config', path)


class UwsgiTest(WsgiServerTestCase, testtools.TestCase):

    def start(self):
        path = self.sample('uwsgi.ini', {
            '127.0.0.1:5000': f'127.0.0.1:{self.port}', '= /opt/jumpgate': f'= {sys.prefix}'})
        self.run_server(os.path.join(os.path.dirname(sys.executable), 'uwsgi'), '--ini', path)


class ApacheTest(WsgiServerTestCase, testtools.TestCase):

    def setUp(self):
        self.apache = shutil.which('apache2', path=os.environ['PATH'] + ':/usr/sbin')
        if self.apache is None or not os.path.exists(MOD_WSGI):
            self.skipTest('Apache with mod_wsgi is not installed: apt-get install apache2 '
                          'libapache2-mod-wsgi-py3')
        with open(MOD_WSGI, 'rb') as file:
            built_for = set(re.findall(rb'libpython(3\.\d+)', file.read()))
        ours = sysconfig.get_python_version()
        if ours.encode() not in built_for:
            self.skipTest(f'mod_wsgi was built for Python {built_for}, these tests run on {ours}')
        super().setUp()

    def start(self):
        user = pwd.getpwnam('www-data') if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.give_to(user)
        packages = sysconfig.get_path('purelib')
        text = self.sample('apache-jumpgate.conf', {
            'Listen 5000': f'Listen 127.0.0.1:{self.port}', '*:5000': f'127.0.0.1:{self.port}',
            'user=jumpgate group=jumpgate': f'user={user.pw_name} group=#{user.pw_gid}',
            'python-path=/opt/jumpgate/lib/python3.11/site-packages':
                f'python-path={packages}:{gateway.ROOT}',
            '/opt/jumpgate/lib/python3.11/site-packages/jumpgate': f'{gateway.ROOT}/jumpgate',
            '/var/log/apache2/jumpgate-': f'{self.folder}/'})
        modules = ('mpm_event', 'authz_core', 'reqtimeout')
        main = self.write('apache2.conf', '\n'.join((
            f'ServerRoot {self.folder}', 'ServerName 127.0.0.1', f'PidFile {self.folder}/pid',
            f'DefaultRuntimeDir {self.folder}', f'User #{user.pw_uid}', f'Group #{user.pw_gid}',
            f'ErrorLog {self.folder}/log',
            *(f'LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so'
              for name in modules),
            f'LoadModule wsgi_module {MOD_WSGI}', f'WSGISocketPrefix {self.folder}/wsgi',
            f'Include {text}', '')))
        self.run_server(self.apache, '-f', main, '-DFOREGROUND')

    def give_to(self, user):
        """Let Apache's user at what the test has made."""
        os.chmod(self.folder, 0o755)
        if os.getuid() == 0:
            for folder, _, files in os.walk(self.folder):
                for name in ('.', *files):
                    os.chown(os.path.join(folder, name), user.pw_uid, user.pw_gid)
