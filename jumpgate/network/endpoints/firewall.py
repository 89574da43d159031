"""Firewalls."""
import functools

from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

_firewall = functools.partial(Endpoint, extension='fwaas_v2', optional=True)

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        _firewall('v2_fwaas_firewall_groups', '/fwaas/firewall_groups',
                  GET=declared('List firewall groups', role='reader'),
                  POST=declared('Create firewall group', role='member', code=201)),
        _firewall('v2_fwaas_firewall_group', '/fwaas/firewall_groups/{firewall_group_id}',
                  GET=declared('Show firewall group', role='reader'),
                  PUT=declared('Update firewall group', role='member'),
                  DELETE=declared('Delete firewall group', role='member', code=204)),
        _firewall('v2_fwaas_firewall_policies', '/fwaas/firewall_policies',
                  GET=declared('List firewall policies', role='reader'),
                  POST=declared('Create firewall policy', role='member', code=201)),
        _firewall('v2_fwaas_firewall_policy', '/fwaas/firewall_policies/{firewall_policy_id}',
                  GET=declared('Show firewall policy', role='reader'),
                  PUT=declared('Update firewall policy', role='member'),
                  DELETE=declared('Delete firewall policy', role='member', code=204)),
        _firewall('v2_fwaas_firewall_policy_insert_rule',
                  '/fwaas/firewall_policies/{firewall_policy_id}/insert_rule',
                  PUT=declared('Insert rule into firewall policy', role='member')),
        _firewall('v2_fwaas_firewall_policy_remove_rule',
                  '/fwaas/firewall_policies/{firewall_policy_id}/remove_rule',
                  PUT=declared('Remove rule from firewall policy', role='member')),
        _firewall('v2_fwaas_firewall_rules', '/fwaas/firewall_rules',
                  GET=declared('List firewall rules', role='reader'),
                  POST=declared('Create firewall rule', role='member', code=201)),
        _firewall('v2_fwaas_firewall_rule', '/fwaas/firewall_rules/{firewall_rule_id}',
                  GET=declared('Show firewall rule', role='reader'),
                  PUT=declared('Update firewall rule', role='member'),
                  DELETE=declared('Delete firewall rule', role='member', code=204)),
    )),
)
