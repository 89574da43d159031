"""Chassis."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_chassis', '/chassis',
                 GET=declared('List chassis', role='admin-system'),
                 POST=declared('Create chassis', role='admin-system', code=201)),
        Endpoint('v1_chassis_detail', '/chassis/detail',
                 GET=declared('List chassis with details', role='admin-system')),
        Endpoint('v1_chassis_single', '/chassis/{chassis_id}',
                 GET=declared('Show chassis', role='admin-system'),
                 PATCH=declared('Update chassis', role='admin-system'),
                 DELETE=declared('Delete chassis', role='admin-system', code=204)),
        Endpoint('v1_chassis_nodes', '/chassis/{chassis_id}/nodes',
                 GET=declared('List nodes in chassis', role='reader')),
        Endpoint('v1_chassis_nodes_detail', '/chassis/{chassis_id}/nodes/detail',
                 GET=declared('List nodes in chassis with details', role='reader')),
    )),
)
