"""Members on SQL."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox import base
from jumpgate.image.models.members import Member, MemberStatus
from jumpgate.store.unit_of_work import unit_of_work


class Members(base.Base, driver.Members):
    """Members."""

    def list_members(self, context: RequestContext, image_id: str) -> list[Member]:
        image = self.find_image(context, image_id)
        found = self.members.find(image_id=image.id)
        return sorted(found, key=lambda member: (member.created_at, member.member_id))

    @unit_of_work
    def create_member(self, context: RequestContext, image_id: str, member_id: str) -> Member:
        image = self.lock_image(context, image_id)
        count = len(self.members.find(image_id=image.id)) + 1
        most = self.conf.image.member_quota
        if 0 <= most < count:
            raise errors.TooLarge(
                'The limit has been exceeded on the number of allowed image members for this '
                f'image. Attempted: {count}, Maximum: {most}')
        now = self.now()
        return self.members.insert(
            Member(image_id=image.id, member_id=member_id, status=MemberStatus.PENDING,
                   created_at=now, updated_at=now),
            f'Member {member_id} is duplicated for image {image_id}')

    @unit_of_work
    def update_member(self, context: RequestContext, image_id: str, member_id: str,
                      status: MemberStatus) -> Member:
        image = self.lock_image(context, image_id)
        old = self._find_member(image.id, member_id)
        return self.members.update(dataclasses.replace(
            old, status=status, updated_at=self.now()))

    @unit_of_work
    def delete_member(self, context: RequestContext, image_id: str, member_id: str) -> None:
        image = self.lock_image(context, image_id)
        self._find_member(image.id, member_id)
        self.members.delete(base.member_key(image.id, member_id))

    def _find_member(self, image_id: str, member_id: str) -> Member:
        found = self.members.get(base.member_key(image_id, member_id))
        if found is None:
            raise errors.NotFound(
                f'{member_id} not found in the member list of the image {image_id}.')
        return found
