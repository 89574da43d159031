"""Version documents."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.image.controllers import versions

GROUPS = (
    Group(roots=('',), endpoints=(
        Endpoint('index', '/', paths=('/v3',), GET=versions.choices),
        Endpoint('versions', '/versions', GET=versions.index),
    )),
)
