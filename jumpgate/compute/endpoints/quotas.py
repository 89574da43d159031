"""Limits, quotas and usage."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.compute.endpoints import roots

GROUPS = (
    Group(roots=roots.ALL, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_limits', '/limits',
                 GET=declared('Show rate and absolute limits', role='none')),
        Endpoint('v2_os_quota_class_set', '/os-quota-class-sets/{class_id}',
                 GET=declared('Show quota class', role='admin'),
                 PUT=declared('Update quota class', role='admin')),
        Endpoint('v2_os_quota_sets_target', '/os-quota-sets/{target_id}',
                 aliases={'v2_os_tenant_quota_sets': '/os-quota-sets/{account_id}'},
                 GET=declared('Show project quota', role='reader'),
                 PUT=declared('Update project quota', role='admin'),
                 DELETE=declared('Reset project quota', role='admin', code=202)),
        Endpoint('v2_os_quota_sets_target_defaults', '/os-quota-sets/{target_id}/defaults',
                 GET=declared('Show default quota of project', role='none')),
        Endpoint('v2_os_quota_sets_target_detail', '/os-quota-sets/{target_id}/detail',
                 GET=declared('Show quota with usage detail', role='reader')),
        Endpoint('v2_tenants_usage', '/os-simple-tenant-usage',
                 GET=declared('List usage of all tenants', role='admin')),
        Endpoint('v2_tenant_usage', '/os-simple-tenant-usage/{target_id}',
                 GET=declared('Show usage of one tenant', role='reader')),
    )),
    Group(roots=('/v2/{tenant_id}',), versioned=False, endpoints=(
        Endpoint('v2_os_quota_sets', '/os-quota-sets', status='original',
                 GET=declared('Show quota of the caller', role='reader')),
        Endpoint('v2_os_quota_sets_default', '/os-quota-sets/default', status='original',
                 GET=declared('Show default quota', role='reader')),
        Endpoint('v2_os_quota_sets_user', '/os-quota-sets/user={user_id}', status='original',
                 GET=declared('Show quota of one user', role='reader')),
    )),
    Group(roots=('/v1/{tenant_id}',), versioned=False, endpoints=(
        Endpoint('v1_os_quota_sets_target', '/os-quota-sets/{target_id}', status='original',
                 GET=declared('Show project quota (v1)', role='reader'),
                 PUT=declared('Update project quota (v1)', role='admin'),
                 DELETE=declared('Reset project quota (v1)', role='admin')),
        Endpoint('v1_os_quota_sets_target_defaults', '/os-quota-sets/{target_id}/defaults',
                 status='original',
                 GET=declared('Show default quota (v1)', role='none')),
    )),
)
