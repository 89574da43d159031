"""The data of images: what is read, what is written, and what it amounts to."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from jumpgate.common.model import model


@model
class Digests:
    """What data amounted to, once it was read to its end.

    :param size: bytes
    :param checksum: MD5 in hexadecimal
    :param os_hash_value: the digest by the algorithm `os_hash_algo`, in hexadecimal
    :param virtual_size: bytes of the disk inside, where the format tells
    """

    size: int
    checksum: str
    os_hash_algo: str
    os_hash_value: str
    virtual_size: int | None = None


class Upload(Protocol):
    """The data of one upload, as a driver reads it."""

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end.

        :raises Invalid: if the client sent less than it had declared
        :raises TooLarge: if it sent more than an image may have
        """

    def digests(self) -> Digests:
        """What was read, to be asked for after the end.

        :raises UnsupportedMediaType: if it is not of the format that the image claims
        """


@model
class Span:
    """A part of an image's data.

    :param start: the first byte, from 0
    :param stop: the byte after the last
    """

    start: int
    stop: int


@model
class Data:
    """Data to be sent.

    :param chunks: what is there to be read, once; closed by who reads it
    :param length: bytes in all
    """

    chunks: Iterable[bytes]
    length: int
