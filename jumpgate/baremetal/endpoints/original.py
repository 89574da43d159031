"""Paths that only the original Jumpgate had."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_images', '/images', status='original',
                 GET=declared('List deploy images', role='admin')),
        Endpoint('v1_image', '/images/{image_id}', status='original',
                 GET=declared('Show deploy image', role='admin')),
    )),
)
