"""What a client sends as the data of an image: bounded, hashed and inspected while it streams."""
from __future__ import annotations

import hashlib
from typing import Any, Protocol

from jumpgate.common import errors, http
from jumpgate.image.models.data import Digests
from jumpgate.image.models.images import Image

#: The algorithm of `os_hash_value`.
HASH_ALGORITHM = 'sha512'


class Source(Protocol):
    """Where the bytes come from."""

    def read(self, size: int, /) -> bytes: ...


class Upload:
    """The data of one upload.

    :param length: bytes that the client declared; None: until the end
    :param size: bytes that the client says the data has, where it does not say so by `length`
    :param limit: most bytes that an image may have
    :param disk_format: what the image claims to be; None: it is not looked into
    :param must_match: whether another format is refused
    """

    def __init__(self, source: Source, length: int | None, *, limit: int,
                 size: int | None = None, disk_format: str | None = None,
                 must_match: bool = False) -> None:
        self._source = source
        self._length = length
        self._limit = limit
        self._expected = size
        self._size = 0
        # not for security: it is what the API calls checksum
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._hash = hashlib.new(HASH_ALGORITHM)
        self._disk_format = disk_format
        self._must_match = must_match
        self._inspector = _inspector() if disk_format else None
        if max(length or 0, size or 0) > limit:
            raise _too_large(limit)

    def read(self, size: int) -> bytes:
        """As `models.data.Upload` says."""
        if self._length is not None:
            size = min(size, self._length - self._size)
        if not size:
            return b''
        try:
            chunk = self._source.read(size)
        except (OSError, ValueError):
            raise errors.Invalid('The data could not be read to its end.') from None
        if not chunk and self._length is not None:
            raise errors.Invalid('The data is shorter than Content-Length says.')
        self._size += len(chunk)
        if self._size > self._limit:
            raise _too_large(self._limit)
        self._md5.update(chunk)
        self._hash.update(chunk)
        if self._inspector is not None:
            self._inspector.eat(chunk)
        return chunk

    def digests(self) -> Digests:
        """As `models.data.Upload` says."""
        if self._expected not in (None, self._size):
            raise errors.Invalid(f'The data has {self._size} bytes, not {self._expected} as the '
                                 'request says.')
        virtual_size = None
        if self._inspector is not None:
            virtual_size = self._inspector.judge(self._disk_format or '', self._must_match)
        return Digests(size=self._size, checksum=self._md5.hexdigest(),
                       os_hash_algo=HASH_ALGORITHM, os_hash_value=self._hash.hexdigest(),
                       virtual_size=virtual_size)


def of_request(environ: http.Environ, image: Image,
               options: Any) -> tuple[Upload, int | None]:
    """The data of a request, and its size as far as the client says it.

    :param options: those of the image service
    :raises UnsupportedMediaType: if it does not say that it is data
    :raises TooLarge: if it says that there is too much
    """
    content_type = environ.get('CONTENT_TYPE')
    kind = (content_type or '').partition(';')[0].strip().lower()
    if kind != 'application/octet-stream':
        raise errors.UnsupportedMediaType(f'Invalid content type {content_type}')
    length = http.content_length(environ)
    if length is None and not http.is_chunked(environ):
        length = 0
    size = _size(environ, length)
    # what is wrapped in something is not looked into
    disk_format = image.disk_format if image.container_format == 'bare' else None
    return Upload(environ['wsgi.input'], length, limit=options.size_limit, size=size,
                  disk_format=disk_format, must_match=options.require_format_match), size


def _size(environ: http.Environ, length: int | None) -> int | None:
    text = environ.get('HTTP_X_OPENSTACK_IMAGE_SIZE')
    if text is None:
        return length
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise errors.Invalid('Invalid or missing image size in request headers.')
    return int(text)


def _too_large(limit: int) -> errors.TooLarge:
    return errors.TooLarge(
        f'The incoming image is too large: it may have {limit} bytes at most.')


def _inspector() -> Any:
    # Imported here: most processes never see an upload.
    from jumpgate.image.inspection import Inspector
    return Inspector()
