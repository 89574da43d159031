"""Version documents."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('',), endpoints=(
        Endpoint('index', '/', GET=declared('List API versions', public=True, code=300)),
        Endpoint('versions', '/versions', GET=declared('List API versions', public=True)),
    )),
)
