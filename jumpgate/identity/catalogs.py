"""Which catalog a caller gets: the option ``[identity] catalog`` chooses where it comes from."""
from __future__ import annotations

from jumpgate.common.controller import Call
from jumpgate.common.listing import EVERYTHING
from jumpgate.identity import catalog, templates
from jumpgate.identity.catalog import CatalogEndpoint, CatalogService


def for_project(call: Call, project_id: str | None) -> tuple[CatalogService, ...]:
    """The catalog that a token for this project shows; None: of a domain or the system.

    :raises CloudUnavailable: if the file that it comes from cannot be read
    """
    source = call.app.config.identity.catalog
    if source == 'request':
        return catalog.of_request(call.app, call.environ, project_id)
    values = {'project_id': project_id, 'tenant_id': project_id,
              'user_id': call.context.user_id}
    if source == 'template':
        return templates.load(call.app.config, values)
    return _stored(call, project_id, values)


def _stored(call: Call, project_id: str | None,
            values: dict[str, str | None]) -> tuple[CatalogService, ...]:
    """What was made through the API, as far as the project may see it."""
    endpoints = call.driver.list_endpoints(call.context, EVERYTHING).items
    if project_id is not None:
        linked = call.driver.list_endpoints_for_project(call.context, project_id)
        endpoints = linked or endpoints
    found: dict[str, list[CatalogEndpoint]] = {}
    for endpoint in endpoints:
        url = catalog.substitute(endpoint.url, values)
        if endpoint.enabled and url is not None:
            found.setdefault(endpoint.service_id, []).append(CatalogEndpoint(
                id=endpoint.id, interface=endpoint.interface, region=endpoint.region_id, url=url))
    return tuple(
        CatalogService(id=service.id, type=service.type, name=service.name,
                       endpoints=tuple(found.get(service.id, ())))
        for service in call.driver.list_services(call.context, EVERYTHING).items
        if service.enabled)
