"""Where the services of the real OpenStack are: from the configuration, or from its catalog."""
from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.common.passthrough import catalog
from jumpgate.common.passthrough.address import Address, split
from jumpgate.common.service import Service

LOG = logging.getLogger(__name__)
#: Seconds after which a catalog that we fetched ourselves is asked for again.
_TTL = 300.0


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """What is known of one service.

    :param roots: every root URL that its answers may name, the longest first
    """

    address: Address | None = None
    roots: tuple[str, ...] = ()


class Directory:
    """The addresses of the upstream's services.

    A configured URL stands. What is not configured is looked up in the upstream's catalog, by
    region and interface: whenever a catalog passes by in a token reply, or else by asking for it.

    :param configured: service name → URL
    :param fetch: the catalog reply that a token is shown, or the one of a credential of ours
        without any; None where there is neither
    """

    def __init__(self, services: Mapping[str, Service], configured: Mapping[str, str],
                 fetch: Callable[[str | None], Any], *, region: str | None, interface: str,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._fetch = fetch
        self._region = region
        self._interface = interface
        self._clock = clock
        self._fetched_at: float | None = None
        self._configured: dict[str, _Place] = {}
        for name, url in configured.items():
            address = Address.parse(url)
            self._configured[name] = _Place(address, _spellings([url], address))
        self._places: dict[str, _Place] = dict(self._configured)

    def address(self, name: str, token: str | None = None) -> Address:
        """Where a service is.

        :param token: of the request at hand, with which the catalog may be asked for
        :raises errors.CloudUnavailable: if that is not known, or not yet
        """
        place = self._configured.get(name)
        if place is None:
            place = self._places.get(name)
            if place is None or place.address is None or self._is_stale():
                self._refresh(token)
                place = self._places.get(name)
        if place is None or place.address is None:
            raise errors.CloudUnavailable(
                f'The catalog of the cloud behind this endpoint has no {name} service.')
        return place.address

    def roots(self, name: str) -> tuple[str, ...]:
        """The URLs without version that a service is known to go by, the longest first."""
        place = self._places.get(name)
        return place.roots if place is not None else ()

    def learn(self, document: Any) -> None:
        """Take note of a catalog that came by."""
        found: dict[str, list[catalog.Entry]] = {}
        for entry in catalog.entries(document):
            for name, service in self._services.items():
                if entry.type in service.types:
                    found.setdefault(name, []).append(entry)
        for name, group in found.items():
            self._note(name, group)

    def _note(self, name: str, group: list[catalog.Entry]) -> None:
        configured = self._configured.get(name)
        ours = [entry for entry in group
                if self._region is None or entry.region == self._region]
        if configured is not None and self._region is None and configured.roots:
            # which region the configured URL is in shows where the catalog names it
            same = {entry.region for entry in group if split(entry.url)[0] in configured.roots}
            ours = [entry for entry in ours if entry.region in same] if same else ours
        address = configured.address if configured is not None else self._choose(ours)
        urls = [entry.url for entry in ours]
        if configured is not None:
            urls.extend(configured.roots)
        self._places[name] = _Place(address, _spellings(urls, address))

    def _choose(self, group: list[catalog.Entry]) -> Address | None:
        for entry in group:
            if entry.interface == self._interface:
                try:
                    return Address.parse(entry.url)
                except ValueError as error:
                    LOG.warning('the catalog of the upstream has an unusable URL: %s', error)
        return None

    def _is_stale(self) -> bool:
        return self._fetched_at is not None and self._clock() - self._fetched_at > _TTL

    def _refresh(self, token: str | None) -> None:
        known = self._fetched_at is not None
        if known:
            # the others go on with the old one meanwhile, and after a failure for as long again
            self._fetched_at = self._clock()
        try:
            document = self._fetch(token)
        except errors.Error:
            if not known:
                raise
            LOG.warning('the catalog of the upstream cannot be refreshed; the old one is used on')
            return
        if document is not None:
            self.learn(document)
            self._fetched_at = self._clock()


def _spellings(urls: Iterable[str], address: Address | None) -> tuple[str, ...]:
    """Each root as it was written and in its plain form, since answers may have either."""
    roots = {split(url)[0].rstrip('/') for url in urls}
    for url in urls:
        try:
            roots.add(Address.parse(url).url)
        except ValueError:
            continue
    if address is not None:
        roots.add(address.url)
    return tuple(sorted(roots, key=len, reverse=True))
