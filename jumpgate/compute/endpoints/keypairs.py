"""Keypairs."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.compute.endpoints import roots

GROUPS = (
    Group(roots=roots.ALL, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_os_keypairs', '/os-keypairs',
                 GET=declared('List keypairs', role='none'),
                 POST=declared('Create keypair', role='none', code=201)),
        Endpoint('v2_os_keypair', '/os-keypairs/{keypair_name}',
                 GET=declared('Show keypair', role='none'),
                 POST=declared('Create keypair by name', role='none', status='seed'),
                 DELETE=declared('Delete keypair', role='none', code=204)),
    )),
)
