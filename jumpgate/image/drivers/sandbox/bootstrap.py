"""The first start of the embedded image service: two tiny public images.

They are no systems: servers of the embedded cloud need something to be made from, and so do those
who try the API.
"""
from __future__ import annotations

import io
import logging
from typing import Any

from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Query
from jumpgate.image.models.images import NewImage, Visibility
from jumpgate.image.upload import Upload

LOG = logging.getLogger(__name__)

NAMES = ('tiny', 'tiny-alt')
_BYTES = 64 * 1024
#: What metadata definitions may be for from the start.
RESOURCE_TYPES = ('OS::Cinder::Volume', 'OS::Glance::Image', 'OS::Nova::Aggregate',
                  'OS::Nova::Flavor', 'OS::Nova::Server')
_ADMIN = RequestContext(user_id='jumpgate', is_admin=True, roles=('admin',))


def prepare(driver: Any) -> None:
    """Make what is missing, on the very first start alone: who deletes them shall not see them
    again.
    """
    driver.recover()
    marker = driver.staging.folder.parent / 'prepared'
    if marker.exists():
        return
    marker.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in RESOURCE_TYPES:
        driver.add_resource_type(name)
    if not driver.list_images(_ADMIN, Query(limit=1)).items:
        for name in NAMES:
            _make(driver, name)
        print(f'Made two public images of {_BYTES // 1024} KiB: {" and ".join(NAMES)}.')  # noqa: T201
    marker.touch()


def _make(driver: Any, name: str) -> None:
    image = driver.create_image(_ADMIN, NewImage(
        name=name, visibility=Visibility.PUBLIC, disk_format='raw', container_format='bare'))
    data = (name.encode() + b'\n').ljust(_BYTES, b'\0')
    source = Upload(io.BytesIO(data), len(data), limit=len(data), disk_format='raw')
    driver.upload_image(_ADMIN, image.id, source, len(data))
