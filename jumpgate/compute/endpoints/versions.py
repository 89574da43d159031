"""Version documents and extensions."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.compute.endpoints import roots

GROUPS = (
    Group(roots=('',), versioned=False, endpoints=(
        Endpoint('index', '/', GET=declared('List API versions', public=True)),
    )),
    Group(roots=('/v1',), versioned=False, endpoints=(
        Endpoint('v1_index', '', status='seed',
                 GET=declared("The version 1 that the seed's tutorial links to; never served",
                              public=True)),
    )),
    Group(roots=('/v2',), versioned=False, endpoints=(
        Endpoint('v2_index', '', GET=declared('Show this API version', public=True)),
    )),
    Group(roots=('/v2.1',), endpoints=(
        Endpoint('v21_index', '', GET=declared('Show this API version', public=True)),
    )),
    Group(roots=('/v3',), versioned=False, endpoints=(
        Endpoint('v3_index', '', status='original',
                 GET=declared('Show abandoned v3 API', public=True)),
    )),
    Group(roots=roots.ALL, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_version', '/versions/{version_id}',
                 GET=declared('Show one API version', role='none')),
        Endpoint('v2_extensions', '/extensions', GET=declared('List API extensions', role='none')),
        Endpoint('v2_extension', '/extensions/{alias}',
                 GET=declared('Show extension', role='none')),
    )),
)
