"""Bad input to every operation: a clear refusal, never a failure of ours."""
import itertools
import threading

from jumpgate.identity import SERVICE
from jumpgate.store.engine import open_store
from tests.fixtures.identity import IdentityCase

_ODD_IDS = ('nope', 'x' * 255, 'x' * 256, 'x' * 3000, '%C3%BC', '%F0%9F%98%80', '%20', '%2e%2e',
            "'--", '%25s', '%7Bid%7D', '-1', '0', 'null', 'ab' * 16)
_BAD_PATHS = ('%00', '%ff', 'a%0Ab')
_ODD_QUERIES = (
    'limit=-1', 'limit=x', 'limit=99999999999999999999', 'limit=', 'marker=nope', 'marker=',
    'marker=' + 'x' * 300, 'name=' + 'x' * 300, "name='--", 'name__contains=%25', 'name__nope=1',
    'enabled=2', 'domain_id=nope', 'domain_id=', 'parent_id=x', 'tags=,', 'not-tags-any=',
    'user.id=', 'scope.project.id=nope&include_subtree', 'role.id=%F0%9F%98%80', 'effective=maybe',
    'password_expires_at=', 'password_expires_at=lt', 'sort_key=nope', '&&&', '=', '%C3%BC=1',
    'include_names&user.id=nope', 'parents_as_list=0&subtree_as_ids', 'allow_expired=maybe',
    'belongsTo=')
#: What no property takes, whatever it is.
_NOWHERE = ([[]], {'a': {}}, 1.5e300, -1, 'x' * 70000, '\ud83d\ude00' * 300)


def _writes():
    for row, verb, _, operation in SERVICE.map.operations():
        if operation.function is not None and operation.body is not None:
            yield verb, row, operation


def _properties(schema):
    """The properties of the objects in a schema, with the keys that lead there."""
    for name, inner in schema.get('properties', {}).items():
        yield (name,)
        if inner.get('type') == 'object':
            for path in _properties(inner):
                yield (name, *path)


def _body(path, value):
    for name in reversed(path):
        value = {name: value}
    return value


class BadInputTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.samples = {
            'user_id': self.user()['id'], 'group_id': self.group()['id'],
            'project_id': self.project()['id'], 'tenant_id': self.project()['id'],
            'domain_id': self.domain()['id'], 'role_id': self.create('roles', name='r')['id']}

    def ask(self, verb, row, ids, body=None, query=''):
        path = row.group.roots[0] + row.endpoint.path
        for variable in row.endpoint.variables:
            path = path.replace(f'{{{variable}}}', ids.get(variable, 'nope'))
        response = self.cloud.request(verb, path + query, body, token=self.admin)
        self.assertLess(response.status_code, 500 if response.status_code != 501 else 502,
                        f'{verb} {path[:200]}{query} {str(body)[:200]}: {response.text[:300]}')
        return response

    def rows(self, *verbs):
        for row, verb, _, operation in SERVICE.map.operations():
            if operation.function is not None and verb in verbs:
                yield verb, row

    def test_odd_ids(self):
        for verb, row in self.rows('GET', 'PUT', 'PATCH', 'DELETE', 'POST'):
            if not row.endpoint.variables:
                continue
            for odd in _ODD_IDS:
                ids = dict.fromkeys(row.endpoint.variables, odd)
                response = self.ask(verb, row, ids, {} if verb in ('PATCH', 'POST') else None)
                self.assertNotEqual(b'None', response.body)
            for bad in _BAD_PATHS:
                ids = dict.fromkeys(row.endpoint.variables, bad)
                self.assertIn(self.ask(verb, row, ids).status_code, (400, 404), bad)

    def test_odd_queries(self):
        for verb, row in self.rows('GET'):
            for query in _ODD_QUERIES:
                self.ask(verb, row, self.samples, query='?' + query)

    def test_bodies_that_are_none(self):
        for verb, row, operation in _writes():
            for body in (b'', b'{', b'[]', b'null', b'1', b'"x"', b'{"a": NaN}', b'[' * 5000,
                         b'{"a": 1, "a": 2}', b'\xff', b'{"a": "\\ud800"}', b'{"a": "\\u0000"}',
                         b'{' + b'"a":{' * 100 + b'}' * 101):
                response = self.ask(verb, row, self.samples, body)
                self.assertEqual(400, response.status_code,
                                 f'{operation.name} {body[:40]}: {response.text}')

    def test_values_that_fit_nowhere(self):
        for verb, row, operation in _writes():
            for path, value in itertools.product(_properties(operation.body), _NOWHERE):
                self.ask(verb, row, self.samples, _body(path, value))

    def test_too_large(self):
        response = self.cloud.request('POST', '/v3/users', b'{"user": {"name": "'
                                      + b'x' * 11_000_000 + b'"}}', token=self.admin)
        self.assertEqual(413, response.status_code)

    def test_names_of_any_script(self):
        for name in ('Ünïcödé', '用户', '😀' * 10, 'a b', "x'; DROP TABLE identity_users; --",
                     '%s%(x)s', '{id}', '\u202eabc', 'İ', 'ß'):
            project = self.project(name=name)
            self.assertEqual(name, self.get(f'/projects/{project["id"]}')['project']['name'])
            user = self.user(name=name, password=name)
            self.assertEqual(201, self.cloud.authenticate(name, name).status_code, name)
            self.delete(f'/users/{user["id"]}')


class RaceTest(IdentityCase):
    """Of those who want one name at once, one gets it."""

    def race(self, path, body, count=6):
        codes = []

        def ask():
            codes.append(self.call('POST', path, body).status_code)
        threads = [threading.Thread(target=ask) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(codes)

    def test_one_wins(self):
        for noun in ('user', 'project', 'group', 'role', 'domain'):
            codes = self.race(f'/{noun}s', {noun: {'name': 'wanted'}})
            self.assertEqual([201] + [409] * 5, codes, noun)
            self.assertEqual(1, len(self.get(f'/{noun}s?name=wanted')[f'{noun}s']))

    def test_a_grant_given_twice_is_given_once(self):
        user = self.user()
        path = f'/projects/{self.ids["demo"]}/users/{user["id"]}/roles/{self.roles["member"]}'
        codes = []
        threads = [threading.Thread(target=lambda: codes.append(
            self.call('PUT', path).status_code)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([204] * 6, codes)
        rows = open_store(self.cloud.conf).quick_rows(
            'SELECT COUNT(*) FROM identity_grants WHERE actor_id = ?', (user['id'],))
        self.assertEqual([(1,)], rows)
