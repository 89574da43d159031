"""The version 1 that only the tables of the original have."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1/{tenant_id}',), endpoints=(
        Endpoint('v1_extensions', '/extensions', status='seed',
                 GET=declared('List extensions (v1)', role='reader')),
        Endpoint('v1_networks', '/networks', status='seed',
                 GET=declared('List networks (v1)', role='reader')),
        Endpoint('v1_network', '/networks/{network_id}', status='seed',
                 GET=declared('Show network (v1)', role='reader')),
        Endpoint('v1_subnets', '/subnets', status='seed',
                 GET=declared('List subnets (v1)', role='reader')),
        Endpoint('v1_subnet', '/subnets/{subnet_id}', status='seed',
                 GET=declared('Show subnet (v1)', role='reader')),
    )),
)
