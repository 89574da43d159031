"""Memory for answers that are dear: regions of dogpile.cache, as ``[cache]`` says."""
from __future__ import annotations

import collections
import json
from typing import Any

from dogpile.cache import register_backend
from dogpile.cache.api import NO_VALUE, CacheBackend
from dogpile.cache.region import CacheRegion
from oslo_config import cfg

__all__ = ['MEMORY', 'NO_VALUE', 'BoundedMemory', 'region']

#: Ours, bounded: dogpile's own memory backend keeps what expired for ever.
MEMORY = 'jumpgate.memory'
_ENTRIES = 10_000


class BoundedMemory(CacheBackend):
    """This process's memory; the entries that were written first go first.

    :param arguments: ``entries``: how many there may be
    """

    def __init__(self, arguments: dict[str, Any]) -> None:
        self._limit = int(arguments.get('entries', _ENTRIES))
        self._values: collections.OrderedDict[str, Any] = collections.OrderedDict()

    def get(self, key: str) -> Any:
        return self._values.get(key, NO_VALUE)

    def set(self, key: str, value: Any) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._limit:
            self._values.popitem(last=False)

    def delete(self, key: str) -> None:
        self._values.pop(key, None)


register_backend(MEMORY, __name__, 'BoundedMemory')  # type: ignore[no-untyped-call]


def region(conf: cfg.ConfigOpts, name: str, seconds: float) -> CacheRegion:
    """A region whose values (JSON-compatible ones) are forgotten after so many seconds.

    :param name: keeps the keys of regions apart that share a server
    :raises Exception: what dogpile says where the backend cannot be had
    """
    backend = conf.cache.backend
    arguments: dict[str, Any] = {}
    for argument in conf.cache.backend_argument:
        key, _, value = argument.partition(':')
        arguments[key] = value
    # JSON, not pickle: whoever can write to a shared cache must not run code here
    prefix = f'jumpgate:{name}:'
    made = (CacheRegion(key_mangler=prefix.__add__) if backend == MEMORY
            else CacheRegion(key_mangler=prefix.__add__, serializer=_to_bytes,
                             deserializer=json.loads))
    return made.configure(backend, expiration_time=seconds, arguments=arguments)


def _to_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()
