"""Limits and registered limits."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_limits', '/limits', head=True,
                 GET=declared('List limits', role='none'),
                 POST=declared('Create limit', role='admin', code=201)),
        Endpoint('v3_limits_model', '/limits/model', head=True,
                 GET=declared('Show limit enforcement model', role='none')),
        Endpoint('v3_limit', '/limits/{limit_id}', head=True,
                 GET=declared('Show limit', role='none'),
                 PATCH=declared('Update limit', role='admin'),
                 DELETE=declared('Delete limit', role='admin', code=204)),
        Endpoint('v3_registered_limits', '/registered_limits', head=True,
                 GET=declared('List registered limits', role='none'),
                 POST=declared('Create registered limit', role='admin', code=201)),
        Endpoint('v3_registered_limit', '/registered_limits/{registered_limit_id}', head=True,
                 GET=declared('Show registered limit', role='none'),
                 PATCH=declared('Update registered limit', role='admin'),
                 DELETE=declared('Delete registered limit', role='admin', code=204)),
    )),
)
