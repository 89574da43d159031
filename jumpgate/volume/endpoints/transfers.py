"""Transfers of volumes between projects."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_volume_transfers', '/volume-transfers',
                 GET=declared('List volume transfers', role='reader', since='3.55'),
                 POST=declared('Create volume transfer', role='member', code=202, since='3.55')),
        Endpoint('v3_volume_transfers_detail', '/volume-transfers/detail',
                 GET=declared('List volume transfers with details', role='reader', since='3.55')),
        Endpoint('v3_volume_transfer', '/volume-transfers/{transfer_id}',
                 GET=declared('Show volume transfer', role='reader', since='3.55'),
                 DELETE=declared('Delete volume transfer', role='member', code=202, since='3.55')),
        Endpoint('v3_volume_transfer_accept', '/volume-transfers/{transfer_id}/accept',
                 POST=declared('Accept volume transfer', role='member', code=202, since='3.55')),
        Endpoint('v3_os_volume_transfers', '/os-volume-transfer',
                 GET=declared('List volume transfers', role='reader'),
                 POST=declared('Create volume transfer', role='member', code=202)),
        Endpoint('v3_os_volume_transfers_detail', '/os-volume-transfer/detail',
                 GET=declared('List volume transfers with details', role='reader')),
        Endpoint('v3_os_volume_transfer', '/os-volume-transfer/{transfer_id}',
                 GET=declared('Show volume transfer', role='reader'),
                 DELETE=declared('Delete volume transfer', role='member', code=202)),
        Endpoint('v3_os_volume_transfer_accept', '/os-volume-transfer/{transfer_id}/accept',
                 POST=declared('Accept volume transfer', role='member', code=202)),
    )),
)
