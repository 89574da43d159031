"""Which row a path leads to."""
import testtools

from jumpgate.common.endpoints import Endpoint, EndpointMap, Group
from jumpgate.common.operation import declared
from jumpgate.common.routing import Router

MAP = EndpointMap(
    Group(roots=('/v2/{tenant_id}', '/v2.1'), endpoints=(
        Endpoint('v2_server', '/servers/{server_id}', GET=declared()),
        Endpoint('v2_servers', '/servers', GET=declared()),
        Endpoint('v2_servers_detail', '/servers/detail', GET=declared(),
                 paths=('/servers-in-detail',)),
        Endpoint('v2_quotas', '/quotas/{target_id}', GET=declared(),
                 aliases={'v2_tenant_quotas': '/quotas/{account_id}',
                          'v2_old_quotas': '/old-quotas/{account_id}'}),
    )),
    Group(roots=('',), endpoints=(Endpoint('index', '/', GET=declared()),)),
    Group(roots=('/v2',), endpoints=(Endpoint('v2_index', '', GET=declared()),)),
)


class RouterTest(testtools.TestCase):

    def found(self, path, **manners):
        found = Router(MAP, **manners).find(path)
        return found and (found.row.endpoint.name, found.root, found.variables)

    def test_a_literal_wins_over_a_variable_in_whatever_order_the_map_is(self):
        self.assertEqual(('v2_servers_detail', '/v2.1', {}), self.found('/v2.1/servers/detail'))
        self.assertEqual(('v2_server', '/v2.1', {'server_id': 'x'}),
                         self.found('/v2.1/servers/x'))

    def test_a_project_is_told_from_a_name_by_its_letters(self):
        self.assertEqual(('v2_servers', '/v2/{tenant_id}', {'tenant_id': 'ab-1'}),
                         self.found('/v2/ab-1/servers'))
        self.assertIsNone(self.found('/v2/zz/servers'))

    def test_a_version_root_answers_with_and_without_a_slash(self):
        for path in ('/v2', '/v2/'):
            self.assertEqual(('v2_index', '/v2', {}), self.found(path))
        self.assertEqual(('index', '', {}), self.found('/'))

    def test_a_trailing_slash_counts_unless_the_service_says_no(self):
        self.assertIsNone(self.found('/v2.1/servers/'))
        self.assertEqual('v2_servers', self.found('/v2.1/servers/', trailing_slash=True)[0])

    def test_aliases_reach_the_row_under_our_variable_names(self):
        for path in ('/v2.1/quotas/q', '/v2.1/old-quotas/q'):
            self.assertEqual(('v2_quotas', '/v2.1', {'target_id': 'q'}), self.found(path))
        self.assertEqual('v2_servers_detail', self.found('/v2.1/servers-in-detail')[0])

    def test_unknown_paths_lead_nowhere(self):
        for path in ('/v3', '/v2.1/flavors', '/v2.1/servers/x/y', '//', '/v2.1//servers'):
            self.assertIsNone(self.found(path))

    def test_unicode_and_punctuation_are_values(self):
        for value in ('häß', 'a.b', 'a b', '%41', '{x}', 'a:b@c'):
            self.assertEqual({'server_id': value}, self.found(f'/v2.1/servers/{value}')[2])
