"""Version documents."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('',), endpoints=(
        Endpoint('versions', '/', head=True,
                 GET=declared('List API versions', public=True, code=300)),
    )),
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_auth_index', '', head=True,
                 GET=declared('Show v3 version or JSON home', public=True)),
    )),
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_auth_index', '', status='legacy',
                 GET=declared('Show v2.0 version', public=True)),
    )),
)
