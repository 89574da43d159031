"""Taps: copies of traffic."""
import functools

from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

_tap = functools.partial(Endpoint, extension='taas', optional=True)

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        _tap('v2_taas_tap_flows', '/taas/tap_flows',
             GET=declared('List tap flows', role='reader'),
             POST=declared('Create tap flow', role='member', code=201)),
        _tap('v2_taas_tap_flow', '/taas/tap_flows/{tap_flow_id}',
             GET=declared('Show tap flow', role='reader'),
             PUT=declared('Update tap flow', role='member'),
             DELETE=declared('Delete tap flow', role='member', code=204)),
        _tap('v2_taas_tap_mirrors', '/taas/tap_mirrors',
             GET=declared('List tap mirrors', role='reader'),
             POST=declared('Create tap mirror', role='member')),
        _tap('v2_taas_tap_mirror', '/taas/tap_mirrors/{tap_mirror_id}',
             GET=declared('Show tap mirror', role='reader'),
             PUT=declared('Update tap mirror', role='member'),
             DELETE=declared('Delete tap mirror', role='member', code=204)),
        _tap('v2_taas_tap_services', '/taas/tap_services',
             GET=declared('List tap services', role='reader'),
             POST=declared('Create tap service', role='member', code=201)),
        _tap('v2_taas_tap_service', '/taas/tap_services/{tap_service_id}',
             GET=declared('Show tap service', role='reader'),
             PUT=declared('Update tap service', role='member'),
             DELETE=declared('Delete tap service', role='member', code=204)),
    )),
)
