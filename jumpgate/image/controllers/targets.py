"""What policy decides by: the image that a request is about.

An image that the caller may not see is not found, whatever the request wants from it.
"""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call
from jumpgate.image.models.images import Image, Visibility

Target = dict[str, Any]


def image(call: Call, image_guid: str) -> tuple[Target, Image]:
    """The image as policy sees it, and itself.

    :raises NotFound: if the caller may not see it
    """
    found: Image = call.driver.get_image(call.context, image_guid)
    target = of_image(call, found)
    if not call.app.policy.allowed('image:get_image', target, call.context):
        raise errors.NotFound(f'No image found with ID {image_guid}')
    return target, found


def of_image(call: Call, found: Image) -> Target:
    project_id = call.context.project_id
    target: Target = {'project_id': found.owner, 'owner': found.owner,
                      'visibility': found.visibility.value}
    if found.visibility is Visibility.SHARED and found.owner != project_id:
        # who sees it all the same is a member
        target['member_id'] = project_id
    return target
