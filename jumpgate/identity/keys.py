"""The folder of keys that tokens are encrypted with.

Files are named by number. Key 0 is staged: it opens tokens, but makes none until a rotation gives
it the highest number. So hosts that get the folder a little later can already open what the others
make.
"""
from __future__ import annotations

import base64
import os
from pathlib import Path

from oslo_config import cfg

from jumpgate.store import prepare


class NoKeys(RuntimeError):
    """The folder has no key that could be used."""


class KeyRepository:
    """A folder of keys.

    :param folder: where the keys are
    :param max_active_keys: how many it may hold, the staged one among them
    """

    def __init__(self, folder: Path, max_active_keys: int = 3) -> None:
        self.folder = folder
        self.max_active_keys = max_active_keys

    @classmethod
    def of(cls, conf: cfg.ConfigOpts) -> KeyRepository:
        """The repository that a configuration names."""
        named = conf.fernet_tokens.key_repository
        folder = Path(named) if named else Path(conf.state_dir) / 'fernet-keys'
        return cls(folder, conf.fernet_tokens.max_active_keys)

    def setup(self) -> bool:
        """Make the folder with a staged and a primary key, unless it has keys.

        :returns: whether anything was made
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._numbers():
            return False
        self._write(1)
        self._write(0)
        return True

    def rotate(self) -> int:
        """Make the staged key the primary one, stage a new one, and drop the oldest.

        :returns: the number of the new primary key
        :raises NoKeys: if the folder was never set up
        """
        numbers = self._numbers()
        if not numbers:
            raise NoKeys(f'{self.folder} has no keys; run `jumpgate keys setup`')
        primary = max(numbers) + 1
        if 0 in numbers:
            os.replace(self.folder / '0', self.folder / str(primary))
        else:
            self._write(primary)
        self._write(0)
        active = sorted({*numbers, primary} - {0}, reverse=True)
        for number in active[max(self.max_active_keys - 1, 1):]:
            (self.folder / str(number)).unlink(missing_ok=True)
        return primary

    def stamp(self) -> tuple[int, int]:
        """A value that changes when the keys do.

        :raises NoKeys: if the folder is not there
        """
        try:
            found = os.stat(self.folder)
        except OSError as error:
            raise NoKeys(f'{self.folder} cannot be read: {error.strerror}') from error
        return found.st_mtime_ns, found.st_ino

    def load(self) -> list[bytes]:
        """The keys: the primary one first, the staged one last.

        :raises NoKeys: if there are none, or they cannot be read
        """
        keys = {}
        for number in self._numbers():
            try:
                text = (self.folder / str(number)).read_bytes().strip()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise NoKeys(f'key {number} of {self.folder} cannot be read: '
                             f'{error.strerror}') from error
            if text:
                keys[number] = text
        if not keys:
            raise NoKeys(f'{self.folder} has no keys; run `jumpgate keys setup`')
        return [keys[number] for number in sorted(keys, reverse=True)]

    def problem(self) -> str | None:
        """What is wrong with the repository, in words that say what to change; None if nothing."""
        try:
            self.load()
        except NoKeys as error:
            return str(error)
        mode = self.folder.stat().st_mode & 0o777
        if mode & 0o007:
            return (f'{self.folder} is open to everybody (mode {mode:o}); run `chmod o-rwx '
                    f'{self.folder}`')
        return None

    def _numbers(self) -> list[int]:
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise NoKeys(f'{self.folder} cannot be read: {error.strerror}') from error
        return sorted(int(name) for name in names if name.isascii() and name.isdecimal())

    def _write(self, number: int) -> None:
        key = base64.urlsafe_b64encode(os.urandom(32)).decode('ascii')
        prepare.write_private(self.folder / str(number), key)
