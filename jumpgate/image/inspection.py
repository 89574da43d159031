"""Whether data is of the format that it claims to be, and how large the disk in it is."""
from __future__ import annotations

import logging
from typing import Any

from oslo_utils.imageutils import format_inspector

from jumpgate.common import errors

LOG = logging.getLogger(__name__)


class Inspector:
    """Looks at data as it passes, with the inspectors of oslo.utils."""

    def __init__(self) -> None:
        self._feed = _Feed()
        source: Any = self._feed
        self._wrapper: Any = format_inspector.InspectWrapper(source)

    def eat(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        self._feed.chunk = chunk
        self._wrapper.read(len(chunk))

    def judge(self, disk_format: str, must_match: bool) -> int | None:
        """The size of the disk inside, in bytes; None where nothing tells.

        :param disk_format: what the image claims
        :raises UnsupportedMediaType: if it is something else, or something dangerous, and
            `must_match`
        """
        self._wrapper.close()
        try:
            return self._virtual_size(disk_format)
        except (format_inspector.ImageFormatError, format_inspector.SafetyCheckFailed) as error:
            if must_match:
                raise errors.UnsupportedMediaType(str(error)) from error
            LOG.info('An image claims to be %s: %s', disk_format, error)
        except Exception as error:
            # the library meets whatever people upload
            LOG.warning('The format of an image cannot be told: %r', error)
            if must_match:
                raise errors.UnsupportedMediaType('Image format inspection failed') from error
        return None

    def _virtual_size(self, disk_format: str) -> int | None:
        found = {str(one): one for one in self._wrapper.formats}
        # a bootable ISO image has a partition table in front
        inspector = found['iso'] if set(found) == {'iso', 'gpt'} else self._wrapper.format
        name = str(inspector)
        size: int | None = None
        if name == disk_format:
            size = inspector.virtual_size
        elif disk_format == 'raw':
            size = inspector.actual_size
        elif name != 'raw' or disk_format in format_inspector.ALL_FORMATS:
            raise format_inspector.ImageFormatError(
                f'Image disk_format {disk_format} does not match stream data {name}')
        try:
            inspector.safety_check()
        except format_inspector.SafetyCheckFailed as error:
            if name != 'gpt' or not (disk_format in ('aki', 'ari') and set(error.failures) ==
                                     {'mbr'}):
                raise
        return size or None


class _Feed:
    """What the library reads from."""

    chunk = b''

    def read(self, size: int) -> bytes:
        return self.chunk
