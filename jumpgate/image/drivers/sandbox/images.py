"""Images on SQL."""
from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox import base, listing, tables
from jumpgate.image.models.images import Image, ImageChanges, NewImage, Status
from jumpgate.store.unit_of_work import unit_of_work

_PLAIN = ('name', 'owner', 'visibility', 'protected', 'hidden', 'container_format', 'disk_format',
          'min_disk', 'min_ram')


class Images(base.Base, driver.Images):
    """Images."""

    def list_images(self, context: RequestContext, query: Query) -> Page[Image]:
        marker = None
        if query.marker is not None:
            marker = self.images.get(query.marker)
            if marker is None or not self.can_see(context, marker):
                raise errors.MarkerNotFound(query.marker)
        limit = query.limit
        selected, order = listing.statement(context, query, marker)
        sql, values = selected.sql(
            self.store.placeholder, order, None if limit is None else limit + bool(limit))
        found = self.images.select(sql, values)
        return Page.exact(found[:limit], more=limit is not None and len(found) > limit)

    def get_image(self, context: RequestContext, image_id: str) -> Image:
        return self.find_image(context, image_id)

    @unit_of_work
    def create_image(self, context: RequestContext, new: NewImage) -> Image:
        now = self.now()
        image = Image(
            id=new.id or base.new_id(), status=Status.QUEUED,
            created_at=now, updated_at=now,
            tags=_sorted(new.tags), properties=dict(new.properties),
            **{name: getattr(new, name) for name in _PLAIN})
        self._check_quotas(image)
        self.images.insert(image, f'Image ID {image.id} already exists!')
        self.index(image)
        return image

    @unit_of_work
    def update_image(self, context: RequestContext, image_id: str,
                     changes: ImageChanges) -> Image:
        old = self.lock_image(context, image_id)
        _check_formats(old, changes)
        wanted = {name: getattr(changes, name) for name in _PLAIN
                  if getattr(changes, name) is not UNSET}
        if changes.tags is not UNSET:
            wanted['tags'] = _sorted(changes.tags)
        new = dataclasses.replace(
            old, **wanted, updated_at=self.now(), properties=_changed(old.properties, changes))
        self._check_quotas(new, old)
        self.save(old, new)
        return new

    def delete_image(self, context: RequestContext, image_id: str) -> None:
        image = self._delete_rows(context, image_id)
        for files in (self.staging, *self.files.values()):
            files.delete(image.id)

    @unit_of_work
    def _delete_rows(self, context: RequestContext, image_id: str) -> Image:
        image = self.lock_image(context, image_id)
        if image.protected:
            raise errors.Forbidden(
                f'Image {image_id} is protected and cannot be deleted.')
        self.images.delete(image.id)
        self.members.delete_where(image_id=image.id)
        for table in (tables.TAGS, tables.PROPERTIES):
            self.store.execute(table.delete().where(table.c.image_id == image.id))
        return image

    def deactivate_image(self, context: RequestContext, image_id: str) -> None:
        self._toggle(context, image_id, Status.DEACTIVATED, 'deactivate')

    def reactivate_image(self, context: RequestContext, image_id: str) -> None:
        self._toggle(context, image_id, Status.ACTIVE, 'reactivate')

    @unit_of_work
    def _toggle(self, context: RequestContext, image_id: str, status: Status,
                verb: str) -> None:
        image = self.lock_image(context, image_id)
        if image.status not in (Status.ACTIVE, Status.DEACTIVATED):
            raise errors.Forbidden(f"Not allowed to {verb} image in status '{image.status}'")
        if image.status is not status:
            self.images.update(dataclasses.replace(
                image, status=status, updated_at=self.now()))

    @unit_of_work
    def add_image_tag(self, context: RequestContext, image_id: str, tag: str) -> None:
        image = self.lock_image(context, image_id)
        if tag not in image.tags:
            new = dataclasses.replace(image, tags=_sorted((*image.tags, tag)),
                                      updated_at=self.now())
            self._check_quotas(new, image)
            self.save(image, new)

    @unit_of_work
    def delete_image_tag(self, context: RequestContext, image_id: str, tag: str) -> None:
        image = self.lock_image(context, image_id)
        if tag not in image.tags:
            raise errors.NotFound()
        kept = tuple(one for one in image.tags if one != tag)
        self.save(image, dataclasses.replace(image, tags=kept, updated_at=self.now()))

    def _check_quotas(self, new: Image, old: Image | None = None) -> None:
        """:raises TooLarge: if the image would have more than it may and more than before"""
        for noun, counted in (('property', 'properties'), ('tag', 'tags')):
            most = self.conf.image[f'{noun}_quota']
            count = len(getattr(new, counted))
            if 0 <= most < count and (old is None or count > len(getattr(old, counted))):
                raise errors.TooLarge(
                    f'The limit has been exceeded on the number of allowed image {counted}. '
                    f'Attempted: {count}, Maximum: {most}')


def _sorted(tags: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(set(tags)))


def _check_formats(image: Image, changes: ImageChanges) -> None:
    for name in ('container_format', 'disk_format'):
        wanted = getattr(changes, name)
        if wanted is not UNSET and image.status not in (Status.QUEUED, Status.IMPORTING):
            raise errors.Forbidden(f'Attribute {name} can be only replaced for a queued image.')


def _changed(old: Mapping[str, str], changes: ImageChanges) -> dict[str, str]:
    for name in changes.removed:
        if name not in old:
            raise errors.Conflict(f'Property {name} does not exist.')
    return {**{name: value for name, value in old.items() if name not in changes.removed},
            **changes.properties}
