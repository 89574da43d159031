"""The image cache of a node, for operators."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v2',), endpoints=(
        Endpoint('v2_cache', '/cache',
                 GET=declared('List cached and queued images', role='admin'),
                 DELETE=declared('Clear the image cache', role='admin', code=204)),
        Endpoint('v2_cache_clean', '/cache/clean',
                 POST=declared('Clean stale cache files', role='admin')),
        Endpoint('v2_cache_nodes_image', '/cache/nodes/{image_guid}',
                 GET=declared('List nodes caching image', role='admin')),
        Endpoint('v2_cache_prune', '/cache/prune',
                 POST=declared('Prune cache to size limit', role='admin')),
        Endpoint('v2_cache_image', '/cache/{image_guid}',
                 PUT=declared('Queue image for caching', role='admin', code=202),
                 DELETE=declared('Drop image from cache', role='admin', code=204)),
        Endpoint('v2_cached_images', '/cached_images',
                 GET=declared('List cached images', role='admin'),
                 DELETE=declared('Delete all cached images', role='admin')),
        Endpoint('v2_cached_image', '/cached_images/{image_guid}',
                 DELETE=declared('Drop one cached image', role='admin')),
        Endpoint('v2_queued_images', '/queued_images',
                 GET=declared('List images queued for caching', role='admin'),
                 DELETE=declared('Empty the caching queue', role='admin')),
        Endpoint('v2_queued_image', '/queued_images/{image_guid}',
                 PUT=declared('Queue image for caching', role='admin'),
                 DELETE=declared('Remove image from caching queue', role='admin')),
    )),
)
