"""The files of one store: sharded by image, and either complete or not there."""
from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jumpgate.common import errors
from jumpgate.image.models.data import Data, Span, Upload

#: Bytes that are in memory at a time.
CHUNK = 256 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Busy(Exception):
    """Somebody else is writing the data of this image."""


class Files:
    """Files in a folder, named after their images.

    What is being written is in a folder of its own, locked by who writes it: a file there that
    nobody has locked was left behind by a process that died.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / 'incoming'

    def path(self, image_id: str) -> Path:
        """Where the data of an image is; ids begin at random, so folders fill evenly."""
        return self.folder / image_id[:2].lower() / image_id[2:4].lower() / image_id

    def has(self, image_id: str) -> bool:
        return self.path(image_id).is_file()

    @contextlib.contextmanager
    def incoming(self, image_id: str) -> Iterator[Incoming]:
        """A place for new data; gone afterwards, unless it was kept.

        :raises Busy: if data for this image is coming in already
        """
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = _open_locked(self._incoming / image_id)
        incoming = Incoming(file, self._incoming / image_id, self.path(image_id))
        try:
            yield incoming
        finally:
            incoming.close()

    def is_abandoned(self, image_id: str) -> bool:
        """Whether a process died while it wrote the data of this image."""
        try:
            with open(self._incoming / image_id, 'rb') as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return False
        return True

    def sweep(self, image_id: str) -> None:
        """Take away what a process that died left behind of an image's data."""
        with contextlib.suppress(Busy), self.incoming(image_id):
            pass

    def abandoned(self) -> list[str]:
        """The ids of all images whose data a process left behind."""
        if not self._incoming.is_dir():
            return []
        return [name for name in os.listdir(self._incoming) if self.is_abandoned(name)]

    def read(self, image_id: str, span: Span | None = None) -> Data:
        """The data of an image, or a part of it.

        :raises NotFound: if there is none
        """
        try:
            file = open(self.path(image_id), 'rb')  # noqa: SIM115 (closed by who reads it)
        except FileNotFoundError:
            raise errors.NotFound(f'Image {image_id} has no data.') from None
        length = os.fstat(file.fileno()).st_size
        if span is not None:
            length = max(0, min(span.stop, length) - span.start)
            file.seek(span.start)
        return Data(chunks=Chunks(file, length), length=length)

    def delete(self, image_id: str) -> bool:
        """Take the data of an image away; returns whether there was some."""
        try:
            self.path(image_id).unlink()
        except FileNotFoundError:
            return False
        return True

    def copy(self, image_id: str, target: Files) -> None:
        """Put the data of an image into another store too.

        :raises Busy: if data for it is coming in there
        """
        with target.incoming(image_id) as incoming, open(self.path(image_id), 'rb') as file:
            while chunk := file.read(CHUNK):
                incoming.write(chunk)
            incoming.keep()

    def move(self, image_id: str, target: Files) -> None:
        """Put the data of an image into another store, and keep none here."""
        place = target.path(image_id)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(self.path(image_id), place)


class Incoming:
    """Data on its way into a store."""

    def __init__(self, file: Any, path: Path, target: Path) -> None:
        self._file = file
        self._path = path
        self._target = target
        self._kept = False

    def write(self, chunk: bytes) -> None:
        """:raises TooLarge: if the disk is full"""
        left = memoryview(chunk)
        try:
            while left:
                left = left[self._file.write(left):]
        except OSError as error:
            if error.errno in _FULL:
                raise errors.TooLarge('Image storage media is full.') from error
            raise

    def write_all(self, source: Upload) -> None:
        """Write what `source` has, a piece at a time.

        :raises errors.Error: whatever is wrong with it
        """
        while chunk := source.read(CHUNK):
            self.write(chunk)
            # Under a server of green threads a fast client would not let others run otherwise.
            time.sleep(0)

    def keep(self) -> None:
        """Make it the data of its image, in one step."""
        self._target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(self._path, self._target)
        self._kept = True

    def close(self) -> None:
        if not self._kept:
            self._path.unlink(missing_ok=True)
        self._file.close()


class Chunks:
    """The bytes of an open file from where it stands, for WSGI: closed once they were read."""

    def __init__(self, file: Any, length: int) -> None:
        self._file = file
        self._left = length

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk: bytes = self._file.read(min(CHUNK, self._left)) if self._left else b''
        if not chunk:
            self.close()
            raise StopIteration
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._left = 0
        self._file.close()


def _open_locked(path: Path) -> Any:
    """A file of our own: somebody may take it away between opening and locking it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise Busy from None
        if _is_at(path, handle):
            os.ftruncate(handle, 0)
            return os.fdopen(handle, 'wb', buffering=0)
        os.close(handle)


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False
