"""Volume connectors and targets."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_volume', '/volume',
                 GET=declared('Show volume links', role='reader', since='1.32')),
        Endpoint('v1_volume_connectors', '/volume/connectors',
                 GET=declared('List volume connectors', role='reader', since='1.32'),
                 POST=declared('Create volume connector', role='manager', code=201, since='1.32')),
        Endpoint('v1_volume_connector', '/volume/connectors/{connector_id}',
                 GET=declared('Show volume connector', role='reader', since='1.32'),
                 PATCH=declared('Update volume connector', role='member', since='1.32'),
                 DELETE=declared('Delete volume connector', role='manager', code=204,
                                 since='1.32')),
        Endpoint('v1_volume_targets', '/volume/targets',
                 GET=declared('List volume targets', role='reader', since='1.32'),
                 POST=declared('Create volume target', role='manager', code=201, since='1.32')),
        Endpoint('v1_volume_target', '/volume/targets/{target_id}',
                 GET=declared('Show volume target', role='reader', since='1.32'),
                 PATCH=declared('Update volume target', role='member', since='1.32'),
                 DELETE=declared('Delete volume target', role='manager', code=204, since='1.32')),
    )),
)
