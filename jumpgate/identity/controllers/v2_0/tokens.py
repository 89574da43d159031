"""Tokens in v2.0."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call
from jumpgate.identity import access, catalogs, personas
from jumpgate.identity.legacy import DOMAIN, legacy, reply
from jumpgate.identity.models.tokens import DomainWish, Login, ScopeKind, ScopeWish, UserWish
from jumpgate.identity.schemas.v2_0 import tokens as schemas
from jumpgate.identity.validation import Issued
from jumpgate.identity.views.v2_0 import tokens as views
from jumpgate.identity.views.v2_0.things import TENANT

_SUBJECT = 'HTTP_X_SUBJECT_TOKEN'


@legacy('create_token', needs=('authenticate', 'check'), body=schemas.CREATE, public=True)
def create(call: Call) -> dict[str, Any]:
    """Authenticate and issue a token."""
    login = _login(call, call.body['auth'])
    principal = call.driver.authenticate(call.context, login)
    return _access(call, call.app.token_validator.issue(principal))


def _login(call: Call, auth: dict[str, Any]) -> Login:
    scope = _scope(auth)
    if 'token' in auth:
        try:
            claim = call.app.token_validator.inspect(auth['token']['id']).claim
        except errors.NotFound as error:
            raise errors.Unauthorized() from error
        return Login(methods=('token',), token=claim, scope=scope)
    shown = auth['passwordCredentials']
    domain = DomainWish(id=DOMAIN)
    if shown.get('userId'):
        user = UserWish(id=shown['userId'])
    elif shown.get('username') is not None:
        user = UserWish(name=shown['username'], domain=domain)
    else:
        raise errors.Invalid('Expecting to find username or userId in passwordCredentials.')
    return Login(methods=('password',), user=user, password=shown['password'], scope=scope)


def _scope(auth: dict[str, Any]) -> ScopeWish | None:
    if auth.get('tenantId'):
        return ScopeWish(kind=ScopeKind.PROJECT, id=auth['tenantId'])
    if auth.get('tenantName'):
        return ScopeWish(kind=ScopeKind.PROJECT, name=auth['tenantName'],
                         domain=DomainWish(id=DOMAIN))
    return None


def _access(call: Call, issued: Issued) -> dict[str, Any]:
    project = issued.principal.project
    catalog = () if project is None else catalogs.for_project(call, project.id)
    return views.access(issued.token, issued.claim, issued.principal, catalog)


@legacy('validate_token', needs=('check',), policy=personas.SERVICE_OR_ADMIN)
def show(call: Call, token_id: str) -> dict[str, Any]:
    """Validate token."""
    return _validated(call, token_id)


@legacy('validate_subject_token', needs=('check',), policy=personas.SERVICE_OR_ADMIN)
def show_subject(call: Call) -> dict[str, Any]:
    """Validate token given in header."""
    return _validated(call, call.environ.get(_SUBJECT, ''))


def _validated(call: Call, token: str) -> dict[str, Any]:
    """:raises NotFound: for no good token, or one that belongs to another tenant"""
    issued = call.app.token_validator.inspect(token)
    access.refuse_unheld(issued.principal, call.environ)
    belongs_to = call.query.get('belongsTo')
    project = issued.principal.project
    if belongs_to and (project is None or project.id != belongs_to[-1]):
        raise errors.NotFound('Failed to validate token')
    return _access(call, issued)


@legacy('revoke_token', needs=('check',), code=204, policy=personas.ADMIN)
def delete(call: Call, token_id: str) -> None:
    """Revoke token."""
    validator = call.app.token_validator
    validator.revoke(validator.inspect(token_id).claim)


@legacy('list_token_endpoints', needs=('check',), policy=personas.SERVICE_OR_ADMIN)
def endpoints(call: Call, token_id: str) -> dict[str, Any]:
    """List endpoints of token."""
    return _endpoints(call, token_id)


@legacy('list_subject_token_endpoints', needs=('check',), policy=personas.SERVICE_OR_ADMIN)
def subject_endpoints(call: Call) -> dict[str, Any]:
    """List endpoints of header token."""
    return _endpoints(call, call.environ.get(_SUBJECT, ''))


def _endpoints(call: Call, token: str) -> dict[str, Any]:
    project = call.app.token_validator.inspect(token).principal.project
    catalog = () if project is None else catalogs.for_project(call, project.id)
    return views.endpoints(catalog)


@legacy('list_token_tenants', needs=('list_auth_projects',), policy=personas.ANYBODY)
def tenants(call: Call) -> dict[str, Any]:
    """List tenants of token."""
    return reply(call, 'tenants', TENANT, call.driver.list_auth_projects(call.context))
