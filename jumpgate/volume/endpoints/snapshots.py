"""Snapshots."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import Actions, declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_snapshots', '/snapshots',
                 GET=declared('List snapshots', role='reader'),
                 POST=declared('Create snapshot', role='member', code=202)),
        Endpoint('v3_snapshots_detail', '/snapshots/detail',
                 GET=declared('List snapshots with details', role='reader')),
        Endpoint('v3_snapshot', '/snapshots/{snapshot_id}',
                 GET=declared('Show snapshot', role='reader'),
                 PUT=declared('Update snapshot', role='member'),
                 DELETE=declared('Delete snapshot', role='member', code=202)),
        Endpoint('v3_snapshot_action', '/snapshots/{snapshot_id}/action',
                 POST=Actions({
                     'os-force_delete': declared('Force delete', role='admin', code=202),
                     'os-reset_status': declared('Force resource status', role='admin', code=202),
                     'os-unmanage': declared('Stop managing without deleting data', role='admin',
                         code=202),
                     'os-update_snapshot_status': declared('Update snapshot status',
                         role='member'),
                 })),
        Endpoint('v3_snapshot_metadata', '/snapshots/{snapshot_id}/metadata',
                 GET=declared('List snapshot metadata', role='reader'),
                 POST=declared('Add or update snapshot metadata', role='member'),
                 PUT=declared('Replace snapshot metadata', role='member')),
        Endpoint('v3_snapshot_metadata_key', '/snapshots/{snapshot_id}/metadata/{key}',
                 GET=declared('Show snapshot metadata item', role='reader'),
                 PUT=declared('Update snapshot metadata item', role='member'),
                 DELETE=declared('Delete snapshot metadata item', role='member')),
    )),
)
