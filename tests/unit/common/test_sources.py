"""Who answers what."""
import testtools

from jumpgate.common.driver import Driver, optional
from jumpgate.common.endpoints import Endpoint, EndpointMap, Group
from jumpgate.common.operation import Actions, declared, operation
from jumpgate.common.sources import BadDriver, decide


class CloudDriver(Driver):
    @optional
    def list_things(self):
        """List."""

    @optional
    def stop_thing(self):
        """Stop."""


class Cloud(CloudDriver):
    def list_things(self):
        return []


@operation('list_things', role='reader')
def index(call):
    """List."""


@operation('stop_thing', role='member')
def stop(call):
    """Stop."""


MAP = EndpointMap(Group(roots=('/v2/{tenant_id}', '/v2'), endpoints=(
    Endpoint('things', '/things', GET=index, POST=declared('Make')),
    Endpoint('headed', '/headed', head=True, GET=index),
    Endpoint('action', '/things/{thing_id}/action', param_aliases={'thing_id': 'instance_id'},
             aliases={'old_action': '/things/{old_id}/action'},
             POST=Actions(stop=stop, teleport=declared('Teleport'))),
)))


class Getter:
    def on_get(self, req, resp):
        """Answer."""


def sources(name, handler=None, driver=None, upstream=None):
    answers = decide(MAP[name], name, handler, driver, upstream, tenant_is_ours=True)
    return {verb: answer.source for verb, answer in answers.items()}


class DecideTest(testtools.TestCase):

    def test_nobody(self):
        self.assertEqual({'GET': 'none', 'POST': 'none'}, sources('things'))

    def test_a_driver_answers_what_it_overrides(self):
        self.assertEqual({'GET': 'driver', 'POST': 'none'}, sources('things', driver=Cloud()))
        self.assertEqual({'GET': 'none', 'POST': 'none'}, sources('things', driver=CloudDriver()))

    def test_an_upstream_gets_the_rest(self):
        self.assertEqual({'GET': 'driver', 'POST': 'upstream'},
                         sources('things', driver=Cloud(), upstream=object()))

    def test_a_handler_comes_first_for_the_verbs_it_has(self):
        self.assertEqual({'GET': 'handler', 'HEAD': 'handler', 'POST': 'upstream'},
                         sources('things', Getter(), Cloud(), object()))

    def test_head_only_where_the_row_lists_it(self):
        self.assertNotIn('HEAD', sources('things', driver=Cloud()))
        self.assertEqual({'GET': 'driver', 'HEAD': 'driver'}, sources('headed', driver=Cloud()))

    def test_a_handlers_head_has_the_rule_of_get(self):
        answers = decide(MAP['things'], 'things', Getter(), None, None, tenant_is_ours=True)
        self.assertIs(index, answers['HEAD'].operation)

    def test_actions_are_chosen_one_by_one(self):
        answers = decide(MAP['action'], 'action', None, _Stopper(), object(),
                         tenant_is_ours=True)
        self.assertEqual('mixed', answers['POST'].source)
        self.assertEqual({'stop': 'driver', 'teleport': 'upstream'}, {
            action: answer.source for action, answer in answers['POST'].actions.items()})

    def test_actions_that_all_go_upstream_stream(self):
        self.assertEqual({'POST': 'upstream'}, sources('action', upstream=object()))


class _Stopper(CloudDriver):
    def stop_thing(self):
        return None


class KeywordTest(testtools.TestCase):

    def keywords(self, name, responder):
        handler = type('Handler', (), {'on_post': staticmethod(responder)})()
        answers = decide(MAP[name], name, handler, None, None, tenant_is_ours=True)
        return dict(answers['POST'].handler.keywords)

    def test_the_originals_name_of_a_variable(self):
        self.assertEqual({'instance_id': 'thing_id'},
                         self.keywords('action', lambda req, resp, instance_id: None))

    def test_ours(self):
        self.assertEqual({'thing_id': 'thing_id'},
                         self.keywords('action', lambda req, resp, thing_id: None))

    def test_those_of_the_alias_by_which_it_was_set(self):
        self.assertEqual({'old_id': 'thing_id'},
                         self.keywords('old_action', lambda req, resp, old_id: None))

    def test_the_tenant_only_if_it_is_asked_for(self):
        self.assertEqual({'thing_id': 'thing_id', 'tenant_id': 'tenant_id'}, self.keywords(
            'action', lambda req, resp, thing_id, tenant_id: None))

    def test_a_variable_that_is_not_taken_is_said_at_start_up(self):
        error = self.assertRaises(BadDriver, self.keywords, 'action', lambda req, resp: None)
        self.assertIn('instance_id', str(error))
