"""Namespaces of metadata definitions."""
from __future__ import annotations

from typing import Any, TypeVar

from jumpgate.common import errors, listing
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.common.listing import Filter, Page, Query
from jumpgate.image.controllers import filters
from jumpgate.image.controllers.targets import Target
from jumpgate.image.models.namespaces import (
    Namespace,
    NamespaceChanges,
    NewAssociation,
    NewNamespace,
    NewObject,
    Property,
)
from jumpgate.image.schemas import namespaces as schemas
from jumpgate.image.views import namespaces as views

T = TypeVar('T')
_SORT_KEYS = {'namespace': 'name', 'id': 'id', 'created_at': 'created_at',
              'updated_at': 'updated_at'}
_READ_ONLY = ('self', 'schema', 'created_at', 'updated_at')


def target(call: Call, namespace: str, **_: str) -> tuple[Target, Namespace]:
    """The namespace as policy sees it, and itself.

    :raises NotFound: if the caller may not see it
    """
    found: Namespace = call.driver.get_namespace(call.context, namespace)
    seen = {'project_id': found.owner, 'visibility': found.visibility}
    if not call.app.policy.allowed('image:get_namespace', seen, call.context):
        raise errors.NotFound(f'Namespace {namespace} not found')
    return seen, found


def refuse_read_only(body: dict[str, Any]) -> None:
    """:raises Forbidden: for what only the service itself sets"""
    for name in _READ_ONLY:
        if name in body:
            raise errors.Forbidden(f"Attribute '{name}' is read-only.")


@operation('list_namespaces', role='reader', reply=schemas.REPLY_NAMESPACES)
def index(call: Call) -> dict[str, Any]:
    """List metadata namespaces"""
    query = _query(call)
    found = page(call.driver.list_namespaces(call.context, query), query).items
    seen = [one for one in found if call.app.policy.allowed(
        'image:get_namespace', {'project_id': one.owner, 'visibility': one.visibility},
        call.context)]
    associations = call.driver.list_associations(
        call.context, tuple(one.name for one in seen))
    following = None
    if found and len(found) == query.limit:
        following = listing.link_query(call.query, marker=found[-1].name)
    return views.many(seen, associations, listing.link_query(call.query, marker=None),
                      following)


def page(things: Page[T], query: Query) -> Page[T]:
    """The page asked for, of things whose markers are names.

    :raises NotFound: if there is none of the marker's name
    """
    try:
        return listing.finish(things, query, key='name')
    except errors.MarkerNotFound as error:
        raise errors.NotFound(error.message) from None


def _query(call: Call) -> Query:
    asked = call.query
    found = []
    visibility = asked.get('visibility', [''])[-1]
    if visibility and visibility not in ('public', 'private'):
        raise errors.Invalid(f'Invalid visibility value: {visibility}')
    if visibility:
        found.append(Filter('visibility', visibility))
    if asked.get('owner'):
        found.append(Filter('owner', asked['owner'][-1]))
    resource_types = ','.join(asked.get('resource_types', [])).split(',')
    if any(resource_types):
        found.append(Filter('resource_types', tuple(resource_types)))
    options = call.app.config.image
    return Query(filters=tuple(found), sort=(sort_of(asked, _SORT_KEYS),),
                 marker=asked.get('marker', [None])[-1],
                 limit=filters.limit_of(asked, options.default_limit, options.max_limit))


def sort_of(asked: dict[str, list[str]], keys: dict[str, str]) -> tuple[str, str]:
    """:raises Invalid: for an unknown key or direction"""
    key = asked.get('sort_key', ['created_at'])[-1]
    direction = asked.get('sort_dir', ['desc'])[-1]
    if key not in keys:
        raise errors.Invalid('Sort key supplied was not valid.')
    if direction not in listing.DIRECTIONS:
        raise errors.Invalid(f'Invalid sort direction: {direction}')
    return keys[key], direction


@operation('get_namespace', role='definition_reader', target=target,
           needs=('get_namespace', 'get_namespace_contents'), reply=schemas.REPLY_NAMESPACE)
def show(call: Call, namespace: str) -> dict[str, Any]:
    """Show namespace"""
    contents = call.driver.get_namespace_contents(call.context, namespace)
    wanted = call.query.get('resource_type', [None])[-1]
    prefix = next((one.prefix for one in contents.associations if one.name == wanted), None)
    return views.one(call.thing, contents, prefix or '')


@operation('create_namespace', role='admin', body=schemas.WISH_NAMESPACE, code=201,
           reply=schemas.REPLY_NAMESPACE)
def create(call: Call) -> Reply:
    """Create namespace"""
    body = call.body
    refuse_read_only(body)
    new = NewNamespace(
        name=body['namespace'], display_name=body.get('display_name'),
        description=body.get('description'), visibility=body.get('visibility', 'private'),
        protected=body.get('protected', False),
        owner=body.get('owner', call.context.project_id),
        associations=tuple(map(new_association, body.get('resource_type_associations', ()))),
        properties=tuple(Property(name=name, definition=value)
                         for name, value in body.get('properties', {}).items()),
        objects=tuple(map(new_object, body.get('objects', ()))),
        tags=tuple(tag['name'] for tag in body.get('tags', ())))
    made = call.driver.create_namespace(call.context, new)
    contents = call.driver.get_namespace_contents(call.context, made.name)
    return Reply(views.one(made, contents), headers=[
        ('Location', call.url('v2_metadefs_namespace', namespace=made.name))])


def new_object(body: dict[str, Any]) -> NewObject:
    """The wish that a body says."""
    return NewObject(name=body['name'], description=body.get('description'),
                     required=tuple(body.get('required', ())),
                     properties=body.get('properties', {}))


def new_association(body: dict[str, Any]) -> NewAssociation:
    """The wish that a body says."""
    return NewAssociation(name=body['name'], prefix=body.get('prefix'),
                          properties_target=body.get('properties_target'))


@operation('update_namespace', role='admin', body=schemas.WISH_NAMESPACE, target=target,
           reply=schemas.REPLY_NAMESPACE)
def update(call: Call, namespace: str) -> dict[str, Any]:
    """Update namespace"""
    body = call.body
    refuse_read_only(body)
    return views.one(call.driver.update_namespace(call.context, namespace, NamespaceChanges(
        name=body['namespace'], display_name=body.get('display_name'),
        description=body.get('description'), visibility=body.get('visibility', 'private'),
        protected=body.get('protected', False),
        owner=body.get('owner') or call.context.project_id)))


@operation('delete_namespace', role='admin', target=target, code=204)
def delete(call: Call, namespace: str) -> None:
    """Delete namespace"""
    call.driver.delete_namespace(call.context, namespace)
