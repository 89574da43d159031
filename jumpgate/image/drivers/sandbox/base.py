"""What every noun of the embedded image service stands on."""
from __future__ import annotations

import dataclasses
import datetime
import functools
import uuid
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from oslo_config import cfg

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.image.drivers.sandbox import tables
from jumpgate.image.drivers.sandbox.files import Files
from jumpgate.image.models.images import Image, Status, Visibility
from jumpgate.image.models.members import Member
from jumpgate.store import clock
from jumpgate.store.engine import Store, open_store
from jumpgate.store.unit_of_work import in_unit

_COLUMNS = ('name', 'owner', 'hidden', 'protected', 'container_format', 'disk_format', 'min_disk',
            'min_ram', 'size', 'virtual_size', 'checksum', 'os_hash_algo', 'os_hash_value')


class ImageShelf(Shelf[Image]):
    """The table of images."""

    def select(self, sql: str, values: Sequence[Any]) -> list[Image]:
        """The images whose documents a statement finds."""
        return [self._decode(row[0]) for row in self.store.quick_rows(sql, values)]


class Base:
    """The configuration, the store, the clock, the files, and the table of images."""

    def __init__(self, conf: cfg.ConfigOpts, store: Store | None = None) -> None:
        self.conf = conf
        self.store = open_store(conf) if store is None else store
        self.clock = clock.StoredClock(self.store)
        folder = Path(conf.image.data_dir or Path(conf.state_dir) / 'images')
        #: store id → its files, the default one first
        self.files = {name: Files(folder / name) for name in conf.image.stores}
        self.staging = Files(folder / '.staging')

    @functools.cached_property
    def images(self) -> ImageShelf:
        return ImageShelf(self.store, tables.IMAGES, Image, _COLUMNS, computed={
            'status': lambda image: image.status.value,
            'visibility': lambda image: image.visibility.value,
            'created_at': lambda image: image.created_at.timestamp(),
            'updated_at': lambda image: image.updated_at.timestamp()})

    @functools.cached_property
    def members(self) -> Shelf[Member]:
        return Shelf(self.store, tables.MEMBERS, Member, ('image_id', 'member_id'), computed={
            'status': lambda member: member.status.value})

    @property
    def default_store(self) -> str:
        return next(iter(self.files))

    def now(self) -> datetime.datetime:
        return clock.to_datetime(self.clock.time())

    def find_image(self, context: RequestContext, image_id: str) -> Image:
        """An image that the caller may see.

        :raises NotFound: if there is none with this id
        """
        image = self.images.get(image_id)
        if image is None or not self.can_see(context, image):
            raise not_found(image_id)
        if image.status is Status.SAVING and self.is_abandoned(image):
            image = self.give_up(image)
        return image

    def can_see(self, context: RequestContext, image: Image) -> bool:
        if context.is_admin or image.owner is None or image.visibility in (
                Visibility.PUBLIC, Visibility.COMMUNITY):
            return True
        if context.project_id is None:
            return False
        return image.owner == context.project_id or (
            image.visibility is Visibility.SHARED
            and self.members.has(id=member_key(image.id, context.project_id)))

    def lock_image(self, context: RequestContext, image_id: str) -> Image:
        """The same, inside of a unit of work that is going to change the image.

        :raises NotFound: if there is none with this id
        """
        if not self.store.is_sqlite:
            # SQLite has one writer at a time; elsewhere two could read the same state
            images = tables.IMAGES
            self.store.rows(
                images.select().with_only_columns(images.c.id)
                .where(images.c.id == image_id).with_for_update())
        return self.find_image(context, image_id)

    # --- changing images

    def save(self, old: Image, new: Image) -> None:
        """Put `new` in the place of `old`."""
        self.images.update(new)
        self.index(new, old)

    def index(self, new: Image, old: Image | None = None) -> None:
        """Let filters find the tags and properties of an image."""
        self._index_tags(new.id, old.tags if old else (), new.tags)
        self._index_properties(new.id, old.properties if old else {}, new.properties)

    def _index_tags(self, image_id: str, old: Collection[str], new: Collection[str]) -> None:
        table = tables.TAGS
        gone = [tag for tag in old if tag not in new]
        if gone:
            self.store.execute(table.delete().where(
                table.c.image_id == image_id, table.c.tag.in_(gone)))
        fresh = [{'image_id': image_id, 'tag': tag} for tag in new if tag not in old]
        if fresh:
            self.store.execute(table.insert(), fresh)

    def _index_properties(self, image_id: str, old: Mapping[str, str],
                          new: Mapping[str, str]) -> None:
        table = tables.PROPERTIES
        gone = [name for name in old if new.get(name) != old[name]]
        if gone:
            self.store.execute(table.delete().where(
                table.c.image_id == image_id, table.c.name.in_(gone)))
        fresh = [{'image_id': image_id, 'name': name, 'value': value}
                 for name, value in new.items() if old.get(name) != value]
        if fresh:
            self.store.execute(table.insert(), fresh)

    # --- uploads that a process did not live to end

    def is_abandoned(self, image: Image) -> bool:
        return any(files.is_abandoned(image.id) for files in self.files.values())

    def give_up(self, image: Image) -> Image:
        """Let an image whose upload broke off wait for another one."""
        for files in self.files.values():
            files.sweep(image.id)
        return self.requeue(image.id) or image

    def recover(self) -> None:
        """Let all images wait again whose upload a process did not live to end."""
        for files in (self.staging, *self.files.values()):
            for image_id in files.abandoned():
                files.sweep(image_id)
                self.requeue(image_id)

    def requeue(self, image_id: str) -> Image | None:
        """Make an image `queued` again, if its data was about to come."""
        def change() -> Image | None:
            image = self.images.get(image_id)
            if image is None or image.status not in (Status.SAVING, Status.UPLOADING,
                                                     Status.IMPORTING):
                return None
            return self.images.update(dataclasses.replace(
                image, status=Status.QUEUED, size=None, virtual_size=None, staged=None))
        return in_unit(self.store, change)


def member_key(image_id: str, member_id: str) -> str:
    return f'{image_id}/{member_id}'


def new_id() -> str:
    return str(uuid.uuid4())


def not_found(image_id: str) -> errors.NotFound:
    """The words of the real service."""
    return errors.NotFound(f'No image found with ID {image_id}')


def bad_transition(old: str, new: str) -> errors.Conflict:
    """The words of the real service for a change that the state of an image does not allow."""
    return errors.Conflict(f'Image status transition from {old} to {new} is not allowed')
