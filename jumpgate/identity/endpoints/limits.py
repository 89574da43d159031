"""Limits and registered limits."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import limits, registered_limits

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_limits', '/limits', head=True,
                 GET=limits.index, POST=limits.create),
        Endpoint('v3_limits_model', '/limits/model', head=True,
                 GET=limits.model),
        Endpoint('v3_limit', '/limits/{limit_id}', head=True,
                 GET=limits.show, PATCH=limits.update, DELETE=limits.delete),
        Endpoint('v3_registered_limits', '/registered_limits', head=True,
                 GET=registered_limits.index, POST=registered_limits.create),
        Endpoint('v3_registered_limit', '/registered_limits/{registered_limit_id}', head=True,
                 GET=registered_limits.show, PATCH=registered_limits.update,
                 DELETE=registered_limits.delete),
    )),
)
