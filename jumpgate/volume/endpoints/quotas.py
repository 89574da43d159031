"""Limits and quotas."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_limits', '/limits', GET=declared('Show absolute limits', role='reader')),
        Endpoint('v3_os_quota_class_set', '/os-quota-class-sets/{class_id}',
                 GET=declared('Show quota class', role='admin'),
                 PUT=declared('Update quota class', role='admin')),
        Endpoint('v3_os_quota_sets_target', '/os-quota-sets/{target_id}',
                 GET=declared('Show project quota', role='reader'),
                 PUT=declared('Update project quota', role='admin'),
                 DELETE=declared('Reset project quota', role='admin')),
        Endpoint('v3_os_quota_sets_target_defaults', '/os-quota-sets/{target_id}/defaults',
                 GET=declared('Show default quota of project', role='reader')),
    )),
)
