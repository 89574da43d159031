"""Allocations."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_allocations', '/allocations',
                 GET=declared('List allocations', role='reader', since='1.52'),
                 POST=declared('Create allocation', role='member', code=201, since='1.52')),
        Endpoint('v1_allocation', '/allocations/{allocation_id}',
                 GET=declared('Show allocation', role='reader', since='1.52'),
                 PATCH=declared('Update allocation', role='member', since='1.57'),
                 DELETE=declared('Delete allocation', role='member', code=204, since='1.52')),
    )),
)
