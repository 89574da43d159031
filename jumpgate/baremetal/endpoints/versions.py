"""Version documents."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('',), versioned=False, endpoints=(
        Endpoint('index', '/', GET=declared('List API versions', public=True)),
    )),
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_index', '', GET=declared('Show v1 resources', public=True)),
        Endpoint('v1_versions', '/versions', status='original',
                 GET=declared('List API versions', role='admin')),
        Endpoint('v1_version', '/versions/{version_id}', status='original',
                 GET=declared('Show API version', role='admin')),
    )),
)
