"""Tasks: what the image service does by itself, after the answer was given."""
from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from typing import Any

from jumpgate.common.model import model
from jumpgate.image.models.images import NewImage


class TaskStatus(enum.StrEnum):
    PENDING = 'pending'
    PROCESSING = 'processing'
    SUCCESS = 'success'
    FAILURE = 'failure'


class TaskType(enum.StrEnum):
    """An import that an administrator asked for, or that of an image's own API."""

    IMPORT = 'import'
    API_IMAGE_IMPORT = 'api_image_import'


@model
class Task:
    """One task.

    :param owner: the id of the project
    :param input: what was asked for
    :param expires_at: when an ended task is forgotten
    """

    id: str
    type: TaskType
    status: TaskStatus
    created_at: datetime.datetime
    updated_at: datetime.datetime
    owner: str | None = None
    input: Mapping[str, Any] | None = None
    result: Mapping[str, Any] | None = None
    message: str = ''
    image_id: str | None = None
    user_id: str | None = None
    request_id: str | None = None
    expires_at: datetime.datetime | None = None


@model
class NewTask:
    """A wish for a task.

    :param image: the image that it shall make
    """

    type: TaskType
    input: Mapping[str, Any]
    image: NewImage
