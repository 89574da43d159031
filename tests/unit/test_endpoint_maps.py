"""The maps of the six services: complete, and every row reachable."""
import collections
import importlib
import pathlib
import re
from unittest import mock

import testtools

from jumpgate.common import routing
from jumpgate.common.driver import interface_methods
from jumpgate.common.endpoints import VERBS, variables
from jumpgate.common.operation import Actions
from jumpgate.common.routing import Router
from jumpgate.common.sources import check_row

DATA = pathlib.Path(__file__).parent / 'data'
SERVICES = {name: importlib.import_module(f'jumpgate.{name}').SERVICE
            for name in ('identity', 'compute', 'image', 'volume', 'network', 'baremetal')}
ROUTERS = {name: Router(service.map, trailing_slash=service.trailing_slash)
           for name, service in SERVICES.items()}

#: What the 2026.2 releases and what came before them have: endpoints, verbs, verbs without HEAD,
#: those of them that the releases serve, action keys.
COUNTS = {
    'identity': (176, 436, 320, 234, 0),
    'compute': (149, 233, 232, 173, 64),
    'image': (65, 105, 103, 89, 0),
    'volume': (254, 399, 399, 174, 102),
    'network': (194, 418, 418, 413, 0),
    'baremetal': (90, 150, 150, 140, 0),
}
STATUSES = {'current', 'removed', 'legacy', 'original', 'seed'}


def lines(name: str) -> list[list[str]]:
    return [line.split() for line in (DATA / name).read_text().splitlines()]


def sample(variable: str) -> str:
    """A value that is no literal of any map; a project's consists of hexadecimal digits."""
    return 'c0ffee-42' if variable == 'tenant_id' else f'x.{variable}'


def fill(template: str) -> str:
    return re.sub(r'\{([a-z_]+)\}', lambda found: sample(found[1]), template)


def templates(row):
    endpoint = row.endpoint
    for root in row.group.roots:
        for path in (endpoint.path, *endpoint.paths, *endpoint.aliases.values()):
            yield root, (root + path) or '/'


class CountTest(testtools.TestCase):

    def test_counts(self) -> None:
        for name, service in SERVICES.items():
            endpoints = [row.endpoint for row in service.map]
            verbs = [(endpoint, verb, operation) for endpoint in endpoints
                     for verb, operation in endpoint.verbs.items()]
            without_head = [each for each in verbs if each[1] != 'HEAD']
            current = [each for each in without_head if each[0].status == 'current'
                       and (isinstance(each[2], Actions) or each[2].status is None)]
            actions = sum(len(each[2]) for each in verbs if isinstance(each[2], Actions))
            self.assertEqual(
                COUNTS[name],
                (len(endpoints), len(verbs), len(without_head), len(current), actions), name)

    def test_optional_projects_of_network(self) -> None:
        optional = [row.endpoint for row in SERVICES['network'].map if row.endpoint.optional]
        self.assertEqual(54, len(optional))
        self.assertTrue(all(endpoint.extension for endpoint in optional))


class RowTest(testtools.TestCase):

    def test_rows_are_well_formed(self) -> None:
        for name, service in SERVICES.items():
            for row in service.map:
                endpoint = row.endpoint
                self.assertIn(endpoint.status, STATUSES, endpoint)
                self.assertTrue(endpoint.verbs, endpoint)
                self.assertLessEqual(set(endpoint.verbs), set(VERBS), endpoint)
                for path in (*endpoint.paths, *endpoint.aliases.values()):
                    self.assertEqual(len(endpoint.variables), len(variables(path)), endpoint)
                self.assertLessEqual(set(endpoint.param_aliases), set(endpoint.variables))
                self.assertLessEqual(row.group.unversioned - set(row.group.roots),
                                     {'/v2', '/v2/{tenant_id}'}, f'{name} {endpoint}')

    def test_rows_fit_their_service(self) -> None:
        for service in SERVICES.values():
            interface = interface_methods(service.driver)
            for row, _, _, operation in service.map.operations():
                check_row(row, operation, interface)

    def test_an_operation_is_public_or_has_a_persona(self) -> None:
        for service in SERVICES.values():
            for row, verb, action, operation in service.map.operations():
                where = f'{service.name} {verb} {row.endpoint.name} {action}'
                if operation.public:
                    self.assertIsNone(operation.role, where)
                elif operation.policy is None:
                    self.assertIn(operation.role, service.personas, where)

    def test_one_name_is_one_operation(self) -> None:
        """Rows may share an operation, and so its policy rule; different ones have two names."""
        for service in SERVICES.values():
            operations = collections.defaultdict(set)
            for _, _, _, operation in service.map.operations():
                operations[operation.name].add(id(operation))
            self.assertEqual([], [f'{service.name}:{name}'
                                  for name, same in operations.items() if len(same) > 1])

    def test_windows_lie_within_the_range_of_the_service(self) -> None:
        for service in SERVICES.values():
            for row, verb, _, operation in service.map.operations():
                window = operation.window
                if not window:
                    continue
                self.assertIsNotNone(service.negotiation, row.endpoint)
                low, high = service.negotiation.minimum, service.negotiation.maximum
                self.assertTrue(low <= (window.since or low) <= (window.until or high) <= high,
                                f'{row.endpoint} {verb}: {window!r}')

    def test_who_may_ask_without_a_token(self) -> None:
        anonymous = {name: {(row.endpoint.name, verb)
                            for row, verb, _, operation in service.map.operations()
                            if operation.public and row.endpoint.status == 'current'}
                     for name, service in SERVICES.items()}
        self.assertEqual({('index', 'GET'), ('v2_index', 'GET'), ('v21_index', 'GET')},
                         anonymous['compute'])
        self.assertEqual({('index', 'GET'), ('versions', 'GET')}, anonymous['image'])
        self.assertEqual({('index', 'GET')}, anonymous['volume'])
        self.assertEqual({('index', 'GET'), ('v2_index', 'GET')}, anonymous['network'])
        self.assertEqual({('index', 'GET'), ('v1_index', 'GET'), ('v1_lookup', 'GET'),
                          ('v1_heartbeat', 'POST'), ('v1_continue_inspection', 'POST')},
                         anonymous['baremetal'])
        self.assertIn(('v3_auth_tokens', 'POST'), anonymous['identity'])
        self.assertIn(('v3_auth_index', 'HEAD'), anonymous['identity'])
        self.assertNotIn(('v3_auth_tokens', 'GET'), anonymous['identity'])
        self.assertNotIn(('v3_users', 'POST'), anonymous['identity'])


