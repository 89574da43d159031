"""The service catalog: where each service is, for one project."""
from __future__ import annotations

import functools
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common.model import model

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate
    from jumpgate.common.service import Service

INTERFACES = ('admin', 'internal', 'public')
_NAMESPACE = uuid.UUID('6f1b7a52-7f0e-4d3c-9c55-2b8f4f3f9c1a')


@model
class CatalogEndpoint:
    """One URL of a service."""

    id: str
    interface: str
    region: str | None
    url: str


@model
class CatalogService:
    """One entry of a catalog."""

    id: str
    type: str
    name: str
    endpoints: tuple[CatalogEndpoint, ...]


def of_request(app: Jumpgate, environ: dict[str, Any],
               project_id: str | None) -> tuple[CatalogService, ...]:
    """The enabled services, at the address by which the client reached us.

    A service whose URL names the project is left out where there is none.
    """
    values = {'project_id': project_id, 'tenant_id': project_id}
    return tuple(
        _entry(service, kind, _url(app, environ, service) + path, app.config.region)
        for service in app.services.values()
        if (path := substitute(service.catalog_path, values)) is not None
        for kind in service.types)


def _url(app: Jumpgate, environ: dict[str, Any], service: Service) -> str:
    """Where a service is mounted: identity too, whichever of its mounts the request came by."""
    return app.root_url(environ, service.name) + app.mount(service.name)


def substitute(template: str, values: Mapping[str, str | None]) -> str | None:
    """A URL with its variables filled in, in either way of writing them: ``{project_id}``,
    ``$(project_id)s``, ``%(project_id)s``. None where one has no value.
    """
    for name, value in values.items():
        for written in (f'{{{name}}}', f'$({name})s', f'%({name})s'):
            if written in template:
                if value is None:
                    return None
                template = template.replace(written, value)
    return template


def _entry(service: Service, kind: str, url: str, region: str) -> CatalogService:
    identifier = stable_id(service.name, kind)
    return CatalogService(
        id=identifier, type=kind, name=service.project,
        endpoints=tuple(
            CatalogEndpoint(id=stable_id(identifier, interface, region), interface=interface,
                            region=region, url=url)
            for interface in INTERFACES))


@functools.lru_cache(maxsize=256)
def stable_id(*parts: str) -> str:
    """The same id for the same thing, on every host."""
    return uuid.uuid5(_NAMESPACE, '/'.join(parts)).hex
