"""Glance's API as data, a file a family."""
from jumpgate.common.endpoints import EndpointMap
from jumpgate.image.endpoints import cache, images, info, metadefs, schemas, v1, versions

MAP = EndpointMap(
    *v1.GROUPS,
    *versions.GROUPS,
    *schemas.GROUPS,
    *metadefs.GROUPS,
    *cache.GROUPS,
    *images.GROUPS,
    *info.GROUPS,
)
