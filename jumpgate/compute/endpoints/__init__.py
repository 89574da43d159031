"""Nova's API as data, a file a family."""
from jumpgate.common.endpoints import EndpointMap
from jumpgate.compute.endpoints import (
    flavors,
    hosts,
    images,
    keypairs,
    networks,
    quotas,
    removed,
    server_actions,
    server_groups,
    servers,
    versions,
    volumes,
)

MAP = EndpointMap(
    *versions.GROUPS,
    *removed.GROUPS,
    *server_actions.GROUPS,
    *volumes.GROUPS,
    *networks.GROUPS,
    *servers.GROUPS,
    *flavors.GROUPS,
    *images.GROUPS,
    *keypairs.GROUPS,
    *server_groups.GROUPS,
    *quotas.GROUPS,
    *hosts.GROUPS,
)
