"""Version documents and extensions."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('',), endpoints=(
        Endpoint('index', '/', GET=declared('List API versions', public=True)),
    )),
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_index', '/', paths=('',),
                 GET=declared('List core resources of v2.0', public=True)),
        Endpoint('v2_extensions', '/extensions',
                 GET=declared('List loaded extensions', role='none')),
        Endpoint('v2_extension', '/extensions/{alias}',
                 GET=declared('Show extension', role='none')),
    )),
)
