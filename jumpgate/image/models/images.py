"""Images: what is known about a disk, apart from its data."""
from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Mapping

from jumpgate.common.driver import UNSET, Unset
from jumpgate.common.model import model
from jumpgate.image.models.data import Digests


class Status(enum.StrEnum):
    """Where an image is in its life."""

    QUEUED = 'queued'
    SAVING = 'saving'
    UPLOADING = 'uploading'
    IMPORTING = 'importing'
    ACTIVE = 'active'
    DEACTIVATED = 'deactivated'
    KILLED = 'killed'
    PENDING_DELETE = 'pending_delete'
    DELETED = 'deleted'


class Visibility(enum.StrEnum):
    """Who may see an image.

    Everybody, and in their lists (public); everybody who knows its id (community); its project and
    the members it was shared with (shared); its project (private).
    """

    PUBLIC = 'public'
    COMMUNITY = 'community'
    SHARED = 'shared'
    PRIVATE = 'private'


@model
class Image:
    """An image.

    :param owner: the id of the project
    :param min_disk: gigabytes a disk must have to hold it
    :param min_ram: megabytes a server must have to run it
    :param size: bytes of its data; None as long as there is none
    :param virtual_size: bytes of the disk inside, where the format tells
    :param checksum: MD5 of the data, in hexadecimal
    :param stores: the ids of the stores that hold its data
    :param properties: what the API itself leaves open
    :param staged: what the data amounts to that waits for its import
    """

    id: str
    status: Status
    created_at: datetime.datetime
    updated_at: datetime.datetime
    name: str | None = None
    owner: str | None = None
    visibility: Visibility = Visibility.SHARED
    protected: bool = False
    hidden: bool = False
    container_format: str | None = None
    disk_format: str | None = None
    min_disk: int = 0
    min_ram: int = 0
    size: int | None = None
    virtual_size: int | None = None
    checksum: str | None = None
    os_hash_algo: str | None = None
    os_hash_value: str | None = None
    stores: tuple[str, ...] = ()
    staged: Digests | None = None
    tags: tuple[str, ...] = ()
    properties: Mapping[str, str] = dataclasses.field(default_factory=dict)


@model
class NewImage:
    """A wish for an image.

    :param id: None: the driver makes one
    """

    id: str | None = None
    name: str | None = None
    owner: str | None = None
    visibility: Visibility = Visibility.SHARED
    protected: bool = False
    hidden: bool = False
    container_format: str | None = None
    disk_format: str | None = None
    min_disk: int = 0
    min_ram: int = 0
    tags: tuple[str, ...] = ()
    properties: Mapping[str, str] = dataclasses.field(default_factory=dict)


@model
class ImageChanges:
    """What shall be different about an image.

    :param properties: to be set; others stay
    :param removed: names of properties to be taken away
    """

    name: str | Unset | None = UNSET
    owner: str | Unset | None = UNSET
    visibility: Visibility | Unset = UNSET
    protected: bool | Unset = UNSET
    hidden: bool | Unset = UNSET
    container_format: str | Unset | None = UNSET
    disk_format: str | Unset | None = UNSET
    min_disk: int | Unset = UNSET
    min_ram: int | Unset = UNSET
    tags: tuple[str, ...] | Unset = UNSET
    properties: Mapping[str, str] = dataclasses.field(default_factory=dict)
    removed: tuple[str, ...] = ()
