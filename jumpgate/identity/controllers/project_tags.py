"""Tags of projects."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.controllers import projects
from jumpgate.identity.schemas import projects as schemas

_MOST = 80
_LONGEST = 255


@operation('list_project_tags', needs=('get_project',), policy=personas.GET_PROJECT,
           target=projects.target)
def index(call: Call, project_id: str) -> dict[str, Any]:
    """List project tags."""
    return _body(call, call.thing.tags)


@operation('get_project_tag', needs=('get_project',), code=204, policy=personas.GET_PROJECT,
           target=lambda call, project_id, value: projects.target(call, project_id))
def show(call: Call, project_id: str, value: str) -> None:
    """Check project has tag."""
    if value not in call.thing.tags:
        raise _no_tag(value)


@operation('update_project_tags', needs=('set_project_tags',), body=schemas.TAGS,
           policy=personas.MANAGE_PROJECT, target=projects.target)
def replace(call: Call, project_id: str) -> dict[str, Any]:
    """Replace project tags."""
    tags = tuple(call.body['tags'])
    return _body(call, call.driver.set_project_tags(call.context, project_id, tags).tags)


@operation('create_project_tag', needs=('set_project_tags',), code=201,
           policy=personas.MANAGE_PROJECT,
           target=lambda call, project_id, value: projects.target(call, project_id))
def add(call: Call, project_id: str, value: str) -> Reply:
    """Add tag to project."""
    if not 0 < len(value) <= _LONGEST or ',' in value or '/' in value:
        raise errors.Invalid(f'A tag has 1 to {_LONGEST} characters, and neither , nor /.')
    tags = {*call.thing.tags, value}
    if len(tags) > _MOST:
        raise errors.Invalid(f'A project may have {_MOST} tags.')
    call.driver.set_project_tags(call.context, project_id, tuple(tags))
    return Reply(headers=[('Location', call.url('v3_project_tag', project_id=project_id,
                                                value=value))])


@operation('delete_project_tag', needs=('set_project_tags',), code=204,
           policy=personas.MANAGE_PROJECT,
           target=lambda call, project_id, value: projects.target(call, project_id))
def remove(call: Call, project_id: str, value: str) -> None:
    """Remove tag from project."""
    if value not in call.thing.tags:
        raise _no_tag(value)
    left = tuple(tag for tag in call.thing.tags if tag != value)
    call.driver.set_project_tags(call.context, project_id, left)


@operation('delete_project_tags', needs=('set_project_tags',), code=204,
           policy=personas.MANAGE_PROJECT, target=projects.target)
def clear(call: Call, project_id: str) -> None:
    """Remove all project tags."""
    call.driver.set_project_tags(call.context, project_id, ())


def _body(call: Call, tags: tuple[str, ...]) -> dict[str, Any]:
    return {'tags': list(tags), 'links': lists.own_link(call)}


def _no_tag(value: str) -> errors.NotFound:
    return errors.NotFound(f'Could not find project tag: {value}.')
