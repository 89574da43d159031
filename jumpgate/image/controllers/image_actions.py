"""Actions on images."""
from __future__ import annotations

from jumpgate.common.controller import Call, operation
from jumpgate.image.controllers import targets


@operation('deactivate_image', role='member', target=targets.image, code=204)
def deactivate(call: Call, image_guid: str) -> None:
    """Deactivate image"""
    call.driver.deactivate_image(call.context, call.thing.id)


@operation('reactivate_image', role='member', target=targets.image, code=204)
def reactivate(call: Call, image_guid: str) -> None:
    """Reactivate image"""
    call.driver.reactivate_image(call.context, call.thing.id)
