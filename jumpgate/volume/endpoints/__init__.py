"""Cinder's API as data: version 3 a file a family, the versions before it a file each."""
from jumpgate.common.endpoints import EndpointMap
from jumpgate.volume.endpoints import (
    attachments,
    backups,
    groups,
    manage,
    messages,
    quotas,
    services,
    snapshots,
    transfers,
    types,
    v1,
    v2,
    versions,
    volumes,
)

MAP = EndpointMap(
    *v1.GROUPS,
    *v2.GROUPS,
    *versions.GROUPS,
    *manage.GROUPS,
    *services.GROUPS,
    *quotas.GROUPS,
    *types.GROUPS,
    *groups.GROUPS,
    *snapshots.GROUPS,
    *backups.GROUPS,
    *attachments.GROUPS,
    *transfers.GROUPS,
    *volumes.GROUPS,
    *messages.GROUPS,
)
