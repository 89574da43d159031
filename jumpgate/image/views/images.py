"""Images on the wire."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate.image.models.images import Image


def one(image: Image) -> dict[str, Any]:
    """An image; its properties stand among its attributes."""
    path = f'/v2/images/{image.id}'
    found: dict[str, Any] = {
        **image.properties,
        'name': image.name,
        'disk_format': image.disk_format,
        'container_format': image.container_format,
        'visibility': image.visibility,
        'size': image.size,
        'virtual_size': image.virtual_size,
        'status': image.status,
        'checksum': image.checksum,
        'protected': image.protected,
        'min_ram': image.min_ram,
        'min_disk': image.min_disk,
        'owner': image.owner,
        'os_hidden': image.hidden,
        'os_hash_algo': image.os_hash_algo,
        'os_hash_value': image.os_hash_value,
        'id': image.id,
        'created_at': image.created_at,
        'updated_at': image.updated_at,
        'tags': image.tags,
        'self': path,
        'file': path + '/file',
        'schema': '/v2/schemas/image',
    }
    if image.stores:
        found['stores'] = ','.join(image.stores)
    return found


def many(images: Iterable[Image], first: str, following: str | None) -> dict[str, Any]:
    """A page.

    :param first: the query string of the first page
    :param following: that of the next, if there is one
    """
    return {'images': [one(image) for image in images],
            **links('/v2/images', first, following), 'schema': '/v2/schemas/images'}


def links(path: str, first: str, following: str | None) -> dict[str, str]:
    """Where a list begins and where it goes on."""
    found = {'first': f'{path}?{first}' if first else path}
    if following is not None:
        found['next'] = f'{path}?{following}'
    return found
