"""Images, their data, members and tags."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.image.controllers import data, image_actions, images, members, stores, tags, tasks

GROUPS = (
    Group(roots=('/v2',), endpoints=(
        Endpoint('v2_images', '/images', GET=images.index, POST=images.create),
        Endpoint('v2_images_detail', '/images/detail', status='original',
                 GET=declared('List images with details', role='reader')),
        Endpoint('v2_image', '/images/{image_guid}',
                 GET=images.show, PATCH=images.update, DELETE=images.delete),
        Endpoint('v2_image_actions_deactivate', '/images/{image_guid}/actions/deactivate',
                 POST=image_actions.deactivate),
        Endpoint('v2_image_actions_reactivate', '/images/{image_guid}/actions/reactivate',
                 POST=image_actions.reactivate),
        Endpoint('v2_image_file', '/images/{image_guid}/file',
                 GET=data.download, PUT=data.put),
        Endpoint('v2_image_import', '/images/{image_guid}/import', POST=stores.import_),
        Endpoint('v2_image_locations', '/images/{image_guid}/locations',
                 GET=stores.locations,
                 POST=declared('Add location to image', role='member', code=202)),
        Endpoint('v2_image_members', '/images/{image_guid}/members',
                 GET=members.index, POST=members.create),
        Endpoint('v2_image_member', '/images/{image_guid}/members/{member_id}',
                 GET=members.show, PUT=members.update, DELETE=members.delete),
        Endpoint('v2_image_stage', '/images/{image_guid}/stage', PUT=data.stage),
        Endpoint('v2_image_tag', '/images/{image_guid}/tags/{tag}',
                 PUT=tags.add, DELETE=tags.delete),
        Endpoint('v2_image_tasks', '/images/{image_guid}/tasks', GET=tasks.of_image),
    )),
)
