"""What is in a namespace: properties, objects, tags, associations with resource types."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors, listing
from jumpgate.common.controller import Call, operation
from jumpgate.common.listing import Query
from jumpgate.image.controllers import filters, namespaces
from jumpgate.image.controllers.namespaces import refuse_read_only, target
from jumpgate.image.models.namespaces import Property
from jumpgate.image.schemas import namespaces as schemas
from jumpgate.image.views import namespaces as views

_READER = 'definition_reader'
_SORT_KEYS = {'name': 'name', 'created_at': 'created_at', 'updated_at': 'updated_at',
              'id': 'name'}


def _query(call: Call) -> Query:
    """:raises Invalid: where the query string cannot be understood"""
    asked = call.query
    options = call.app.config.image
    limit = None
    if asked.get('limit', [''])[-1]:
        limit = filters.limit_of(asked, options.default_limit, options.max_limit)
    return Query(sort=(namespaces.sort_of(asked, _SORT_KEYS),), limit=limit,
                 marker=asked.get('marker', [None])[-1] or None)


# --- properties

@operation('list_properties', role=_READER, target=target, reply=schemas.REPLY_PROPERTIES)
def list_properties(call: Call, namespace: str) -> dict[str, Any]:
    """List namespace properties"""
    return views.properties(call.driver.list_properties(call.context, namespace))


@operation('get_property', role=_READER, target=target, reply=schemas.REPLY_PROPERTY)
def show_property(call: Call, namespace: str, property_name: str) -> dict[str, Any]:
    """Show namespace property"""
    wanted = call.query.get('resource_type', [''])[-1]
    if wanted:
        property_name = _without_prefix(call, namespace, property_name, wanted)
    return views.property_(call.driver.get_property(call.context, namespace, property_name))


def _without_prefix(call: Call, namespace: str, name: str, resource_type: str) -> str:
    """:raises NotFound: if there is no such association, or the name lacks its prefix"""
    found = call.driver.list_associations(call.context, (namespace,)).get(namespace, ())
    for one in found:
        if one.name == resource_type:
            if one.prefix and name.startswith(one.prefix):
                return name.removeprefix(one.prefix)
            raise errors.NotFound(
                f'Property {name} does not start with the expected resource type association '
                f"prefix of '{one.prefix}'.")
    raise errors.NotFound(f'The metadata definition resource-type association of resource-type='
                          f'{resource_type} to namespace={namespace} was not found.')


@operation('create_property', role='admin', target=target, body=schemas.WISH_PROPERTY, code=201,
           reply=schemas.REPLY_PROPERTY)
def create_property(call: Call, namespace: str) -> dict[str, Any]:
    """Create namespace property"""
    return views.property_(call.driver.create_property(
        call.context, namespace, Property(name=call.body['name'], definition=call.body)))


@operation('update_property', role='admin', target=target, body=schemas.WISH_PROPERTY,
           reply=schemas.REPLY_PROPERTY)
def update_property(call: Call, namespace: str, property_name: str) -> dict[str, Any]:
    """Update namespace property"""
    return views.property_(call.driver.update_property(
        call.context, namespace, property_name,
        Property(name=call.body['name'], definition=call.body)))


@operation('delete_property', role='admin', target=target, code=204)
def delete_property(call: Call, namespace: str, property_name: str) -> None:
    """Delete namespace property"""
    call.driver.delete_property(call.context, namespace, property_name)


@operation('delete_properties', role='admin', target=target, code=204)
def delete_properties(call: Call, namespace: str) -> None:
    """Delete all namespace properties"""
    call.driver.delete_properties(call.context, namespace)


# --- objects

@operation('list_objects', role=_READER, target=target, reply=schemas.REPLY_OBJECTS)
def list_objects(call: Call, namespace: str) -> dict[str, Any]:
    """List namespace objects"""
    query = _query(call)
    page = listing.finish(call.driver.list_objects(call.context, namespace, query), query,
                          key='name')
    return views.objects(namespace, page.items)


@operation('get_object', role=_READER, target=target, reply=schemas.REPLY_OBJECT)
def show_object(call: Call, namespace: str, object_name: str) -> dict[str, Any]:
    """Show namespace object"""
    return views.object_(namespace, call.driver.get_object(call.context, namespace, object_name))


@operation('create_object', role='admin', target=target, body=schemas.WISH_OBJECT, code=201,
           reply=schemas.REPLY_OBJECT)
def create_object(call: Call, namespace: str) -> dict[str, Any]:
    """Create namespace object"""
    refuse_read_only(call.body)
    return views.made(namespace, call.driver.create_object(
        call.context, namespace, namespaces.new_object(call.body)))


@operation('update_object', role='admin', target=target, body=schemas.WISH_OBJECT,
           reply=schemas.REPLY_OBJECT)
def update_object(call: Call, namespace: str, object_name: str) -> dict[str, Any]:
    """Update namespace object"""
    refuse_read_only(call.body)
    return views.made(namespace, call.driver.update_object(
        call.context, namespace, object_name, namespaces.new_object(call.body)))


@operation('delete_object', role='admin', target=target, code=204)
def delete_object(call: Call, namespace: str, object_name: str) -> None:
    """Delete namespace object"""
    call.driver.delete_object(call.context, namespace, object_name)


@operation('delete_objects', role='admin', target=target, code=204)
def delete_objects(call: Call, namespace: str) -> None:
    """Delete all namespace objects"""
    call.driver.delete_objects(call.context, namespace)


# --- tags

@operation('list_tags', role=_READER, target=target, reply=schemas.REPLY_TAGS)
def list_tags(call: Call, namespace: str) -> dict[str, Any]:
    """List namespace tags"""
    query = _query(call)
    page = namespaces.page(call.driver.list_tags(call.context, namespace, query), query)
    return views.tags(page.items)


@operation('get_tag', role=_READER, target=target, reply=schemas.REPLY_TAG)
def show_tag(call: Call, namespace: str, tag_name: str) -> dict[str, Any]:
    """Show namespace tag"""
    return views.tag(call.driver.get_tag(call.context, namespace, tag_name))


@operation('create_tag', role='admin', target=target, code=201, reply=schemas.REPLY_TAG)
def create_tag(call: Call, namespace: str, tag_name: str) -> dict[str, Any]:
    """Create namespace tag"""
    if not 0 < len(tag_name) <= 80:
        raise errors.Invalid('The name of a tag has 1 to 80 characters.')
    return views.tag(call.driver.create_tag(call.context, namespace, tag_name))


@operation('create_tags', role='admin', target=target, body=schemas.WISH_TAGS, code=201,
           reply=schemas.REPLY_TAGS)
def create_tags(call: Call, namespace: str) -> dict[str, Any]:
    """Create or replace namespace tags"""
    names = tuple(tag['name'] for tag in call.body.get('tags', ()))
    keep = call.environ.get('HTTP_X_OPENSTACK_APPEND', '').strip().lower() in (
        '1', 't', 'true', 'on', 'y', 'yes')
    return views.tags(call.driver.create_tags(call.context, namespace, names, keep))


@operation('update_tag', role='admin', target=target, body=schemas.WISH_TAG,
           reply=schemas.REPLY_TAG)
def update_tag(call: Call, namespace: str, tag_name: str) -> dict[str, Any]:
    """Update namespace tag"""
    return views.tag(call.driver.update_tag(
        call.context, namespace, tag_name, call.body['name']))


@operation('delete_tag', role='admin', target=target, code=204)
def delete_tag(call: Call, namespace: str, tag_name: str) -> None:
    """Delete namespace tag"""
    call.driver.delete_tag(call.context, namespace, tag_name)


@operation('delete_tags', role='admin', target=target, code=204)
def delete_tags(call: Call, namespace: str) -> None:
    """Delete all namespace tags"""
    call.driver.delete_tags(call.context, namespace)


# --- resource types

@operation('list_resource_types', role='reader', reply=schemas.REPLY_RESOURCE_TYPES)
def list_resource_types(call: Call) -> dict[str, Any]:
    """List resource types"""
    return views.resource_types(call.driver.list_resource_types(call.context))


@operation('list_associations', role=_READER, target=target, reply=schemas.REPLY_ASSOCIATIONS)
def list_associations(call: Call, namespace: str) -> dict[str, Any]:
    """List resource types of namespace"""
    found = call.driver.list_associations(call.context, (namespace,))
    return views.associations(found.get(namespace, ()))


@operation('create_association', role='admin', target=target, body=schemas.WISH_ASSOCIATION,
           code=201, reply=schemas.REPLY_ASSOCIATION)
def create_association(call: Call, namespace: str) -> dict[str, Any]:
    """Link resource type to namespace"""
    return views.association(call.driver.create_association(
        call.context, namespace, namespaces.new_association(call.body)))


@operation('delete_association', role='admin', target=target, code=204)
def delete_association(call: Call, namespace: str, resource_type: str) -> None:
    """Unlink resource type from namespace"""
    call.driver.delete_association(call.context, namespace, resource_type)
