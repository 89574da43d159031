"""Tasks on SQL."""
from __future__ import annotations

import dataclasses
import datetime
import functools

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page, Query
from jumpgate.image import driver
from jumpgate.image.drivers.sandbox import base, tables
from jumpgate.image.models.tasks import Task, TaskStatus

#: How long an ended task is remembered.
_LIFE = datetime.timedelta(hours=48)


class Tasks(base.Base, driver.Tasks):
    """Tasks."""

    @functools.cached_property
    def tasks(self) -> Shelf[Task]:
        return Shelf(self.store, tables.TASKS, Task, ('owner', 'image_id'), computed={
            'expires_at': _expiry})

    def list_tasks(self, context: RequestContext, query: Query) -> Page[Task]:
        self._forget_old_tasks()
        found = (self.tasks.find() if context.is_admin
                 else self.tasks.find(owner=context.project_id))
        return Page.whole(found)

    def get_task(self, context: RequestContext, task_id: str) -> Task:
        self._forget_old_tasks()
        found = self.tasks.get(task_id)
        if found is None or not (context.is_admin or found.owner == context.project_id):
            raise errors.NotFound(f'Task not found: No task found with ID {task_id}')
        return found

    def list_image_tasks(self, context: RequestContext, image_id: str) -> list[Task]:
        image = self.find_image(context, image_id)
        found = self.tasks.find(image_id=image.id)
        return sorted(found, key=lambda task: (task.created_at, task.id))

    def begin_task(self, context: RequestContext, task: Task) -> Task:
        """Put a new task there, as the caller's."""
        return self.tasks.insert(dataclasses.replace(
            task, owner=context.project_id, user_id=context.user_id,
            request_id=context.request_id or None))

    def end_task(self, task: Task, problem: str | None = None) -> None:
        """Say that a task succeeded, or what went wrong."""
        now = self.now()
        self.tasks.update(dataclasses.replace(
            task, status=TaskStatus.FAILURE if problem else TaskStatus.SUCCESS,
            message=problem or '', result={'image_id': task.image_id},
            updated_at=now, expires_at=now + _LIFE))

    def _forget_old_tasks(self) -> None:
        table = tables.TASKS
        self.store.execute(table.delete().where(table.c.expires_at < self.now().timestamp()))


def _expiry(task: Task) -> float | None:
    return None if task.expires_at is None else task.expires_at.timestamp()
