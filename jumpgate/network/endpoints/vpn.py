"""VPN services."""
import functools

from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

_vpn = functools.partial(Endpoint, extension='vpnaas', optional=True)

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        _vpn('v2_vpn_endpoint_groups', '/vpn/endpoint-groups',
             GET=declared('List endpoint groups', role='reader'),
             POST=declared('Create endpoint group', role='member', code=201)),
        _vpn('v2_vpn_endpoint_group', '/vpn/endpoint-groups/{endpoint_group_id}',
             GET=declared('Show endpoint group', role='reader'),
             PUT=declared('Update endpoint group', role='member'),
             DELETE=declared('Delete endpoint group', role='member', code=204)),
        _vpn('v2_vpn_ikepolicies', '/vpn/ikepolicies',
             GET=declared('List IKE policies', role='reader'),
             POST=declared('Create IKE policy', role='member', code=201)),
        _vpn('v2_vpn_ikepolicy', '/vpn/ikepolicies/{ikepolicy_id}',
             GET=declared('Show IKE policy', role='reader'),
             PUT=declared('Update IKE policy', role='member'),
             DELETE=declared('Delete IKE policy', role='member', code=204)),
        _vpn('v2_vpn_ipsec_site_connections', '/vpn/ipsec-site-connections',
             GET=declared('List ipsec site connections', role='reader'),
             POST=declared('Create ipsec site connection', role='member', code=201)),
        _vpn('v2_vpn_ipsec_site_connection', '/vpn/ipsec-site-connections/{connection_id}',
             GET=declared('Show ipsec site connection', role='reader'),
             PUT=declared('Update ipsec site connection', role='member'),
             DELETE=declared('Delete ipsec site connection', role='member', code=204)),
        _vpn('v2_vpn_ipsecpolicies', '/vpn/ipsecpolicies',
             GET=declared('List IPsec policies', role='reader'),
             POST=declared('Create IPsec policy', role='member', code=201)),
        _vpn('v2_vpn_ipsecpolicy', '/vpn/ipsecpolicies/{ipsecpolicy_id}',
             GET=declared('Show IPsec policy', role='reader'),
             PUT=declared('Update IPsec policy', role='member'),
             DELETE=declared('Delete IPsec policy', role='member', code=204)),
        _vpn('v2_vpn_vpnservices', '/vpn/vpnservices',
             GET=declared('List VPN services', role='reader'),
             POST=declared('Create VPN service', role='member', code=201)),
        _vpn('v2_vpn_vpnservice', '/vpn/vpnservices/{service_id}',
             GET=declared('Show VPN service', role='reader'),
             PUT=declared('Update VPN service', role='member'),
             DELETE=declared('Delete VPN service', role='member', code=204)),
    )),
)
