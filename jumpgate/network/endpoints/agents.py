"""Agents, and what they are given to serve."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_network_dhcp_agents', '/networks/{network_id}/dhcp-agents',
                 extension='dhcp_agent_scheduler',
                 GET=declared('List DHCP agents of network', role='admin')),
        Endpoint('v2_router_l3_agents', '/routers/{router_id}/l3-agents',
                 extension='l3_agent_scheduler',
                 GET=declared('List L3 agents of router', role='admin')),
        Endpoint('v2_agents', '/agents', extension='agent',
                 GET=declared('List agents', role='admin')),
        Endpoint('v2_agent', '/agents/{agent_id}', extension='agent',
                 GET=declared('Show agent', role='admin'),
                 PUT=declared('Update agent', role='admin'),
                 DELETE=declared('Delete agent', role='admin', code=204)),
        Endpoint('v2_agent_dhcp_networks', '/agents/{agent_id}/dhcp-networks',
                 extension='dhcp_agent_scheduler',
                 GET=declared('List networks on DHCP agent', role='admin'),
                 POST=declared('Schedule network to DHCP agent', role='admin', code=201)),
        Endpoint('v2_agent_dhcp_network', '/agents/{agent_id}/dhcp-networks/{network_id}',
                 extension='dhcp_agent_scheduler',
                 DELETE=declared('Unschedule network from DHCP agent', role='admin', code=204)),
        Endpoint('v2_agent_l3_routers', '/agents/{agent_id}/l3-routers',
                 extension='l3_agent_scheduler',
                 GET=declared('List routers on L3 agent', role='admin'),
                 POST=declared('Schedule router to L3 agent', role='admin', code=201)),
        Endpoint('v2_agent_l3_router', '/agents/{agent_id}/l3-routers/{router_id}',
                 extension='l3_agent_scheduler',
                 PUT=declared('Set router priority on L3 agent', role='admin'),
                 DELETE=declared('Unschedule router from L3 agent', role='admin', code=204)),
    )),
)
