"""Attachments."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import Actions, declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_attachments', '/attachments',
                 GET=declared('List attachments', role='reader', since='3.27'),
                 POST=declared('Create attachment', role='member', since='3.27')),
        Endpoint('v3_attachments_detail', '/attachments/detail',
                 GET=declared('List attachments with details', role='reader', since='3.27')),
        Endpoint('v3_attachment', '/attachments/{attachment_id}',
                 GET=declared('Show attachment', role='reader', since='3.27'),
                 PUT=declared('Update attachment', role='member', since='3.27'),
                 DELETE=declared('Delete attachment', role='member', since='3.27')),
        Endpoint('v3_attachment_action', '/attachments/{attachment_id}/action',
                 POST=Actions({
                     'os-complete': declared('Mark attachment complete', role='member', code=204,
                         since='3.44'),
                 })),
    )),
)
