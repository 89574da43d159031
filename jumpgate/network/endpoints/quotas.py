"""Quotas and availability zones."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_quotas', '/quotas', extension='quotas',
                 GET=declared('List non-default project quotas', role='manager')),
        Endpoint('v2_quotas_project', '/quotas/project', extension='quotas',
                 GET=declared('Show project of the caller', role='none')),
        Endpoint('v2_quotas_tenant', '/quotas/tenant', extension='quotas',
                 GET=declared('Show tenant of the caller', role='none')),
        Endpoint('v2_quota', '/quotas/{project_id}', extension='quotas',
                 GET=declared('Show project quota', role='manager'),
                 PUT=declared('Update project quota', role='admin'),
                 DELETE=declared('Reset project quota', role='admin', code=204)),
        Endpoint('v2_quota_default', '/quotas/{project_id}/default', extension='quotas',
                 GET=declared('Show default quota', role='manager')),
        Endpoint('v2_quota_details', '/quotas/{project_id}/details',
                 paths=('/quotas/{project_id}/details.json',), extension='quota_details',
                 GET=declared('Show quota with usage', role='manager')),
        Endpoint('v2_availability_zones', '/availability_zones', extension='availability_zone',
                 GET=declared('List availability zones', role='reader')),
        Endpoint('v2_rbac_policies', '/rbac-policies', extension='rbac-policies',
                 GET=declared('List RBAC policies', role='reader'),
                 POST=declared('Create RBAC policy', role='member', code=201)),
        Endpoint('v2_rbac_policy', '/rbac-policies/{rbac_policy_id}', extension='rbac-policies',
                 GET=declared('Show RBAC policy', role='reader'),
                 PUT=declared('Update RBAC policy', role='member'),
                 DELETE=declared('Delete RBAC policy', role='member', code=204)),
    )),
)
