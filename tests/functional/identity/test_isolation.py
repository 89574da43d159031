"""Who may do what: every operation against a table of what Keystone's own default policy says.

The table (policy.csv) was made by evaluating Keystone's rules; nothing of ours was asked. The
operations are reached through the whole pipeline, with their functions taken out.
"""
import csv
import pathlib
import re

from jumpgate.identity import SERVICE
from tests.fixtures.identity import IdentityCase

_TABLE = pathlib.Path(__file__).with_name('policy.csv')
_ANYTHING = {}
_VARIABLE = re.compile(r'\{(\w+)\}')


def _expected():
    with _TABLE.open() as file:
        return {row.pop('operation'): {caller: said == 'yes' for caller, said in row.items()}
                for row in csv.DictReader(file)}


def _typed_operations():
    """(verb, endpoint, operation) of everything that a controller answers, but not to all."""
    for row, verb, _, operation in SERVICE.map.operations():
        if operation.function is not None and not operation.public:
            yield verb, row, operation


class IsolationTest(IdentityCase):

    def setUp(self):
        super().setUp()
        self.make_land()
        self.callers = self.make_callers()
        self.samples = {
            'user_id': self.owner['id'], 'group_id': self.crew['id'],
            'project_id': self.place['id'], 'tenant_id': self.place['id'],
            'domain_id': self.land['id'],
            'role_id': self.roles['member'], 'implied_role_id': self.roles['reader'],
            'token_id': self.callers['owner'], **self.make_owned()}
        self.body = {
            'user': {'domain_id': self.land['id']}, 'group': {'domain_id': self.land['id']},
            'project': {'domain_id': self.land['id']}, 'domain': {}, 'role': {}, 'tags': [],
            'credential': {'user_id': self.owner['id']}, 'tenant_id': self.place['id'],
            'trust': {'trustor_user_id': self.owner['id']},
            'application_credential': {}, 'limits': [], 'registered_limits': [], 'limit': {},
            'registered_limit': {}, 'config': {}, 'region': {}, 'service': {}, 'endpoint': {},
            'endpoint_group': {}, 'policy': {}, 'auth': {}}

    def make_land(self):
        """A domain with a project, a group, and a user who owns what can be owned."""
        self.land, self.abroad = self.domain(), self.domain()
        self.place = self.project(domain_id=self.land['id'])
        self.elsewhere = self.project(domain_id=self.abroad['id'])
        self.crew = self.group(domain_id=self.land['id'])

    def make_callers(self):
        """Name of a column of the table → token."""
        land = {'domain_id': self.land['id']}
        self.owner, owners = self.somebody('member', project=self.place, **land)
        self.trustee, readers = self.somebody('reader', project=self.place, **land)
        return {
            'owner': owners, 'reader': readers,
            'stranger': self.somebody('member', project=self.elsewhere)[1],
            'domain_reader': self.somebody('reader', domain=self.land, **land)[1],
            'domain_manager': self.somebody('manager', domain=self.land, **land)[1],
            'foreign_manager': self.somebody('manager', domain=self.abroad)[1],
            'foreign_admin': self.somebody('admin', domain=self.abroad)[1],
            'system_reader': self.somebody('reader', system=True)[1],
            'service': self.somebody('service', project=self.place, **land)[1],
            'admin': self.admin,
        }

    def make_owned(self):
        """Things of the owner that paths name."""
        made = {}
        driver, token = self.cloud.driver, self.callers['owner']
        if driver.implements('create_credential'):
            made['credential_id'] = self.create(
                'credentials', user_id=self.owner['id'], type='cert', blob='x', token=token)['id']
        if driver.implements('create_trust'):
            made['trust_id'] = self.call('POST', '/OS-TRUST/trusts', {'trust': {
                'trustor_user_id': self.owner['id'], 'trustee_user_id': self.trustee['id'],
                'project_id': self.place['id'], 'impersonation': False,
                'roles': [{'name': 'member'}]}}, code=201, token=token).json['trust']['id']
        if driver.implements('create_limits'):
            service = self.create('services', type='compute')['id']
            self.call('POST', '/registered_limits', {'registered_limits': [{
                'service_id': service, 'resource_name': 'cores', 'default_limit': 5}]}, code=201)
            made['limit_id'] = self.call('POST', '/limits', {'limits': [{
                'service_id': service, 'project_id': self.place['id'], 'resource_name': 'cores',
                'resource_limit': 3}]}, code=201).json['limits'][0]['id']
        return made

    def take_out_functions(self):
        """Operations decide, and do nothing."""
        for operation in {id(one): one for _, _, one in _typed_operations()}.values():
            for name, value in (('function', lambda call, **variables: None), ('reply', None),
                                ('body', operation.body and _ANYTHING), ('query', None)):
                self.addCleanup(object.__setattr__, operation, name, getattr(operation, name))
                object.__setattr__(operation, name, value)

    def ask(self, verb, row, token):
        path = row.group.roots[0] + _VARIABLE.sub(
            lambda found: self.samples.get(found[1], 'sample'), row.endpoint.path)
        headers = {'X-Subject-Token': self.callers['owner']}
        body = self.body if verb in ('POST', 'PUT', 'PATCH') else None
        return self.cloud.request(verb, path, body, token=token, headers=headers).status_code

    def test_every_operation(self):
        expected = _expected()
        self.take_out_functions()
        wrong = []
        for verb, row, operation in _typed_operations():
            name = operation.name
            self.assertIn(name, expected, f'{verb} {row.endpoint.path}')
            for caller, token in self.callers.items():
                status = self.ask(verb, row, token)
                self.assertIn(status // 100, (2, 4), f'{name} {caller}')
                if (status != 403) != expected[name][caller]:
                    wrong.append(f'{name} ({verb} {row.endpoint.path}): {caller} got {status}, '
                                 f'the table says {expected[name][caller]}')
            if self.ask(verb, row, None) != 401:
                wrong.append(f'{name}: an anonymous caller is let in')
        self.assertEqual([], wrong)

    def test_the_table_is_not_all_of_one_kind(self):
        for caller in self.callers:
            self.assertEqual({True, False}, {row[caller] for row in _expected().values()})
