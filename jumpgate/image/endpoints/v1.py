"""Glance's API v1, gone since Rocky."""
import functools

from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.image.controllers import versions

_legacy = functools.partial(Endpoint, status='legacy')

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        _legacy('v1_index', '', GET=versions.choices),
        _legacy('v1_images', '/images',
                GET=declared('List images', role='reader'),
                POST=declared('Create image, metadata in headers', role='member', code=201)),
        _legacy('v1_images_detail', '/images/detail', head=True,
                GET=declared('List images with details', role='reader')),
        _legacy('v1_image', '/images/{image_guid}', head=True,
                GET=declared('Download image data', role='reader'),
                PUT=declared('Update image, metadata in headers', role='member'),
                DELETE=declared('Delete image', role='member')),
        _legacy('v1_image_members', '/images/{image_guid}/members',
                GET=declared('List image members', role='reader'),
                PUT=declared('Replace image members', role='member', code=204)),
        _legacy('v1_image_owner', '/images/{image_guid}/members/{owner}',
                GET=declared('Show one image member', role='reader'),
                PUT=declared('Add member to image', role='member', code=204),
                DELETE=declared('Remove member from image', role='member', code=204)),
        _legacy('v1_shared_image_owner', '/shared-images/{owner}',
                GET=declared('List images shared with tenant', role='reader')),
    )),
)
