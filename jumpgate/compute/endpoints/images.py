"""Images: the proxy of Glance, up to 2.35."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.compute.endpoints import roots

GROUPS = (
    Group(roots=roots.ALL, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_images', '/images',
                 GET=declared('List images', role='reader', until='2.35'),
                 POST=declared('Import image from URL', role='member', status='seed')),
        Endpoint('v2_images_detail', '/images/detail',
                 GET=declared('List images with details', role='reader', until='2.35')),
        Endpoint('v2_image', '/images/{image_guid}',
                 GET=declared('Show image', role='reader', until='2.35'),
                 HEAD=declared('Headers of image', role='reader', status='seed'),
                 DELETE=declared('Delete image', role='member', code=204, until='2.35')),
        Endpoint('v2_image_metadata', '/images/{image_guid}/metadata',
                 GET=declared('List image metadata', role='reader', until='2.38'),
                 POST=declared('Add or update image metadata', role='member', until='2.38'),
                 PUT=declared('Replace all image metadata', role='member', until='2.38')),
        Endpoint('v2_image_metadata_key', '/images/{image_guid}/metadata/{key}',
                 GET=declared('Show image metadata item', role='reader', until='2.38'),
                 PUT=declared('Update image metadata item', role='member', until='2.38'),
                 DELETE=declared('Delete image metadata item', role='member', code=204,
                                 until='2.38')),
    )),
)
