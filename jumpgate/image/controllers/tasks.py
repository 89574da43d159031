"""Tasks."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors, formats, listing
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.common.listing import Filter, Query
from jumpgate.image.controllers import filters, images, targets
from jumpgate.image.models.tasks import NewTask, TaskStatus, TaskType
from jumpgate.image.schemas import tasks as schemas
from jumpgate.image.views import tasks as views

_SORT_KEYS = ('created_at', 'updated_at', 'id', 'type', 'status', 'owner', 'expires_at')


@operation('list_tasks', role='admin', reply=schemas.TASKS)
def index(call: Call) -> dict[str, Any]:
    """List tasks"""
    query = _query(call)
    page = listing.finish(call.driver.list_tasks(call.context, query), query)
    following = None
    if page.items and len(page.items) == query.limit:
        following = listing.link_query(call.query, marker=page.items[-1].id)
    return views.many(page.items, listing.link_query(call.query, marker=None), following)


def _query(call: Call) -> Query:
    found = []
    for name, allowed in (('status', [*TaskStatus]), ('type', [TaskType.IMPORT])):
        wanted = call.query.get(name, [''])[-1]
        if wanted and wanted not in allowed:
            raise errors.Invalid(f'Invalid {name} value: {wanted}')
        if wanted:
            found.append(Filter(name, wanted))
    marker = call.query.get('marker', [None])[-1]
    if marker and not formats.is_uuid(marker):
        raise errors.Invalid('Invalid marker format')
    key = call.query.get('sort_key', ['created_at'])[-1]
    direction = call.query.get('sort_dir', ['desc'])[-1]
    if key not in _SORT_KEYS:
        raise errors.Invalid('Sort key supplied was not valid.')
    if direction not in listing.DIRECTIONS:
        raise errors.Invalid(f'Invalid sort direction: {direction}')
    options = call.app.config.image
    return Query(filters=tuple(found), sort=((key, direction),), marker=marker or None,
                 limit=filters.limit_of(call.query, options.default_limit, options.max_limit))


@operation('get_task', role='admin', reply=schemas.TASK)
def show(call: Call, task_id: str) -> dict[str, Any]:
    """Show task"""
    return views.one(call.driver.get_task(call.context, task_id))


@operation('create_task', role='admin', code=201, reply=schemas.TASK)
def create(call: Call) -> Reply:
    """Create task"""
    body = call.app.json_body(call.environ)
    schemas.CREATE.validate(body)
    task = call.driver.create_task(call.context, NewTask(
        type=TaskType(body['type']), input=body['input'],
        image=images.wish(call, body['input']['image_properties'])))
    return Reply(views.one(task), headers=[('Location', call.url('v2_task', task_id=task.id))])


@operation('list_image_tasks', role='viewer', target=targets.image, reply=schemas.IMAGE_TASKS)
def of_image(call: Call, image_guid: str) -> dict[str, Any]:
    """List tasks tied to image"""
    found = call.driver.list_image_tasks(call.context, call.thing.id)
    return {'tasks': [views.of_image(task) for task in found]}
