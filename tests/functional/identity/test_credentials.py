"""Credentials, access keys, and tokens for what was signed with them."""
import datetime
import hashlib
import json

from jumpgate.identity import signatures
from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import open_store
from tests.fixtures.identity import IdentityCase


class Case(IdentityCase):

    def setUp(self):
        super().setUp()
        self.place = self.project()
        self.owner, self.owners = self.somebody('member', project=self.place)
        self.other, self.others = self.somebody('member', project=self.place)

    def make(self, *, code=201, token=None, **values):
        body = {'user_id': self.owner['id'], 'type': 'cert', 'blob': 'x', **values}
        body = {name: value for name, value in body.items() if value is not ...}
        response = self.call('POST', '/credentials', {'credential': body}, code=code,
                             token=token or self.owners)
        return response.json['credential'] if code == 201 else response.json['error']['message']


class CredentialTest(Case):

    def test_a_life(self):
        made = self.make(colour='red')
        path = f'/credentials/{made["id"]}'
        self.assertEqual(
            {'id': made['id'], 'user_id': self.owner['id'], 'project_id': None, 'type': 'cert',
             'blob': 'x', 'colour': 'red', 'links': {'self': f'http://h:5000/v3{path}'}}, made)
        self.assertEqual(made, self.get(path, token=self.owners)['credential'])
        changed = self.call('PATCH', path, {'credential': {'blob': 'y'}}, code=200,
                            token=self.owners).json['credential']
        self.assertEqual({**made, 'blob': 'y'}, changed)
        self.delete(path, token=self.owners)
        self.refused(403, 'DELETE', path, token=self.owners)
        self.assertEqual(f'Could not find credential: {made["id"]}.',
                         self.refused(404, 'DELETE', path))

    def test_lists_show_what_one_may_see(self):
        mine = self.make()
        theirs = self.make(user_id=self.other['id'], type='totp', token=self.others)
        _, reader = self.somebody('reader', system=True)

        def listed(query='', token=None):
            found = self.get('/credentials' + query, token=token or self.admin)['credentials']
            return {one['id'] for one in found}
        self.assertEqual({mine['id']}, listed(token=self.owners))
        self.assertEqual({theirs['id']}, listed(token=self.others))
        self.assertEqual(set(), listed(f'?user_id={self.owner["id"]}', token=self.others))
        for token in (self.admin, reader):
            self.assertEqual({mine['id'], theirs['id']}, listed(token=token))
            self.assertEqual({theirs['id']}, listed('?type=totp', token=token))
            self.assertEqual({mine['id']}, listed(f'?user_id={self.owner["id"]}', token=token))
            self.assertEqual(set(), listed(f'?user_id={self.owner["id"]}&type=totp', token=token))

    def test_only_ones_own(self):
        made = self.make()
        path = f'/credentials/{made["id"]}'
        for method in ('GET', 'DELETE', 'PATCH'):
            self.refused(403, method, path, {'credential': {'blob': 'y'}}, token=self.others)
        self.make(user_id=self.other['id'], code=403)
        self.refused(403, 'GET', '/credentials/nope', token=self.owners)
        self.refused(404, 'GET', '/credentials/nope')

    def test_malformed(self):
        for name in ('user_id', 'type', 'blob'):
            self.make(code=400, **{name: ...})
        for values in ({'blob': {'a': 1}}, {'user_id': 'a' * 256}, {'type': 'a' * 256},
                       {'project_id': 'a' * 65}):
            self.make(code=400, token=self.admin, **values)
        made = self.make()
        for change in ({}, {'type': 'ec2'}, {'user_id': 'x'}, {'id': 'x'}, {'blob': 1}):
            self.refused(400, 'PATCH', f'/credentials/{made["id"]}', {'credential': change},
                         token=self.owners)

    def test_a_key(self):
        key = {'type': 'ec2', 'project_id': self.place['id']}
        blob = json.dumps({'access': 'a', 'secret': 's'})
        self.assertIn('project_id', self.make(type='ec2', blob=blob, code=400))
        for bad in ('no json', '{}', '[]', '{"secret": "s"}', '{"access": 7}', '[' * 5000):
            self.make(blob=bad, code=400, **key)
        made = self.make(blob=blob, **key)
        self.assertEqual(hashlib.sha256(b'a').hexdigest(), made['id'])
        self.make(blob=blob, code=409, **key)
        path = f'/credentials/{made["id"]}'
        bound = json.dumps({'access': 'a', 'secret': 's', 'trust_id': 't'})
        self.assertEqual('trust_id can not be updated for credential', self.refused(
            400, 'PATCH', path, {'credential': {'blob': bound}}, token=self.owners))

    def test_they_go_with_user_and_project(self):
        for values, path in (({'user_id': self.other['id']}, f'/users/{self.other["id"]}'),
                             ({'project_id': self.place['id']}, f'/projects/{self.place["id"]}')):
            made = self.make(token=self.admin, **values)
            self.delete(path)
            self.refused(404, 'GET', f'/credentials/{made["id"]}')


