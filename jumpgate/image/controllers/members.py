"""Members of images."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.image.controllers import targets
from jumpgate.image.models.images import Image, Visibility
from jumpgate.image.models.members import Member, MemberStatus
from jumpgate.image.schemas import members as schemas
from jumpgate.image.views import members as views


def _shared(call: Call, image_guid: str, member_id: str = '') -> tuple[targets.Target, Image]:
    """The image, provided that it is one that has members.

    :raises Forbidden: if it is none
    """
    try:
        target, image = targets.image(call, image_guid)
    except errors.NotFound:
        raise errors.NotFound(f'Image {image_guid} not found.') from None
    if image.visibility is not Visibility.SHARED:
        raise errors.Forbidden('Only shared images have members.')
    return target, image


def _to_show(call: Call, image_guid: str, member_id: str) -> tuple[targets.Target, Image]:
    try:
        return _shared(call, image_guid)
    except errors.Forbidden as error:
        raise errors.NotFound(error.message) from None


def _with_member(call: Call, image_guid: str, member_id: str) -> tuple[targets.Target, Image]:
    target, image = _shared(call, image_guid)
    _find(call, image, member_id)
    return target, image


@operation('list_members', role='sharer', target=_shared, reply=schemas.MEMBERS)
def index(call: Call, image_guid: str) -> dict[str, Any]:
    """List image members"""
    return views.many(_visible(call, call.thing))


@operation('get_member', role='sharer', target=_to_show, needs=('list_members',),
           reply=schemas.MEMBER)
def show(call: Call, image_guid: str, member_id: str) -> dict[str, Any]:
    """Show image member"""
    return views.one(_find(call, call.thing, member_id))


@operation('create_member', role='member', target=_shared, body=schemas.CREATE,
           reply=schemas.MEMBER)
def create(call: Call, image_guid: str) -> dict[str, Any]:
    """Create image member"""
    return views.one(call.driver.create_member(
        call.context, call.thing.id, call.body['member']))


@operation('update_member', role='sharee', target=_with_member, body=schemas.UPDATE,
           reply=schemas.MEMBER)
def update(call: Call, image_guid: str, member_id: str) -> dict[str, Any]:
    """Update image member"""
    return views.one(call.driver.update_member(
        call.context, call.thing.id, member_id, MemberStatus(call.body['status'])))


@operation('delete_member', role='member', target=_with_member, code=204)
def delete(call: Call, image_guid: str, member_id: str) -> None:
    """Delete image member"""
    call.driver.delete_member(call.context, call.thing.id, member_id)


def _visible(call: Call, image: Image) -> list[Member]:
    """The owner sees all members, a member only itself."""
    found: list[Member] = call.driver.list_members(call.context, image.id)
    project_id = call.context.project_id
    if call.context.is_admin or image.owner == project_id:
        return found
    return [one for one in found if one.member_id == project_id]


def _find(call: Call, image: Image, member_id: str) -> Member:
    for one in _visible(call, image):
        if one.member_id == member_id:
            return one
    raise errors.NotFound(
        f'{member_id} not found in the member list of the image {image.id}.')
