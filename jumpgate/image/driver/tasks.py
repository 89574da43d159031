"""What a cloud can tell of its tasks."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.image.models.tasks import NewTask, Task


class Tasks(Driver):
    """Tasks."""

    @optional
    def list_tasks(self, context: RequestContext, query: Query) -> Page[Task]:
        """Return the tasks of the caller's project, of all projects to an administrator."""

    @optional
    def get_task(self, context: RequestContext, task_id: str) -> Task:
        """Return one task.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_task(self, context: RequestContext, new: NewTask) -> Task:
        """Begin a task.

        Raises:
            Invalid: its input makes no sense.
        """

    @optional
    def list_image_tasks(self, context: RequestContext, image_id: str) -> list[Task]:
        """Return the tasks about one image.

        Raises:
            NotFound: there is no image with this id.
        """
