"""Tags of images."""
from __future__ import annotations

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.image.controllers import targets
from jumpgate.image.models.images import Image
from jumpgate.image.schemas import images as schemas


def _image(call: Call, image_guid: str, tag: str) -> tuple[targets.Target, Image]:
    try:
        return targets.image(call, image_guid)
    except errors.NotFound:
        raise errors.NotFound(f'Image {image_guid} not found.') from None


@operation('add_image_tag', role='member', target=_image, code=204)
def add(call: Call, image_guid: str, tag: str) -> None:
    """Add tag to image"""
    schemas.ATTRIBUTE.validate({'tags': [tag]})
    call.driver.add_image_tag(call.context, call.thing.id, tag)


@operation('delete_image_tag', role='member', target=_image, code=204)
def delete(call: Call, image_guid: str, tag: str) -> None:
    """Remove tag from image"""
    call.driver.delete_image_tag(call.context, call.thing.id, tag)
