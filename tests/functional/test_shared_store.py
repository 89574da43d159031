"""Gateways of several hosts, with one database and one folder of keys."""
import concurrent.futures
import contextlib
import os
import subprocess
import sys
import unittest

import fixtures
import requests
import testtools

from tests.fixtures.databases import SERVERS
from tests.fixtures.gateway import Gateway

_PASSWORD = 'of-the-first-start'
_SCOPE = {'project': {'name': 'admin', 'domain': {'name': 'Default'}}}


class _Shared:
    """All tests of a class share two gateways, which have started at once: that is a race too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        connection = cls.connection(stack)
        keys = stack.enter_context(fixtures.TempDir()).path
        env = {'OS_DATABASE__CONNECTION': connection, 'OS_FERNET_TOKENS__KEY_REPOSITORY': keys,
               'OS_IDENTITY__ADMIN_PASSWORD': _PASSWORD}
        subprocess.run([sys.executable, '-m', 'jumpgate.cmd.main', 'keys', 'setup'], check=True,
                       env={**os.environ, **env}, stdout=subprocess.DEVNULL)
        gateways = [Gateway(config={'identity': {'password_hash_rounds': 4}}, env=env, workers=2)
                    for _ in range(2)]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            cls.one, cls.other = pool.map(stack.enter_context, gateways)

    def call(self, gateway, method, path, token=None, code=None, **options):
        headers = {'X-Auth-Token': token} if token else {}
        answer = requests.request(method, gateway.url + path, timeout=30,
                                  headers={**headers, **options.pop('headers', {})}, **options)
        if code is not None:
            self.assertEqual(code, answer.status_code, answer.text)
        return answer

    def login(self, gateway, name='admin', password=_PASSWORD, scope=_SCOPE, code=201):
        user = {'name': name, 'password': password, 'domain': {'name': 'Default'}}
        auth = {'identity': {'methods': ['password'], 'password': {'user': user}}}
        if scope:
            auth['scope'] = scope
        answer = self.call(gateway, 'POST', '/v3/auth/tokens', code=code, json={'auth': auth})
        return answer.headers.get('X-Subject-Token')

    def test_tokens_hold_at_both_and_end_at_both(self):
        token = self.login(self.one)
        mine = self.login(self.other)
        for _ in range(4):
            # each worker of both
            for gateway in (self.one, self.other):
                self.call(gateway, 'GET', '/v3/users', token, 200)
        self.call(self.other, 'DELETE', '/v3/auth/tokens', mine, 204,
                  headers={'X-Subject-Token': token})
        for _ in range(4):
            for gateway in (self.one, self.other):
                self.call(gateway, 'GET', '/v3/users', token, 401)
        self.call(self.one, 'GET', '/v3/users', mine, 200)

    def test_what_one_makes_the_other_knows(self):
        admin = self.login(self.one)
        user = self.call(self.one, 'POST', '/v3/users', admin, 201, json={
            'user': {'name': 'somebody', 'password': 'secret'}}).json()['user']
        theirs = self.login(self.other, 'somebody', 'secret', scope=None)
        path = f'/v3/users/{user["id"]}'
        self.call(self.one, 'GET', path, theirs, 200)
        self.call(self.one, 'PATCH', path, admin, 200, json={'user': {'enabled': False}})
        self.call(self.other, 'GET', path, theirs, 401)
        self.login(self.other, 'somebody', 'secret', scope=None, code=401)

    def test_one_name_for_one(self):
        admin = self.login(self.one)

        def create(gateway):
            return self.call(gateway, 'POST', '/v3/projects', admin, json={
                'project': {'name': 'wanted by many'}}).status_code

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(create, [self.one, self.other] * 4))
        self.assertEqual([201, *[409] * 7], sorted(codes))

    def test_the_first_start_was_one(self):
        admin = self.login(self.one)
        for collection in ('users', 'projects'):
            found = self.call(self.other, 'GET', f'/v3/{collection}', admin, 200).json()
            names = [one['name'] for one in found[collection]]
            self.assertEqual((1, 1), (names.count('admin'), names.count('demo')))
        images = self.call(self.other, 'GET', '/image/v2/images', admin, 200).json()['images']
        self.assertEqual(2, len(images))


class SQLite(_Shared, testtools.TestCase):
    """A file: two gateways of one machine can share even that."""

    @classmethod
    def connection(cls, stack):
        return f'sqlite:///{stack.enter_context(fixtures.TempDir()).path}/shared.sqlite'


class PostgreSQL(_Shared, testtools.TestCase):
    server = 'postgresql'

    @classmethod
    def connection(cls, stack):
        if not SERVERS[cls.server].is_installed():
            raise unittest.SkipTest(f'{cls.server} is not installed')
        return stack.enter_context(SERVERS[cls.server]()).url


class MariaDB(PostgreSQL):
    server = 'mariadb'
