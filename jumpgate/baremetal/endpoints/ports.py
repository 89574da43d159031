"""Ports and port groups."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_ports', '/ports',
                 GET=declared('List ports', role='reader'),
                 POST=declared('Create port', role='manager', code=201)),
        Endpoint('v1_ports_detail', '/ports/detail',
                 GET=declared('List ports with details', role='reader')),
        Endpoint('v1_port', '/ports/{port_id}',
                 GET=declared('Show port', role='reader'),
                 PATCH=declared('Update port', role='manager'),
                 DELETE=declared('Delete port', role='manager', code=204)),
        Endpoint('v1_portgroups', '/portgroups',
                 GET=declared('List portgroups', role='reader', since='1.23'),
                 POST=declared('Create portgroup', role='manager', code=201, since='1.23')),
        Endpoint('v1_portgroups_detail', '/portgroups/detail',
                 GET=declared('List portgroups with details', role='reader', since='1.23')),
        Endpoint('v1_portgroup', '/portgroups/{portgroup_id}',
                 GET=declared('Show portgroup', role='reader', since='1.23'),
                 PATCH=declared('Update portgroup', role='manager', since='1.23'),
                 DELETE=declared('Delete portgroup', role='manager', code=204, since='1.23')),
        Endpoint('v1_portgroup_ports', '/portgroups/{portgroup_id}/ports',
                 GET=declared('List ports of portgroup', role='reader', since='1.24')),
        Endpoint('v1_portgroup_ports_detail', '/portgroups/{portgroup_id}/ports/detail',
                 GET=declared('List ports of portgroup with details', role='reader',
                              since='1.24')),
    )),
)
