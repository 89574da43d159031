import importlib
import os
import tempfile
import unittest.mock

import testtools
import yaml
from oslo_config import cfg
from oslo_policy import policy as oslo

from jumpgate import config
from jumpgate.common import driver, errors, policy, service
from jumpgate.common.context import RequestContext
from jumpgate.common.endpoints import Endpoint, EndpointMap, Group
from jumpgate.common.operation import Actions, Operation

MEMBER = RequestContext(user_id='u', project_id='p', roles=('member', 'reader'))
READER = RequestContext(user_id='u', project_id='p', roles=('reader',))
ADMIN = RequestContext(user_id='root', project_id='p', roles=('admin',))
SHARED = Operation(name='show_shared', role='reader')


def make_service(*endpoints, **kwargs):
    kwargs.setdefault('personas', service.PROJECT_PERSONAS)
    return service.Service(
        name='compute', project='nova', types=('compute',), catalog_path='', port=1,
        map=EndpointMap(Group(roots=('/v2.1',), endpoints=endpoints)), driver=driver.Driver,
        **kwargs)


SERVICE = make_service(
    Endpoint('servers', '/servers',
             GET=Operation(name='list_servers', role='reader', summary='List servers'),
             POST=Operation(name='create_server', role='member', attributes={
                 'host': 'admin', 'forced': 'role:manager'})),
    Endpoint('server', '/servers/{server_id}',
             GET=Operation(name='show_server'),
             PUT=Operation(name='own_server', policy='user_id:%(user_id)s'),
             DELETE=Operation(name='nobody', policy='!')),
    Endpoint('action', '/servers/{server_id}/action', POST=Actions(
        reboot=Operation(name='reboot_server', role='member'))),
    Endpoint('one', '/one', GET=SHARED),
    Endpoint('other', '/other', GET=SHARED),
    Endpoint('index', '/', GET=Operation(name='index', public=True)))


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Base(testtools.TestCase):

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = os.path.join(folder.name, 'policy.yaml')
        self.clock = Clock()

    def write(self, text, path=None):
        with open(path or self.file, 'w') as file:
            file.write(text)

    def make(self, *services):
        conf = config.load('')
        made = policy.Policy(conf, clock=self.clock)
        conf.set_override('policy_file', self.file, group='oslo_policy')
        conf.set_override('policy_dirs', [os.path.join(os.path.dirname(self.file), 'policy.d')],
                          group='oslo_policy')
        for one in services or (SERVICE,):
            made.register(one)
        return made

    def loaded(self, *services):
        made = self.make(*services)
        made.load_rules()
        return made


class Defaults(Base):

    def test_personas(self):
        rules = self.loaded()
        own, foreign = {'project_id': 'p'}, {'project_id': 'q'}
        for rule, context, target, expected in (
                ('list_servers', READER, own, True), ('list_servers', READER, foreign, False),
                ('list_servers', READER, {}, False), ('list_servers', ADMIN, foreign, True),
                ('create_server', READER, own, False), ('create_server', MEMBER, own, True),
                ('reboot_server', MEMBER, own, True), ('reboot_server', READER, own, False)):
            self.assertIs(expected, rules.allowed(f'compute:{rule}', target, context), rule)

    def test_without_a_role_the_admin(self):
        rules = self.loaded()
        self.assertFalse(rules.allowed('compute:show_server', {'project_id': 'p'}, MEMBER))
        self.assertTrue(rules.allowed('compute:show_server', {'project_id': 'p'}, ADMIN))

    def test_own_check_string(self):
        rules = self.loaded()
        self.assertTrue(rules.allowed('compute:own_server', {'user_id': 'u'}, READER))
        self.assertFalse(rules.allowed('compute:own_server', {'user_id': 'v'}, READER))
        self.assertFalse(rules.allowed('compute:nobody', {}, ADMIN))

    def test_attributes(self):
        rules = self.loaded()
        manager = RequestContext(user_id='u', project_id='p', roles=('manager',))
        self.assertFalse(rules.allowed('compute:create_server:host', {}, manager))
        self.assertTrue(rules.allowed('compute:create_server:host', {}, ADMIN))
        self.assertTrue(rules.allowed('compute:create_server:forced', {}, manager))
        self.assertFalse(rules.allowed('compute:create_server:forced', {}, MEMBER))

    def test_what_nobody_defined_is_the_admins(self):
        rules = self.loaded()
        for rule in ('compute:create_server:color', 'compute:other', 'network:x'):
            self.assertFalse(rules.allowed(rule, {'project_id': 'p'}, MEMBER))
            self.assertTrue(rules.allowed(rule, {'project_id': 'p'}, ADMIN))

    def test_anonymous(self):
        rules = self.loaded()
        for rule in rules.defaults:
            self.assertFalse(rules.allowed(rule, {}, RequestContext()), rule)

    def test_closed_until_loaded(self):
        self.write('"compute:list_servers": "@"')
        rules = self.make()
        for rule in rules.defaults:
            self.assertFalse(rules.allowed(rule, {'project_id': 'p'}, ADMIN), rule)
        rules.load_rules()
        self.assertTrue(rules.allowed('compute:list_servers', {}, READER))

    def test_enforce(self):
        rules = self.loaded()
        self.assertIsNone(rules.enforce('compute:list_servers', {'project_id': 'p'}, READER))
        error = self.assertRaises(errors.Forbidden, rules.enforce, 'compute:create_server',
                                  {'project_id': 'p'}, READER)
        self.assertIn('compute:create_server', error.message)

    def test_public_operations_have_no_rule(self):
        self.assertNotIn('compute:index', self.make().defaults)

    def test_shared_operations_have_one(self):
        self.assertEqual((('GET', '/compute/v2.1/one'), ('GET', '/compute/v2.1/other')),
                         self.make().defaults['compute:show_shared'].paths)

    def test_one_name_with_two_meanings(self):
        twice = make_service(
            Endpoint('a', '/a', GET=Operation(name='x', role='reader')),
            Endpoint('b', '/b', GET=Operation(name='x', role='admin')))
        self.assertRaises(ValueError, self.make, twice)

    def test_unknown_persona(self):
        unknown = make_service(Endpoint('a', '/a', GET=Operation(name='x', role='king')))
        error = self.assertRaises(ValueError, self.make, unknown)
        self.assertIn('king', str(error))

    def test_every_service(self):
        every = [importlib.import_module(f'jumpgate.{name}').SERVICE for name in config.SERVICES]
        rules = self.loaded(*every)
        for name in rules.defaults:
            self.assertFalse(rules.allowed(name, {}, RequestContext(roles=('stranger',)))
                             and rules.defaults[name].check != '@', name)


