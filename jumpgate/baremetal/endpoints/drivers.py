"""Drivers and conductors."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_drivers', '/drivers', GET=declared('List drivers', role='admin-system')),
        Endpoint('v1_driver', '/drivers/{driver_id}',
                 GET=declared('Show driver', role='admin-system')),
        Endpoint('v1_driver_properties', '/drivers/{driver_id}/properties',
                 GET=declared('Show driver properties', role='admin-system')),
        Endpoint('v1_driver_raid_logical_disk_properties',
                 '/drivers/{driver_id}/raid/logical_disk_properties',
                 GET=declared('Show RAID disk properties of driver', role='admin-system',
                              since='1.12')),
        Endpoint('v1_driver_vendor_passthru', '/drivers/{driver_id}/vendor_passthru',
                 GET=declared('Call vendor method of driver', role='admin-system'),
                 POST=declared('Call vendor method of driver', role='admin-system', code=202),
                 PUT=declared('Call vendor method of driver', role='admin-system', code=202),
                 PATCH=declared('Call vendor method of driver', role='admin-system', code=202),
                 DELETE=declared('Call vendor method of driver', role='admin-system', code=202)),
        Endpoint('v1_driver_vendor_passthru_methods',
                 '/drivers/{driver_id}/vendor_passthru/methods',
                 GET=declared('List vendor methods of driver', role='admin-system')),
        Endpoint('v1_driver_vendor_passthru_method',
                 '/drivers/{driver_id}/vendor_passthru/{method_name}',
                 GET=declared('Call vendor method of driver', role='admin-system'),
                 POST=declared('Call vendor method of driver', role='admin-system', code=202),
                 PUT=declared('Call vendor method of driver', role='admin-system', code=202),
                 PATCH=declared('Call vendor method of driver', role='admin-system', code=202),
                 DELETE=declared('Call vendor method of driver', role='admin-system', code=202)),
        Endpoint('v1_conductors', '/conductors',
                 GET=declared('List conductors', role='admin-system', since='1.49')),
        Endpoint('v1_conductor', '/conductors/{hostname}',
                 GET=declared('Show conductor', role='admin-system', since='1.49')),
        Endpoint('v1_shards', '/shards',
                 GET=declared('List shards and node counts', role='admin-system', since='1.82')),
    )),
)
