"""Server groups."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.compute.endpoints import roots

GROUPS = (
    Group(roots=roots.ALL, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_os_server_groups', '/os-server-groups',
                 GET=declared('List server groups', role='reader'),
                 POST=declared('Create server group', role='member')),
        Endpoint('v2_os_server_group', '/os-server-groups/{server_group_id}',
                 GET=declared('Show server group', role='reader'),
                 DELETE=declared('Delete server group', role='member', code=204)),
    )),
)
