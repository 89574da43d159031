"""Messages."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_messages', '/messages',
                 GET=declared('List messages', role='reader', since='3.3')),
        Endpoint('v3_message', '/messages/{message_id}',
                 GET=declared('Show message', role='reader', since='3.3'),
                 DELETE=declared('Delete message', role='member', code=204, since='3.3')),
    )),
)