class Overrides(Base):

    def test_file(self):
        self.write('"compute:create_server": "role:reader"\n"mine": "role:x"\n'
                   '"compute:list_servers": "rule:mine or rule:compute:own_server"\n')
        rules = self.loaded()
        self.assertTrue(rules.allowed('compute:create_server', {}, READER))
        self.assertFalse(rules.allowed('compute:list_servers', {'user_id': 'v'}, READER))
        # a rule of the file may lead to a default
        self.assertTrue(rules.allowed('compute:list_servers', {'user_id': 'u'}, READER))
        self.assertTrue(rules.allowed('compute:list_servers', {}, RequestContext(roles=('X',))))

    def test_folder(self):
        folder = os.path.join(os.path.dirname(self.file), 'policy.d')
        os.mkdir(folder)
        self.write('"compute:create_server": "role:reader"', os.path.join(folder, 'a.yaml'))
        self.assertTrue(self.loaded().allowed('compute:create_server', {}, READER))

    def test_misspelled_own_rule_refuses(self):
        self.write('"compute:list_servers": "rule:nope"\n')
        self.assertFalse(self.loaded().allowed('compute:list_servers', {'project_id': 'p'}, ADMIN))

    def test_a_circle_refuses(self):
        for check in ('rule:a', 'not rule:a', 'counted:x and rule:a', '@ or rule:a',
                      'rule:compute:list_servers'):
            self.write(f'"compute:list_servers": "{check}"\n"a": "rule:b"\n"b": "rule:a"\n')
            with self.assertLogs(policy.LOG, 'ERROR'):
                self.assertFalse(self.loaded().allowed('compute:list_servers', {}, ADMIN), check)

    def test_the_same_rule_twice_is_no_circle(self):
        self.write('"compute:list_servers": "rule:a and (rule:a or rule:b)"\n'
                   '"a": "rule:b"\n"b": "role:admin"\n')
        self.assertTrue(self.loaded().allowed('compute:list_servers', {}, ADMIN))

    def test_unknown_operation_is_said(self):
        self.write('"compute:lost_servers": "@"\n"mine": "@"\n')
        with self.assertLogs(policy.LOG, 'WARNING') as log:
            self.loaded()
        self.assertEqual(1, len(log.output))
        self.assertIn('compute:lost_servers', log.output[0])

    def test_broken_file_at_start(self):
        self.write('"compute:list_servers": [')
        self.assertRaises(ValueError, self.loaded)

    def change(self, text):
        """A file that certainly differs, whatever the resolution of the clock on disk."""
        self.write(text)
        stamp = os.stat(self.file).st_mtime + 10
        os.utime(self.file, (stamp, stamp))

    def test_changes_are_seen_within_a_second(self):
        rules = self.loaded()

        def ask():
            return rules.allowed('compute:create_server', {'project_id': 'p'}, READER)

        self.assertFalse(ask())
        self.write('"compute:create_server": "role:reader"')
        self.clock.now = 0.5
        self.assertFalse(ask())
        self.clock.now = 1.5
        self.assertTrue(ask())
        self.change('"compute:create_server": "!"')
        self.clock.now = 3
        self.assertFalse(ask())
        os.unlink(self.file)
        self.clock.now = 5
        self.assertFalse(ask())
        self.assertTrue(rules.allowed('compute:create_server', {'project_id': 'p'}, MEMBER))

    def test_a_broken_change_changes_nothing(self):
        self.write('"compute:create_server": "role:reader"')
        rules = self.loaded()
        self.change('"compute:create_server": [')
        self.clock.now = 2
        with self.assertLogs(policy.LOG, 'ERROR'):
            self.assertTrue(rules.allowed('compute:create_server', {}, READER))
        self.change('"compute:create_server": "!"')
        self.clock.now = 4
        self.assertFalse(rules.allowed('compute:create_server', {}, READER))

    def test_an_unchanged_file_is_not_read_again(self):
        self.write('"compute:create_server": "role:reader"')
        rules = self.loaded()
        self.clock.now = 9
        with unittest.mock.patch.object(rules, 'load_rules', side_effect=AssertionError):
            self.assertTrue(rules.allowed('compute:create_server', {}, READER))


