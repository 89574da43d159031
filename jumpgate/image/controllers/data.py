"""The data of images: it streams, and is hashed as it passes."""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.image import upload
from jumpgate.image.controllers import targets
from jumpgate.image.models.data import Span
from jumpgate.image.models.images import Image, Status

_RANGE = re.compile(r'\s*bytes\s*=\s*([0-9]*)\s*-\s*([0-9]*)\s*', re.IGNORECASE)
_CONTENT_RANGE = re.compile(r'\s*bytes\s+([0-9]+)-([0-9]+)/(?:[0-9]+|\*)\s*', re.IGNORECASE)


@operation('download_image', role='downloader', target=targets.image)
def download(call: Call, image_guid: str) -> Reply:
    """Download image data"""
    image: Image = call.thing
    if image.status is Status.DEACTIVATED and not call.context.is_admin:
        raise errors.Forbidden('The requested image has been deactivated. '
                               'Image data download is forbidden.')
    if image.size is None or not image.stores:
        return Reply(None, code=204)
    span = _span(call.environ, image.size)
    data = call.driver.download_image(call.context, image.id, span)
    headers = [('Content-Length', str(data.length))]
    if span is not None:
        headers.append(('Content-Range', f'bytes {span.start}-{span.stop - 1}/{image.size}'))
    if image.checksum:
        headers.append(('Content-MD5', image.checksum))
    return Reply(data.chunks, code=200 if span is None else 206, headers=headers)


def _span(environ: Mapping[str, Any], size: int) -> Span | None:
    """The part of the data that the client wants.

    :raises RangeNotSatisfiable: if there is no such part
    """
    wanted = environ.get('HTTP_RANGE')
    if wanted is None:
        legacy = environ.get('HTTP_CONTENT_RANGE')
        return None if legacy is None else _legacy_span(legacy, size)
    if ',' in wanted:
        raise errors.Invalid('Requests with multiple ranges are not supported in Glance. You may '
                             'make multiple single-range requests instead.')
    found = _RANGE.fullmatch(wanted)
    first, last = found.groups() if found else ('', '')
    if not first and not last:
        raise errors.RangeNotSatisfiable(size, 'Invalid Range header.')
    if not first:
        if not int(last):
            raise errors.RangeNotSatisfiable(size, 'Invalid Range header.')
        return Span(start=max(0, size - int(last)), stop=size)
    if last and int(last) < int(first):
        raise errors.RangeNotSatisfiable(size, 'Invalid Range header.')
    if int(first) >= size:
        raise errors.RangeNotSatisfiable(
            size, 'Invalid start position in Range header. Start position MUST be in the '
            f'inclusive range [0, {size - 1}].')
    return Span(start=int(first), stop=min(int(last) + 1, size) if last else size)


def _legacy_span(text: str, size: int) -> Span:
    """Of a header that belongs to answers; old clients send it."""
    found = _CONTENT_RANGE.fullmatch(text)
    if found is None or int(found[1]) > int(found[2]) or int(found[2]) >= size:
        raise errors.RangeNotSatisfiable(size, 'Invalid Content-Range header.')
    return Span(start=int(found[1]), stop=int(found[2]) + 1)


@operation('upload_image', role='member', target=targets.image, code=204)
def put(call: Call, image_guid: str) -> None:
    """Upload image data"""
    image: Image = call.thing
    data, size = upload.of_request(call.environ, image, call.app.config.image)
    call.driver.upload_image(call.context, image.id, data, size,
                             call.environ.get('HTTP_X_IMAGE_META_STORE'))


@operation('stage_image', role='member', target=targets.image, code=204)
def stage(call: Call, image_guid: str) -> None:
    """Upload data to staging area"""
    if 'glance-direct' not in call.driver.list_import_methods(call.context):
        raise errors.NotFound("'glance-direct' method is not available at this site.")
    data, size = upload.of_request(call.environ, call.thing, call.app.config.image)
    call.driver.stage_image(call.context, call.thing.id, data, size)