class Ec2Test(Case):

    def setUp(self):
        super().setUp()
        self.path = f'/users/{self.owner["id"]}/credentials/OS-EC2'

    def key(self, token=None):
        return self.call('POST', self.path, {'tenant_id': self.place['id']}, code=201,
                         token=token or self.owners).json['credential']

    def test_a_life(self):
        key = self.key()
        path = f'{self.path}/{key["access"]}'
        self.assertEqual(
            {'user_id': self.owner['id'], 'tenant_id': self.place['id'], 'trust_id': None,
             'access': key['access'], 'secret': key['secret'],
             'links': {'self': f'http://h:5000/v3{path}'}}, key)
        self.assertEqual(key, self.get(path, token=self.owners)['credential'])
        self.assertEqual([key], self.get(self.path, token=self.owners)['credentials'])
        [whole] = self.get('/credentials?type=ec2', token=self.owners)['credentials']
        self.assertEqual(key['secret'], json.loads(whole['blob'])['secret'])
        self.delete(path, token=self.owners)
        self.assertIn('Could not find credential: ',
                      self.refused(404, 'GET', path, token=self.owners))

    def test_who_may(self):
        key = self.key()
        path = f'{self.path}/{key["access"]}'
        _, reader = self.somebody('reader', system=True)
        for one in (path, self.path):
            self.get(one, token=reader)
            self.refused(403, 'GET', one, token=self.others)
        theirs = f'/users/{self.other["id"]}/credentials/OS-EC2/{key["access"]}'
        self.refused(403, 'GET', theirs, token=self.others)
        for token in (reader, self.others):
            self.refused(403, 'DELETE', path, token=token)
            self.refused(403, 'POST', self.path, {'tenant_id': self.place['id']}, token=token)
        self.refused(403, 'GET', self.path + '/nope', token=self.others)
        self.refused(404, 'GET', self.path + '/nope', token=self.owners)
        self.refused(404, 'POST', self.path, {'tenant_id': 'nope'}, token=self.owners)
        self.refused(404, 'POST', self.path, {}, token=self.owners)
        self.refused(404, 'POST', '/users/nope/credentials/OS-EC2',
                     {'tenant_id': self.place['id']})

    # --- tokens

    def signed(self, key, *, secret=None, when=None, **values):
        when = when or datetime.datetime.now(datetime.UTC)
        request = {
            'access': key['access'], 'host': 'h:8773', 'verb': 'GET', 'path': '/',
            'params': {'SignatureVersion': '2', 'Action': 'Look',
                       'Timestamp': when.strftime('%Y-%m-%dT%H:%M:%SZ')}}
        request['signature'] = signatures.generate(
            secret or key['secret'], request, request['host'])
        return {**request, **values}

    def exchange(self, signed, *, code=200, token=None, key='credentials'):
        return self.call('POST', '/ec2tokens', {key: signed}, code=code, token=token)

    def test_a_token(self):
        key = self.key()
        for name in ('credentials', 'credential', 'ec2Credentials'):
            response = self.exchange(self.signed(key), key=name)
            token = response.json['token']
            self.assertEqual(['ec2credential'], token['methods'])
            self.assertEqual(self.owner['id'], token['user']['id'])
            self.assertEqual(self.place['id'], token['project']['id'])
            self.assertIn('catalog', token)
        made = response.headers['X-Subject-Token']
        self.get('/regions', token=made)
        self.assertEqual([], self.get('/credentials', token=made)['credentials'])
        self.refused(403, 'GET', self.path, token=made)
        self.refused(403, 'GET', '/OS-TRUST/trusts?trustor_user_id=' + self.owner['id'],
                     token=made)
        self.assertEqual(403, self.cloud.exchange(made, 'unscoped').status_code)

    def test_what_is_wrong(self):
        key = self.key()
        self.exchange(self.signed(key), code=403, token=self.owners)
        self.exchange(self.signed(key, secret='wrong'), code=401)
        self.exchange(self.signed({'access': 'nope', 'secret': 'x'}), code=404)
        for signed in ({}, {'access': key['access']}, self.signed(key, signature=None),
                       self.signed(key, params={'SignatureVersion': '9'}),
                       self.signed(key, params=None), self.signed(key, verb='PUT')):
            self.exchange(signed, code=401)
        self.refused(400, 'POST', '/ec2tokens', {})
        self.refused(400, 'POST', '/ec2tokens', {'credentials': 'x'})
        self.assertEqual(401, self.cloud.request(
            'POST', '/v3/ec2tokens', {'credentials': self.signed(key)}).status_code)

    def test_time(self):
        key = self.key()
        signed = self.signed(key)
        clock = StoredClock(open_store(self.cloud.conf))
        clock.advance(14 * 60)
        self.exchange(signed)
        clock.advance(2 * 60)
        self.exchange(signed, code=401)

    def test_the_user_may_no_more(self):
        key = self.key()
        self.delete(f'/projects/{self.place["id"]}/users/{self.owner["id"]}'
                    f'/roles/{self.roles["member"]}')
        self.exchange(self.signed(key), code=401)
        other = f'/users/{self.other["id"]}/credentials/OS-EC2'
        key = self.call('POST', other, {'tenant_id': self.place['id']}, code=201,
                        token=self.others).json['credential']
        self.exchange(self.signed(key))
        self.update('users', self.other, enabled=False)
        self.exchange(self.signed(key), code=401)

    def test_nobody_says_that_they_have_signed(self):
        for methods in (['ec2credential'], ['trust'], ['password', 'ec2credential']):
            auth = {'identity': {'methods': methods, **{name: {} for name in methods}, 'password': {
                'user': {'id': self.owner['id'], 'password': self.owner['secret']}}}}
            response = self.cloud.request('POST', '/v3/auth/tokens', {'auth': auth})
            self.assertEqual(401, response.status_code)
