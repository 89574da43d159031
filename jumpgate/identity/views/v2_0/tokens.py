"""How tokens and their catalogs look in v2.0."""
from __future__ import annotations

import datetime
from typing import Any

from jumpgate.identity.catalog import CatalogService
from jumpgate.identity.models.tokens import Claim, Principal


def access(token: str, claim: Claim, principal: Principal,
           catalog: tuple[CatalogService, ...]) -> dict[str, Any]:
    """The body of a token reply."""
    shown: dict[str, Any] = {
        'id': token, 'issued_at': _instant(claim.issued_at),
        'expires': _instant(claim.expires_at), 'audit_ids': list(claim.audit_ids)}
    if principal.project is not None:
        shown['tenant'] = {'id': principal.project.id, 'name': principal.project.name,
                           'enabled': True, 'description': None}
    user = principal.user
    return {'access': {
        'token': shown,
        'serviceCatalog': services(catalog),
        'user': {'id': user.id, 'name': user.name, 'username': user.name, 'roles_links': [],
                 'roles': [{'name': role.name} for role in principal.roles]},
        'metadata': {'is_admin': 0, 'roles': [role.id for role in principal.roles]},
    }}


def services(catalog: tuple[CatalogService, ...]) -> list[dict[str, Any]]:
    """A catalog with one entry a service, one endpoint a region."""
    return [{'type': service.type, 'name': service.name, 'endpoints_links': [],
             'endpoints': _regions(service)} for service in catalog]


def endpoints(catalog: tuple[CatalogService, ...]) -> dict[str, Any]:
    """All endpoints of a catalog in one list."""
    return {'endpoints_links': [], 'endpoints': [
        {'name': service.name, 'type': service.type, **region}
        for service in catalog for region in _regions(service)]}


def _regions(service: CatalogService) -> list[dict[str, Any]]:
    found: dict[str | None, dict[str, Any]] = {}
    for endpoint in service.endpoints:
        entry = found.setdefault(endpoint.region, {'region': endpoint.region, 'id': endpoint.id})
        entry[f'{endpoint.interface}URL'] = endpoint.url
    return list(found.values())


def _instant(seconds: float) -> str:
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return moment.strftime('%Y-%m-%dT%H:%M:%SZ')
