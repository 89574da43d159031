"""Stores, imports into them, usage."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.image.controllers import targets
from jumpgate.image.models.images import Image
from jumpgate.image.models.stores import Import
from jumpgate.image.schemas import stores as schemas
from jumpgate.image.views import stores as views


@operation('list_stores', role='anyone', reply=schemas.STORES)
def index(call: Call) -> dict[str, Any]:
    """List configured stores"""
    return views.many(call.driver.list_stores(call.context))


@operation('list_stores_detail', needs=('list_stores',), role='service', reply=schemas.STORES)
def detail(call: Call) -> dict[str, Any]:
    """List stores with properties"""
    return views.many(call.driver.list_stores(call.context), detailed=True)


@operation('list_import_methods', role='anyone', reply=schemas.METHODS)
def methods(call: Call) -> dict[str, Any]:
    """Show import methods available"""
    return views.methods(call.driver.list_import_methods(call.context))


@operation('show_usage', needs=('list_stores',), role='anyone', reply=schemas.USAGE)
def usage(call: Call) -> dict[str, Any]:
    """Show quota usage"""
    # as a Glance whose quotas are not Keystone's
    return {'usage': {}}


def _to_import(call: Call, image_guid: str) -> tuple[targets.Target, Image]:
    """:raises Invalid: for a method that there is not"""
    method = call.body['method']['name']
    if method not in call.driver.list_import_methods(call.context):
        raise errors.Invalid(f"Unknown import method name '{method}'.")
    return targets.image(call, image_guid)


@operation('import_image', role='member', target=_to_import, body=schemas.IMPORT, code=202,
           attributes={'copy': 'admin'})
def import_(call: Call, image_guid: str) -> Reply:
    """Import staged or remote image data"""
    body = call.body
    method = body['method']
    if method['name'] == 'copy-image':
        call.enforce('import_image:copy', targets.of_image(call, call.thing))
    if method['name'] == 'web-download' and not method.get('uri'):
        raise errors.Invalid("'uri' needs to be set for web-download import method")
    stores = tuple(body.get('stores', ()))
    if body.get('all_stores'):
        stores = tuple(store.id for store in call.driver.list_stores(call.context))
    call.driver.import_image(call.context, call.thing.id, Import(
        method=method['name'], uri=method.get('uri'), stores=stores,
        must_all_succeed=body.get('all_stores_must_succeed', True), request=body))
    return Reply(None)


@operation('delete_image_from_store', role='admin', target=None, code=204)
def delete_copy(call: Call, store_id: str, image_guid: str) -> None:
    """Delete image copy from store"""
    call.driver.delete_image_from_store(call.context, image_guid, store_id)


@operation('list_locations', role='service', target=targets.image, reply=schemas.LOCATIONS)
def locations(call: Call, image_guid: str) -> list[dict[str, Any]]:
    """List image locations"""
    return views.locations(call.driver.list_locations(call.context, call.thing.id))