class RoutingTest(testtools.TestCase):

    def test_every_template_leads_back_to_its_row(self) -> None:
        for name, service in SERVICES.items():
            for row in service.map:
                for root, template in templates(row):
                    found = ROUTERS[name].find(fill(template))
                    self.assertIsNotNone(found, f'{name} {template}')
                    self.assertEqual(row.endpoint.name, found.row.endpoint.name, template)
                    self.assertEqual(root, found.root, template)

    def test_variables_arrive_under_our_names(self) -> None:
        for name, service in SERVICES.items():
            for row in service.map:
                for root in row.group.roots:
                    template = (root + row.endpoint.path) or '/'
                    self.assertEqual({each: sample(each) for each in variables(template)},
                                     ROUTERS[name].find(fill(template)).variables, template)

    def test_a_lookup_leaves_few_candidates(self) -> None:
        """What keeps the slowest match near the fastest: Routes tries templates one by one."""
        for name, service in SERVICES.items():
            for row in service.map:
                for _, template in templates(row):
                    self.assertLessEqual(ROUTERS[name].candidates(fill(template)), 3, template)

    def test_templates_share_mappers(self) -> None:
        """One for each template took 50 MB for the six services."""
        for service in SERVICES.values():
            with mock.patch.object(routing, '_mapper', wraps=routing._mapper) as made:
                routing.Router(service.map)
            self.assertLess(made.call_count, 12, service.name)

    def test_a_url_leads_back_to_its_row(self) -> None:
        for name, service in SERVICES.items():
            for endpoint_name in service.map.names:
                row = service.map[endpoint_name]
                values = {each: sample(each) for each in (
                    *row.endpoint.variables, *variables(row.group.roots[0]))}
                found = ROUTERS[name].find(service.map.path(endpoint_name, values))
                self.assertEqual(row.endpoint.name, found.row.endpoint.name)

    def test_a_project_is_told_from_a_collection(self) -> None:
        router = ROUTERS['compute']
        self.assertEqual('v2_servers', router.find('/v2.1/c0ffee/servers').row.endpoint.name)
        self.assertEqual('v2_server', router.find('/v2.1/servers/c0ffee').row.endpoint.name)
        self.assertIsNone(router.find('/v2.1/nope/servers'))


class OriginalTest(testtools.TestCase):
    """Names, templates and table rows of the original Jumpgate stay valid."""

    def test_all_names_and_templates(self) -> None:
        rows = lines('original_endpoints.txt')
        self.assertEqual(167, len(rows))
        for service, name, template in rows:
            self.assertIn(name, SERVICES[service].map)
            row = SERVICES[service].map[name]
            found = ROUTERS[service].find(fill(template))
            self.assertIs(row.endpoint, found and found.row.endpoint, f'{service} {template}')

    def test_urls_are_built_as_the_original_built_them(self) -> None:
        for service, name, template in lines('original_endpoints.txt'):
            values = {each: sample(each) for each in variables(template)}
            url = SERVICES[service].map.path(name, values)
            self.assertEqual(fill(template).replace('/role/', '/roles/'), url)

    def test_all_rows_of_its_tables(self) -> None:
        rows = lines('seed_rows.txt')
        self.assertEqual({'identity': 10, 'compute': 44, 'image': 5, 'volume': 6, 'network': 5},
                         collections.Counter(service for service, _, _ in rows))
        for service, verb, template in rows:
            found = ROUTERS[service].find(fill(template))
            self.assertIsNotNone(found, f'{service} {template}')
            self.assertIn(verb, found.row.endpoint.verbs, f'{service} {verb} {template}')

    def test_a_misspelt_name_and_the_right_one_are_the_same_endpoint(self) -> None:
        identity = SERVICES['identity'].map
        self.assertIs(identity['v3_credentails'].endpoint, identity['v3_credentials'].endpoint)


class VersionedRootTest(testtools.TestCase):

    def test_the_legacy_root_of_nova_ignores_version_headers(self) -> None:
        group = SERVICES['compute'].map['v2_servers'].group
        self.assertEqual([False, True, True, False],
                         [group.is_versioned(root) for root in group.roots])

    def test_what_needs_a_version_is_not_on_it(self) -> None:
        group = SERVICES['compute'].map['v21_server_tags'].group
        self.assertEqual(('/v2.1/{tenant_id}', '/v2.1'), group.roots)
