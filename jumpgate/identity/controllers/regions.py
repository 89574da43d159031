"""Regions."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.regions import NewRegion, RegionChanges
from jumpgate.identity.schemas import regions as schemas
from jumpgate.identity.views.regions import REGION

REGIONS = lists.Collection('regions', REGION, texts=('parent_region_id',))
_KNOWN = ('description', 'parent_region_id')


@operation('list_regions', query=schemas.QUERY, reply=schemas.LIST, policy=personas.ANYBODY)
def index(call: Call) -> dict[str, Any]:
    """List regions."""
    query = REGIONS.query(call)
    return REGIONS.reply(call, call.driver.list_regions(call.context, query), query)


@operation('create_region', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.ADMIN)
def create(call: Call, region_id: str | None = None) -> dict[str, Any]:
    """Create region, with the id of the path where it names one."""
    body = call.body['region']
    wanted = body.get('id') or None
    if region_id is not None:
        if body.get('id', region_id) != region_id:
            raise errors.Invalid(
                f'Conflicting region IDs specified: "{region_id}" != "{body["id"]}"')
        if len(region_id) > 255:
            raise errors.Invalid('The id of a region has at most 255 characters.')
        wanted = region_id
    new = NewRegion(id=wanted, **_described(lists.changes(body, _KNOWN)))
    return {'region': REGION.one(call.driver.create_region(call.context, new), call)}


@operation('get_region', reply=schemas.SHOWN, policy=personas.ANYBODY)
def show(call: Call, region_id: str) -> dict[str, Any]:
    """Show region."""
    return {'region': REGION.one(call.driver.get_region(call.context, region_id), call)}


@operation('update_region', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, region_id: str) -> dict[str, Any]:
    """Update region."""
    body = call.body['region']
    lists.refuse_other_id(body, region_id)
    changes = RegionChanges(**_described(lists.changes(body, _KNOWN)))
    return {'region': REGION.one(
        call.driver.update_region(call.context, region_id, changes), call)}


@operation('delete_region', code=204, policy=personas.ADMIN)
def delete(call: Call, region_id: str) -> None:
    """Delete region."""
    call.driver.delete_region(call.context, region_id)


def _described(values: dict[str, Any]) -> dict[str, Any]:
    """A description that is null is an empty one."""
    if 'description' in values:
        values['description'] = values['description'] or ''
    return values
