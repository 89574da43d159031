"""The service catalog of the real OpenStack, read and led through the gateway."""
from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from jumpgate.common.passthrough.address import split
from jumpgate.common.service import Service

_INTERFACES = ('public', 'internal', 'admin')
_TYPE_VERSION = re.compile(r'(v\d+(\.\d+)?|_legacy)$')
_NAMESPACE = uuid.UUID('7a5b2c0e-6f1d-4b8e-9d53-2f0c9a4e1b77')


class Entry(NamedTuple):
    """One URL of a catalog, in whichever form it came.

    :param holder: the dictionary that the URL stands in, under `key`
    """

    type: str
    interface: str
    region: str | None
    url: str
    holder: dict[str, Any]
    key: str


def entries(document: Any) -> Iterator[Entry]:
    """Every URL of the catalog in a reply of Keystone: v3 token or catalog, v2.0 token."""
    for service in _services(document):
        if not isinstance(service, dict) or not isinstance(service.get('type'), str):
            continue
        for endpoint in service.get('endpoints') or ():
            if isinstance(endpoint, dict):
                yield from _urls(service['type'], endpoint)


def _services(document: Any) -> list[Any]:
    found: Any = None
    if isinstance(document, dict):
        for outer in ('token', 'access', None):
            inner = document.get(outer) if outer else document
            if isinstance(inner, dict):
                found = inner.get('catalog') or inner.get('serviceCatalog')
            if found:
                break
    return found if isinstance(found, list) else []


def _urls(type_: str, endpoint: dict[str, Any]) -> Iterator[Entry]:
    region = endpoint.get('region_id') or endpoint.get('region')
    if isinstance(endpoint.get('url'), str):
        interface = str(endpoint.get('interface'))
        yield Entry(type_, interface, region, endpoint['url'], endpoint, 'url')
    for interface in _INTERFACES:
        key = f'{interface}URL'
        if isinstance(endpoint.get(key), str):
            yield Entry(type_, interface, region, endpoint[key], endpoint, key)


class Rewriter:
    """Makes the catalog of one reply lead through the gateway.

    :param services: ours that are enabled
    :param passed: those of them that the upstream answers as a whole; their URLs keep what
        the upstream has below its root. The others are answered here, so theirs are as ours are.
    :param roots: the URLs that the upstream is known to go by, per service
    :param base_url: service name → the URL of its mount, for the client that asks
    :param region: of the upstream; None: the one that the known roots are in
    :param own_region: what to name where the upstream's catalog says nothing
    """

    def __init__(self, services: Mapping[str, Service], passed: frozenset[str],
                 roots: Callable[[str], tuple[str, ...]], base_url: Callable[[str], str],
                 region: str | None, own_region: str) -> None:
        self._services = services
        self._passed = passed
        self._roots = roots
        self._base_url = base_url
        self._region = region
        self._own_region = own_region

    def rewrite(self, document: Any) -> None:
        """Change the catalog within a reply, if it has one."""
        found = list(entries(document))
        services = _services(document)
        if not services:
            return
        project_id = _project_id(document)
        seen: dict[str, list[Entry]] = {}
        for entry in found:
            name = self._owner(entry)
            if name is not None:
                seen.setdefault(name, []).append(entry)
        for name, group in seen.items():
            regions = self._regions(name, group)
            for entry in group:
                if entry.region in regions:
                    entry.holder[entry.key] = self._url(name, entry.url, project_id)
        region = self._region or next(
            (entry.region for entry in found if entry.region), None) or self._own_region
        v2 = any(entry.key != 'url' for entry in found)
        for name, service in self._services.items():
            if name not in seen:
                url = self._url(name, None, project_id)
                services.extend(_new_entry(service, type_, url, region, v2=v2)
                                for type_ in service.types)

    def _owner(self, entry: Entry) -> str | None:
        for name, service in self._services.items():
            if entry.type in service.types:
                return name
        # a further type of the same service, such as Cinder's volumev2
        plain = _TYPE_VERSION.sub('', entry.type)
        if plain in self._services:
            return plain
        root = split(entry.url)[0]
        there = [name for name in self._passed if root in self._roots(name)]
        return there[0] if len(there) == 1 else None

    def _regions(self, name: str, group: list[Entry]) -> set[str | None]:
        """The regions of a service that we stand before; the others lead where they led."""
        there = {entry.region for entry in group}
        if self._region is not None:
            return {self._region}
        if len(there) > 1:
            roots = self._roots(name)
            ours = {entry.region for entry in group if split(entry.url)[0] in roots}
            return ours or {group[0].region}
        return there

    def _url(self, name: str, upstream_url: str | None, project_id: str | None) -> str:
        base = self._base_url(name)
        if upstream_url is not None and name in self._passed:
            return base + split(upstream_url)[1]
        path = self._services[name].catalog_path
        if '{project_id}' in path:
            path = (path.format(project_id=project_id) if project_id
                    else path.replace('/{project_id}', ''))
        return base + path


def _project_id(document: Any) -> str | None:
    token = document.get('token')
    if isinstance(token, dict):
        project = token.get('project')
        return project.get('id') if isinstance(project, dict) else None
    access = document.get('access')
    if isinstance(access, dict) and isinstance(access.get('token'), dict):
        tenant = access['token'].get('tenant')
        return tenant.get('id') if isinstance(tenant, dict) else None
    return None


def _new_entry(service: Service, type_: str, url: str, region: str, *, v2: bool) -> dict[str, Any]:
    """A service of ours that the upstream knows nothing of."""
    if v2:
        urls = {f'{interface}URL': url for interface in _INTERFACES}
        return {'type': type_, 'name': service.project, 'endpoints_links': [],
                'endpoints': [{'region': region, 'id': _id(type_), **urls}]}
    endpoints = [{'id': _id(type_, interface), 'interface': interface, 'region': region,
                  'region_id': region, 'url': url} for interface in _INTERFACES]
    return {'type': type_, 'name': service.project, 'id': _id(type_), 'endpoints': endpoints}


def _id(*words: str) -> str:
    """An id that is the same on every host and every time."""
    return uuid.uuid5(_NAMESPACE, '/'.join(words)).hex
