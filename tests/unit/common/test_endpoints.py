"""The endpoint map as data."""
import testtools

from jumpgate.common.endpoints import Endpoint, EndpointMap, Group
from jumpgate.common.operation import Actions, declared


class EndpointTest(testtools.TestCase):

    def test_an_operation_without_a_name_is_named_after_verb_and_row(self) -> None:
        row = Endpoint('v2_things', '/things', GET=declared('List things'),
                       POST=declared(name='make_thing'))
        self.assertEqual('get_v2_things', row.verbs['GET'].name)
        self.assertEqual('make_thing', row.verbs['POST'].name)

    def test_actions_are_named_after_the_row_and_their_key(self) -> None:
        row = Endpoint('v2_thing_action', '/things/{thing_id}/action', POST=Actions(
            {'os-start': declared()}, confirmResize=declared()))
        self.assertEqual(['v2_thing_action_os_start', 'v2_thing_action_confirm_resize'],
                         [one.name for one in row.verbs['POST'].values()])

    def test_head_is_the_operation_of_get(self) -> None:
        row = Endpoint('v3_things', '/things', head=True, GET=declared())
        self.assertIs(row.verbs['GET'], row.verbs['HEAD'])
        self.assertEqual(('GET', 'HEAD', 'OPTIONS'), row.allow)

    def test_no_head_unless_it_is_asked_for(self) -> None:
        self.assertNotIn('HEAD', Endpoint('v3_things', '/things', GET=declared()).verbs)

    def test_an_unknown_verb_is_refused(self) -> None:
        error = self.assertRaises(ValueError, Endpoint, 'v2_things', '/things', LIST=declared())
        self.assertIn('LIST', str(error))


class GroupTest(testtools.TestCase):

    def test_some_roots_may_ignore_the_version_header(self) -> None:
        group = Group(roots=('/v2', '/v2.1'), unversioned=('/v2',), endpoints=())
        self.assertFalse(group.is_versioned('/v2'))
        self.assertTrue(group.is_versioned('/v2.1'))

    def test_or_all_of_them(self) -> None:
        group = Group(roots=('/v1',), versioned=False, endpoints=())
        self.assertFalse(group.is_versioned('/v1'))


class MapTest(testtools.TestCase):

    def setUp(self) -> None:
        super().setUp()
        self.map = EndpointMap(Group(roots=('/v2/{tenant_id}', '/v2'), endpoints=(
            Endpoint('v2_action', '/servers/{server_id}/action',
                     param_aliases={'server_id': 'instance_id'}, POST=declared()),
            Endpoint('v2_quota', '/quotas/{target_id}',
                     aliases={'v2_old_quota': '/quotas/{account_id}'}, GET=declared()))))

    def test_two_rows_cannot_share_a_name(self) -> None:
        row = Endpoint('v2_things', '/things')
        self.assertRaises(ValueError, EndpointMap, Group(roots=('/v2',), endpoints=(row, row)))

    def test_the_root_is_the_first_whose_variables_are_known(self) -> None:
        self.assertEqual('/v2/quotas/a', self.map.path('v2_quota', {'target_id': 'a'}))
        self.assertEqual('/v2/7/quotas/a',
                         self.map.path('v2_quota', {'target_id': 'a', 'tenant_id': 7}))

    def test_a_url_takes_our_names_and_those_of_the_original(self) -> None:
        self.assertEqual('/v2/servers/s/action', self.map.path('v2_action', {'server_id': 's'}))
        self.assertEqual('/v2/servers/s/action', self.map.path('v2_action', {'instance_id': 's'}))
        self.assertEqual('/v2/quotas/a', self.map.path('v2_old_quota', {'account_id': 'a'}))
        self.assertEqual('/v2/quotas/a', self.map.path('v2_old_quota', {'target_id': 'a'}))

    def test_values_are_quoted(self) -> None:
        self.assertEqual('/v2/quotas/a%2Fb%20c', self.map.path('v2_quota', {'target_id': 'a/b c'}))

    def test_a_missing_variable_is_named(self) -> None:
        error = self.assertRaises(KeyError, self.map.path, 'v2_quota', {})
        self.assertIn('target_id', str(error))

    def test_an_alias_is_no_row_of_its_own(self) -> None:
        self.assertEqual(2, len(list(self.map)))
        self.assertIs(self.map['v2_quota'].endpoint, self.map['v2_old_quota'].endpoint)
