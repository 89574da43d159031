"""The image cache of a node, for operators."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.image.controllers.cache import absent

GROUPS = (
    Group(roots=('/v2',), endpoints=(
        Endpoint('v2_cache', '/cache',
                 GET=absent('show_cache', 'List cached and queued images'),
                 DELETE=absent('delete_cache', 'Clear the image cache')),
        Endpoint('v2_cache_clean', '/cache/clean',
                 POST=absent('run_cache_clean', 'Clean stale cache files')),
        Endpoint('v2_cache_nodes_image', '/cache/nodes/{image_guid}',
                 GET=absent('show_cache_nodes_image', 'List nodes caching image')),
        Endpoint('v2_cache_prune', '/cache/prune',
                 POST=absent('run_cache_prune', 'Prune cache to size limit')),
        Endpoint('v2_cache_image', '/cache/{image_guid}',
                 PUT=absent('queue_cache_image', 'Queue image for caching'),
                 DELETE=absent('delete_cache_image', 'Drop image from cache')),
        Endpoint('v2_cached_images', '/cached_images',
                 GET=absent('show_cached_images', 'List cached images'),
                 DELETE=absent('delete_cached_images', 'Delete all cached images')),
        Endpoint('v2_cached_image', '/cached_images/{image_guid}',
                 DELETE=absent('delete_cached_image', 'Drop one cached image')),
        Endpoint('v2_queued_images', '/queued_images',
                 GET=absent('show_queued_images', 'List images queued for caching'),
                 DELETE=absent('delete_queued_images', 'Empty the caching queue')),
        Endpoint('v2_queued_image', '/queued_images/{image_guid}',
                 PUT=absent('queue_queued_image', 'Queue image for caching'),
                 DELETE=absent('delete_queued_image', 'Remove image from caching queue')),
    )),
)
