"""Service function chaining."""
import functools

from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

_chaining = functools.partial(Endpoint, extension='sfc', optional=True)

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        _chaining('v2_sfc_flow_classifiers', '/sfc/flow_classifiers',
                  GET=declared('List flow classifiers', role='reader'),
                  POST=declared('Create flow classifier', role='member')),
        _chaining('v2_sfc_flow_classifier', '/sfc/flow_classifiers/{flow_classifier_id}',
                  GET=declared('Show flow classifier', role='reader'),
                  PUT=declared('Update flow classifier', role='member'),
                  DELETE=declared('Delete flow classifier', role='member', code=202)),
        _chaining('v2_sfc_port_chains', '/sfc/port_chains',
                  GET=declared('List port chains', role='reader'),
                  POST=declared('Create port chain', role='member')),
        _chaining('v2_sfc_port_chain', '/sfc/port_chains/{port_chain_id}',
                  GET=declared('Show port chain', role='reader'),
                  PUT=declared('Update port chain', role='member'),
                  DELETE=declared('Delete port chain', role='member', code=202)),
        _chaining('v2_sfc_port_pair_groups', '/sfc/port_pair_groups',
                  GET=declared('List port pair groups', role='reader'),
                  POST=declared('Create port pair group', role='member')),
        _chaining('v2_sfc_port_pair_group', '/sfc/port_pair_groups/{port_pair_group_id}',
                  GET=declared('Show port pair group', role='reader'),
                  PUT=declared('Update port pair group', role='member'),
                  DELETE=declared('Delete port pair group', role='member', code=202)),
        _chaining('v2_sfc_port_pairs', '/sfc/port_pairs',
                  GET=declared('List port pairs', role='reader'),
                  POST=declared('Create port pair', role='member')),
        _chaining('v2_sfc_port_pair', '/sfc/port_pairs/{port_pair_id}',
                  GET=declared('Show port pair', role='reader'),
                  PUT=declared('Update port pair', role='member'),
                  DELETE=declared('Delete port pair', role='member', code=202)),
        _chaining('v2_sfc_service_graphs', '/sfc/service_graphs',
                  GET=declared('List service graphs', role='reader'),
                  POST=declared('Create service graph', role='member')),
        _chaining('v2_sfc_service_graph', '/sfc/service_graphs/{service_graph_id}',
                  GET=declared('Show service graph', role='reader'),
                  PUT=declared('Update service graph', role='member'),
                  DELETE=declared('Delete service graph', role='member', code=202)),
    )),
)
