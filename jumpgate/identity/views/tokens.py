"""How a token and a catalog look."""
from __future__ import annotations

import datetime
from typing import Any

from jumpgate.identity.catalog import CatalogService
from jumpgate.identity.models.tokens import (
    ApplicationCredentialRef,
    Claim,
    DomainRef,
    Principal,
    ProjectRef,
    TrustRef,
    UserRef,
)


def token(claim: Claim, principal: Principal,
          catalog: tuple[CatalogService, ...] | None) -> dict[str, Any]:
    """The body of a token reply.

    :param catalog: None: none was asked for, or the token has no scope
    """
    shown: dict[str, Any] = {
        'methods': list(claim.methods),
        'user': _user(principal.user),
        'audit_ids': list(claim.audit_ids),
        'expires_at': _instant(claim.expires_at),
        'issued_at': _instant(claim.issued_at),
    }
    if principal.trust is not None:
        shown['OS-TRUST:trust'] = _trust(principal.trust)
    if principal.project is not None:
        shown['project'] = _project(principal.project)
        if principal.trust is None:
            shown['is_domain'] = principal.project.is_domain
    if principal.domain is not None:
        shown['domain'] = _domain(principal.domain)
    if principal.system:
        shown['system'] = {'all': True}
    if principal.roles:
        shown['roles'] = [{'id': role.id, 'name': role.name} for role in principal.roles]
    if catalog is not None:
        shown['catalog'] = services(catalog)
    if principal.application_credential is not None:
        shown['application_credential'] = _application_credential(
            principal.application_credential)
    return {'token': shown}


def services(catalog: tuple[CatalogService, ...]) -> list[dict[str, Any]]:
    """The entries of a catalog."""
    return [{
        'id': service.id, 'type': service.type, 'name': service.name,
        'endpoints': [{
            'id': endpoint.id, 'interface': endpoint.interface, 'region_id': endpoint.region,
            'url': endpoint.url, 'region': endpoint.region} for endpoint in service.endpoints],
    } for service in catalog]


def _user(user: UserRef) -> dict[str, Any]:
    expires = user.password_expires_at
    return {'id': user.id, 'name': user.name, 'domain': _domain(user.domain),
            'password_expires_at': None if expires is None else timestamp(expires)}


def _project(project: ProjectRef) -> dict[str, Any]:
    return {'id': project.id, 'name': project.name, 'domain': _domain(project.domain)}


def _domain(domain: DomainRef) -> dict[str, Any]:
    return {'id': domain.id, 'name': domain.name}


def _trust(trust: TrustRef) -> dict[str, Any]:
    return {'id': trust.id, 'trustor_user': {'id': trust.trustor_user_id},
            'trustee_user': {'id': trust.trustee_user_id}, 'impersonation': trust.impersonation}


def _application_credential(credential: ApplicationCredentialRef) -> dict[str, Any]:
    shown = {'id': credential.id, 'name': credential.name, 'restricted': credential.restricted}
    if credential.access_rules is not None:
        shown['access_rules'] = [dict(rule) for rule in credential.access_rules]
    return shown


def timestamp(moment: datetime.datetime) -> str:
    """A time as Keystone writes it, with microseconds."""
    return moment.strftime('%Y-%m-%dT%H:%M:%S') + f'.{moment.microsecond:06d}Z'


def _instant(seconds: float) -> str:
    return timestamp(datetime.datetime.fromtimestamp(seconds, datetime.UTC))
