"""Tasks on the wire."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate.image.models.tasks import Task
from jumpgate.image.views.images import links


def brief(task: Task) -> dict[str, Any]:
    found = {'id': task.id, 'type': task.type, 'status': task.status, 'owner': task.owner,
             'created_at': task.created_at, 'updated_at': task.updated_at,
             'self': f'/v2/tasks/{task.id}', 'schema': '/v2/schemas/task'}
    return {**found, **_known(task, 'expires_at')}


def one(task: Task) -> dict[str, Any]:
    return {**brief(task), 'input': task.input and dict(task.input), 'message': task.message,
            'result': task.result and dict(task.result),
            **_known(task, 'image_id', 'user_id', 'request_id')}


def of_image(task: Task) -> dict[str, Any]:
    """A task in the list of an image's tasks, which has no links."""
    return {'id': task.id, 'type': task.type, 'status': task.status, 'owner': task.owner,
            'input': task.input and dict(task.input), 'message': task.message,
            'result': task.result and dict(task.result), 'image_id': task.image_id,
            'user_id': task.user_id, 'request_id': task.request_id,
            'created_at': task.created_at, 'updated_at': task.updated_at,
            'expires_at': task.expires_at, 'deleted': False, 'deleted_at': None}


def many(tasks: Iterable[Task], first: str, following: str | None) -> dict[str, Any]:
    """A page; :param first: and :param following: query strings, as of images"""
    return {'tasks': [brief(task) for task in tasks], **links('/v2/tasks', first, following),
            'schema': '/v2/schemas/tasks'}


def _known(task: Task, *names: str) -> dict[str, Any]:
    return {name: getattr(task, name) for name in names if getattr(task, name) is not None}
