"""Tasks, stores and discovery."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.image.controllers import stores, tasks

GROUPS = (
    Group(roots=('/v2',), endpoints=(
        Endpoint('v2_tasks', '/tasks', GET=tasks.index, POST=tasks.create),
        Endpoint('v2_task', '/tasks/{task_id}', GET=tasks.show),
        Endpoint('v2_info_import', '/info/import', GET=stores.methods),
        Endpoint('v2_info_stores', '/info/stores', GET=stores.index),
        Endpoint('v2_info_stores_detail', '/info/stores/detail', GET=stores.detail),
        Endpoint('v2_info_usage', '/info/usage', GET=stores.usage),
        Endpoint('v2_store_image', '/stores/{store_id}/{image_guid}', DELETE=stores.delete_copy),
    )),
)
