"""Projects."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.common.listing import Filter
from jumpgate.identity import lists, personas
from jumpgate.identity.models.projects import NewProject, Project, ProjectChanges
from jumpgate.identity.schemas import projects as schemas
from jumpgate.identity.views.projects import PROJECT


def _wanted(wanted: Filter) -> set[str]:
    return {tag.strip() for tag in wanted.value.split(',')}


PROJECTS = lists.Collection(
    'projects', PROJECT, texts=('name', 'domain_id', 'parent_id'),
    flags=('enabled', 'is_domain'),
    predicates={
        'tags': lambda project, wanted: _wanted(wanted) <= set(project.tags),
        'tags-any': lambda project, wanted: bool(_wanted(wanted) & set(project.tags)),
        'not-tags': lambda project, wanted: not _wanted(wanted) <= set(project.tags),
        'not-tags-any': lambda project, wanted: not _wanted(wanted) & set(project.tags),
    })
_KNOWN = ('name', 'description', 'enabled', 'options', 'tags', 'domain_id', 'parent_id',
          'is_domain')
_TREES = ('parents_as_list', 'subtree_as_list', 'parents_as_ids', 'subtree_as_ids')


def target(call: Call, project_id: str) -> tuple[dict[str, Any], Project]:
    """What policy decides about a project by."""
    project = call.driver.get_project(call.context, project_id)
    return {'target.project.id': project.id,
            'target.project.domain_id': project.domain_id}, project


def _list_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('domain_id', call.context.domain_id)


def _create_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('project.domain_id', call.body['project'].get('domain_id')
                       or call.context.domain_id or call.context.project_domain_id)


@operation('list_projects', reply=schemas.LIST, policy=personas.LIST_IN_DOMAIN,
           target=_list_target)
def index(call: Call) -> dict[str, Any]:
    """List projects."""
    own = {'domain_id': call.context.domain_id} if call.context.domain_id else {}
    query = PROJECTS.query(call, **own)
    return PROJECTS.reply(call, call.driver.list_projects(call.context, query), query)


@operation('create_project', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.MANAGE_PROJECT, target=_create_target)
def create(call: Call) -> dict[str, Any]:
    """Create project."""
    body = call.body['project']
    ours, extra = lists.split(body, _KNOWN)
    ours['name'] = ours['name'].strip()
    if not ours.get('is_domain') and not ours.get('parent_id'):
        ours['domain_id'] = lists.own_domain(call, body)
    new = NewProject(extra=extra, **_tuples(ours))
    return {'project': PROJECT.one(call.driver.create_project(call.context, new), call)}


@operation('get_project', reply=schemas.SHOWN, policy=personas.GET_PROJECT, target=target)
def show(call: Call, project_id: str) -> dict[str, Any]:
    """Show project."""
    body = PROJECT.one(call.thing, call)
    for name in _TREES:
        if lists.flag(call.query.get(name)):
            direction, _, form = name.partition('_as_')
            body[direction] = _tree(call, call.thing, direction, form)
    for direction in ('parents', 'subtree'):
        if all(lists.flag(call.query.get(f'{direction}_as_{form}')) for form in ('list', 'ids')):
            raise errors.Invalid(f'Cannot use {direction}_as_list and {direction}_as_ids query '
                                 'params at the same time.')
    return {'project': body}


def _tree(call: Call, project: Project, direction: str, form: str) -> Any:
    """The projects above or below one: as a list of those that the caller has a role on, or the ids
    of all in a tree.
    """
    if direction == 'parents':
        found = call.driver.list_project_parents(call.context, project.id)
    else:
        found = call.driver.list_project_subtree(call.context, project.id)
    if form == 'list':
        own = {one.id for one in call.driver.list_auth_projects(call.context)}
        return [{'project': PROJECT.one(one, call)} for one in found if one.id in own]
    if direction == 'subtree':
        return _ids_below(project.id, found)
    # the domain is the root of every tree
    tree: Any = None if project.domain_id is None else {project.domain_id: None}
    for one in reversed(found):
        tree = {one.id: tree}
    return tree


def _ids_below(project_id: str, found: list[Project]) -> dict[str, Any] | None:
    below = [one.id for one in found if one.parent_id == project_id]
    return {one: _ids_below(one, found) for one in below} or None


@operation('update_project', body=schemas.UPDATE, reply=schemas.SHOWN,
           policy=personas.MANAGE_PROJECT, target=target)
def update(call: Call, project_id: str) -> dict[str, Any]:
    """Update project."""
    body = call.body['project']
    lists.refuse_other_id(body, project_id, 'project')
    values = _tuples(lists.changes(body, _KNOWN))
    if 'domain_id' in values and values['domain_id'] != call.thing.domain_id:
        raise errors.Invalid('Cannot change Domain ID')
    values.pop('domain_id', None)
    changed = call.driver.update_project(call.context, project_id, ProjectChanges(**values))
    return {'project': PROJECT.one(changed, call)}


@operation('delete_project', code=204, policy=personas.MANAGE_PROJECT, target=target)
def delete(call: Call, project_id: str) -> None:
    """Delete project."""
    call.driver.delete_project(call.context, project_id)


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    if 'tags' in values:
        values['tags'] = tuple(values['tags'])
    return values
