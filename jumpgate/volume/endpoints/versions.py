"""Version documents and extensions."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=('',), versioned=False, endpoints=(
        Endpoint('index', '/', GET=declared('List API versions', public=True, code=300)),
    )),
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_index', '', GET=declared('Show v3 version', role='none')),
    )),
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_extensions', '/extensions', GET=declared('List API extensions', role='none')),
        Endpoint('v3_extension', '/extensions/{alias}',
                 GET=declared('Show extension', role='none')),
        Endpoint('v3_resource_filters', '/resource_filters',
                 GET=declared('List resource filters', role='none', since='3.33')),
    )),
)
