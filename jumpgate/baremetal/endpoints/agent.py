"""What the agent on a node calls, and hooks of other services."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_events', '/events',
                 POST=declared('Report external events', role='admin-system', code=204,
                               since='1.54')),
        Endpoint('v1_lookup', '/lookup',
                 GET=declared('Find node for ramdisk', public=True, since='1.22')),
        Endpoint('v1_heartbeat', '/heartbeat/{node_id}',
                 POST=declared('Report ramdisk heartbeat', public=True, code=202, since='1.22')),
        Endpoint('v1_continue_inspection', '/continue_inspection',
                 POST=declared('Deliver in-band inspection data', public=True, code=202,
                               since='1.84')),
    )),
)
