"""Tasks, stores and discovery."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v2',), endpoints=(
        Endpoint('v2_tasks', '/tasks',
                 GET=declared('List tasks', role='none'),
                 POST=declared('Create task', role='admin', code=201)),
        Endpoint('v2_task', '/tasks/{task_id}', GET=declared('Show task', role='none')),
        Endpoint('v2_info_import', '/info/import',
                 GET=declared('Show import methods available', role='none')),
        Endpoint('v2_info_stores', '/info/stores',
                 GET=declared('List configured stores', role='none')),
        Endpoint('v2_info_stores_detail', '/info/stores/detail',
                 GET=declared('List stores with properties', role='service')),
        Endpoint('v2_info_usage', '/info/usage', GET=declared('Show quota usage', role='none')),
        Endpoint('v2_store_image', '/stores/{store_id}/{image_guid}',
                 DELETE=declared('Delete image copy from store', role='admin', code=204)),
    )),
)