class CountedCheck(oslo.Check):
    """A kind of check that our door knows nothing about."""

    asked = 0

    def __call__(self, target, creds, enforcer):
        type(self).asked += 1
        return True


oslo.register('counted', CountedCheck)


class Memory(Base):

    def count(self, rules):
        counting = unittest.mock.patch.object(rules, '_decide', wraps=rules._decide)
        self.addCleanup(counting.stop)
        return counting.start()

    def test_a_decision_is_made_once(self):
        rules = self.loaded()
        decide = self.count(rules)
        for _ in range(5):
            self.assertTrue(rules.allowed('compute:list_servers', {'project_id': 'p'}, READER))
        self.assertEqual(1, decide.call_count)

    def test_what_the_rule_does_not_read_makes_no_difference(self):
        rules = self.loaded()
        decide = self.count(rules)
        rules.allowed('compute:list_servers', {'project_id': 'p', 'id': '1'}, READER)
        rules.allowed('compute:list_servers', {'project_id': 'p', 'id': '2'},
                      RequestContext(user_id='v', project_id='p', roles=('reader',)))
        self.assertEqual(1, decide.call_count)

    def test_what_it_reads_does(self):
        rules = self.loaded()
        for rule in rules.defaults:
            for context in (READER, MEMBER, ADMIN, RequestContext(
                    user_id='v', project_id='q', roles=('member', 'reader'))):
                for target in ({}, {'project_id': 'p'}, {'project_id': 'q'}, {'user_id': 'u'},
                               {'user_id': 'v'}, {'project_id': None}):
                    raw = rules._decide(rule, target, context)
                    for _ in range(2):
                        self.assertIs(raw, rules.allowed(rule, target, context))

    def remembered_as_decided(self, check, targets, contexts):
        self.write(yaml.safe_dump({'compute:list_servers': check}))
        rules = self.loaded()
        for _ in range(2):
            for target in targets:
                for context in contexts:
                    self.assertIs(rules._decide('compute:list_servers', target, context),
                                  rules.allowed('compute:list_servers', target, context),
                                  (check, target, context))

    def test_kinds_of_checks(self):
        targets = ({'x': True, 'y': 'r'}, {'x': 1, 'y': 'r'}, {'x': 'True'}, {'x': 'p'}, {'y': 's'},
                   {'x': ['p']}, {'x': None}, {})
        contexts = (
            RequestContext(project_id='p', roles=('r',)), RequestContext(roles=('s',)),
            RequestContext(is_admin=True, user_id='u', domain_id='p', system_scope='all'))
        for check in (
                'True:%(x)s', 'project_id:%(x)s', 'tenant_id:%(x)s', 'role:%(y)s',
                'not role:r', 'is_admin:True', 'system_scope:all', 'system:all',
                'role:r and project_id:%(x)s or domain_id:%(x)s', '@', '!', 'None:%(x)s',
                'nothing:%(x)s', 'user_id:u', "'p':%(x)s", 'rule:compute:own_server'):
            self.remembered_as_decided(check, targets, contexts)

    def test_unknown_kinds_are_asked_each_time(self):
        self.write('"compute:list_servers": "role:reader and counted:x"')
        rules = self.loaded()
        before = CountedCheck.asked
        for _ in range(3):
            self.assertTrue(rules.allowed('compute:list_servers', {}, READER))
        self.assertEqual(before + 3, CountedCheck.asked)

    def test_bounded(self):
        rules = self.loaded()
        with unittest.mock.patch.object(policy, '_MOST_REMEMBERED', 10):
            for number in range(100):
                rules.allowed('compute:list_servers', {'project_id': str(number)}, READER)
                self.assertLessEqual(len(rules._decisions), 10)


class Sample(Base):

    def test_uncommented_it_is_the_defaults(self):
        rules = self.make()
        lines = [line[1:] for line in rules.sample().splitlines() if line.startswith('#"')]
        self.assertEqual({name: default.check for name, default in rules.defaults.items()},
                         yaml.safe_load('\n'.join(lines)))

    def test_says_what_a_rule_is_for(self):
        self.assertIn('# List servers\n# GET /compute/v2.1/servers\n#"compute:list_servers": ',
                      self.make().sample())


class Options(testtools.TestCase):

    def test_they_are_registered(self):
        conf = cfg.ConfigOpts()
        conf([], default_config_files=[], default_config_dirs=[])
        policy.Policy(conf)
        self.assertEqual('policy.yaml', conf.oslo_policy.policy_file)
