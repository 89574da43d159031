"""Images: their records."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors, listing
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.image.controllers import filters, patches, targets
from jumpgate.image.models.images import Image, NewImage, Visibility
from jumpgate.image.schemas import images as schemas
from jumpgate.image.views import images as views

#: Rules of their own for making an image visible to others.
_SHOWING = {'public': 'admin', 'community': 'member'}


@operation('list_images', role='reader', reply=schemas.IMAGES)
def index(call: Call) -> dict[str, Any]:
    """List images"""
    options = call.app.config.image
    query = filters.parse(call.query, call.context, default_limit=options.default_limit,
                          max_limit=options.max_limit)
    page = listing.finish(call.driver.list_images(call.context, query), query,
                          filters.PREDICATES)
    found = [one for one in page.items if call.app.policy.allowed(
        'image:get_image', targets.of_image(call, one), call.context)]
    following = None
    if page.items and len(page.items) == query.limit:
        following = listing.link_query(call.query, marker=page.items[-1].id)
    return views.many(found, listing.link_query(call.query, marker=None), following)


@operation('get_image', role='viewer', target=targets.image, reply=schemas.IMAGE)
def show(call: Call, image_guid: str) -> dict[str, Any]:
    """Show image"""
    return views.one(call.thing)


def _to_create(call: Call) -> tuple[targets.Target, None]:
    """The image as it would be.

    :raises Forbidden: if it would be another project's, which only administrators may make
    """
    body = call.body
    for name in patches.DISALLOWED:
        if name in body:
            raise errors.Forbidden(f"Attribute '{name}' is read-only.")
    owner = body.get('owner', call.context.project_id)
    target = {'project_id': owner, 'owner': owner, 'visibility': body.get('visibility', 'shared')}
    if owner != call.context.project_id and not call.app.policy.allowed(
            'image:create_image', target, call.context):
        raise errors.Forbidden(f"You are not permitted to create images owned by '{owner}'")
    return target, None


@operation('create_image', role='creator', target=_to_create, body=schemas.CREATE, code=201,
           reply=schemas.IMAGE, attributes=_SHOWING)
def create(call: Call) -> Reply:
    """Create image record"""
    body = call.body
    _enforce_visibility(call, body.get('visibility'),
                        {'project_id': body.get('owner', call.context.project_id)})
    image = call.driver.create_image(call.context, wish(call, body))
    methods = call.driver.list_import_methods(call.context)
    stores = call.driver.list_stores(call.context)
    headers = [('Location', call.url('v2_image', image_guid=image.id))]
    if methods:
        headers.append(('OpenStack-image-import-methods', ','.join(methods)))
    headers.append(('OpenStack-image-store-ids', ','.join(store.id for store in stores)))
    return Reply(views.one(image), headers=headers)


def wish(call: Call, body: dict[str, Any]) -> NewImage:
    """The image that a body asks for.

    :raises Forbidden: if it sets what clients do not set
    """
    known = {attribute: patches.model_value(name, body[name])
             for name, attribute in patches.ATTRIBUTES.items() if name in body}
    properties = {name: value for name, value in body.items()
                  if name not in patches.ATTRIBUTES and name != 'id'}
    for name in properties:
        patches.refuse_reserved(name)
        if name == 'locations':
            raise errors.Forbidden("It's not allowed to add locations if locations are "
                                   'invisible.')
        if not 0 < len(name) <= 255:
            raise errors.Invalid(
                'Custom property should not be greater than 255 characters.')
    known.setdefault('owner', call.context.project_id)
    return NewImage(id=body.get('id'), properties=properties, **known)


def _to_patch(call: Call, image_guid: str) -> tuple[targets.Target, Image]:
    """The image; the patch is judged before there is looked for it."""
    content_type = call.environ.get('CONTENT_TYPE', '').partition(';')[0].strip().lower()
    if content_type not in (patches.TYPE, patches.OLD_TYPE):
        call.headers.append(('Accept-Patch', f'{patches.OLD_TYPE}, {patches.TYPE}'))
        raise errors.UnsupportedMediaType(
            f'Image PATCH expects Content-Type one of: {patches.OLD_TYPE}, {patches.TYPE}')
    is_old = content_type == patches.OLD_TYPE
    call.body = patches.parse(call.app.json_body(call.environ), is_old=is_old), is_old
    return targets.image(call, image_guid)


@operation('update_image', role='member', target=_to_patch, reply=schemas.IMAGE,
           attributes=_SHOWING)
def update(call: Call, image_guid: str) -> dict[str, Any]:
    """Patch image properties"""
    wanted, is_old = call.body
    image = call.thing
    if not wanted:
        return views.one(image)
    for change in wanted:
        if change.name == 'visibility' and change.verb != 'remove':
            _enforce_visibility(call, change.value, targets.of_image(call, image))
        if change.name == 'owner' and not call.context.is_admin:
            raise errors.Forbidden("Owner can't be updated by non admin.")
    changes = patches.apply(wanted, image, is_old=is_old)
    return views.one(call.driver.update_image(call.context, image.id, changes))


def _enforce_visibility(call: Call, visibility: str | None, target: targets.Target) -> None:
    if visibility in (Visibility.PUBLIC, Visibility.COMMUNITY):
        call.enforce(f'{call.operation.name}:{visibility}', target)


def _to_delete(call: Call, image_guid: str) -> tuple[targets.Target, Image]:
    try:
        return targets.image(call, image_guid)
    except errors.NotFound:
        raise errors.NotFound(f'Failed to find image {image_guid} to delete') from None


@operation('delete_image', role='member', target=_to_delete, code=204)
def delete(call: Call, image_guid: str) -> None:
    """Delete image"""
    call.driver.delete_image(call.context, call.thing.id)
