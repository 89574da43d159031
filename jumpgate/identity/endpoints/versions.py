"""Version documents."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import versions

GROUPS = (
    Group(roots=('',), endpoints=(
        Endpoint('versions', '/', head=True,
                 GET=versions.index),
    )),
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_auth_index', '', head=True,
                 GET=versions.show_v3),
    )),
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_auth_index', '', status='legacy',
                 GET=versions.show_v2),
    )),
)
