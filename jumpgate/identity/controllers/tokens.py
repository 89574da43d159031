"""Tokens: asking for one, looking at one, ending one."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation
from jumpgate.identity import access, catalogs, personas
from jumpgate.identity.models.tokens import (
    DomainWish,
    Login,
    ScopeKind,
    ScopeWish,
    UserWish,
)
from jumpgate.identity.schemas import tokens as schemas
from jumpgate.identity.validation import Issued
from jumpgate.identity.views import tokens as views

_SUBJECT = 'HTTP_X_SUBJECT_TOKEN'
_SCOPES = ('project', 'domain', 'system', 'unscoped', 'OS-TRUST:trust')


@operation('create_token', needs=('authenticate', 'check'), body=schemas.CREATE,
           reply=schemas.SHOWN, code=201, public=True)
def create(call: Call) -> Reply:
    """Authenticate and issue a token."""
    login = _login(call, call.body['auth'])
    principal = call.driver.authenticate(call.context, login)
    return reply(call, call.app.token_validator.issue(principal))


def _subject(call: Call) -> tuple[dict[str, Any], Issued | errors.NotFound]:
    """The token that the request is about, as policy's target.

    What is no token belongs to nobody, so that everybody is told: a member too has to see that a
    token of their own has ended.
    """
    token = call.environ.get(_SUBJECT)
    allow_expired = call.query.get('allow_expired', ['0'])[-1].lower() in ('1', 'true', 'yes')
    try:
        issued = call.app.token_validator.inspect(token, allow_expired=allow_expired)
    except errors.NotFound as error:
        if not token:
            raise
        return {'target.token.user_id': call.context.user_id}, error
    return {'target.token.user_id': issued.principal.user.id}, issued


def _found(call: Call) -> Issued:
    """The token that `_subject` has found.

    :raises NotFound: there is none
    """
    if isinstance(call.thing, errors.NotFound):
        raise call.thing
    issued: Issued = call.thing
    return issued


@operation('validate_token', needs=('check',), reply=schemas.SHOWN,
           policy=personas.VALIDATE_TOKEN, target=_subject)
def show(call: Call) -> Reply:
    """Validate a token."""
    issued = _found(call)
    access.refuse_unheld(issued.principal, call.environ)
    return reply(call, issued)


@operation('revoke_token', needs=('check',), code=204, policy=personas.REVOKE_TOKEN,
           target=_subject)
def delete(call: Call) -> None:
    """Revoke a token."""
    cascade = call.query.get('cascade', ['true'])[-1].lower() not in ('0', 'false', 'no')
    call.app.token_validator.revoke(_found(call).claim, cascade=cascade)


def _in_path(call: Call, token_id: str) -> tuple[dict[str, Any], Issued]:
    """The token that the path names, as policy's target."""
    issued = call.app.token_validator.inspect(token_id)
    return {'target.token.user_id': issued.principal.user.id}, issued


@operation('validate_token_by_id', needs=('check',), reply=schemas.SHOWN,
           policy=personas.VALIDATE_TOKEN, target=_in_path)
def show_by_id(call: Call, token_id: str) -> Reply:
    """Validate token by id."""
    access.refuse_unheld(call.thing.principal, call.environ)
    return reply(call, call.thing)


@operation('refresh_token_by_id', needs=('authenticate', 'check'), reply=schemas.SHOWN, code=201,
           policy=personas.REVOKE_TOKEN, target=_in_path)
def refresh_by_id(call: Call, token_id: str) -> Reply:
    """Refresh token by id: another one of the same scope, which ends when this one does."""
    claim = call.thing.claim
    scope = ScopeWish(kind=claim.scope, id=claim.scope_id)
    principal = call.driver.authenticate(
        call.context, Login(methods=('token',), token=claim, scope=scope))
    return reply(call, call.app.token_validator.issue(principal))


@operation('revoke_token_by_id', needs=('check',), code=204, policy=personas.REVOKE_TOKEN,
           target=_in_path)
def delete_by_id(call: Call, token_id: str) -> None:
    """Revoke token by id."""
    call.app.token_validator.revoke(call.thing.claim)


def reply(call: Call, issued: Issued) -> Reply:
    """The token in its header, and what it says in the body."""
    principal = issued.principal
    catalog = None
    if not principal.is_unscoped and 'nocatalog' not in call.query:
        catalog = catalogs.for_project(
            call, None if principal.project is None else principal.project.id)
    return Reply(views.token(issued.claim, principal, catalog),
                 headers=[('X-Subject-Token', issued.token), ('Vary', 'X-Auth-Token')])


# --- parsing

def _login(call: Call, auth: dict[str, Any]) -> Login:
    identity = auth['identity']
    methods = tuple(dict.fromkeys(identity['methods']))
    for method in methods:
        if not isinstance(identity.get(method), dict):
            raise _missing(method, 'identity')
    user = token = password = passcode = None
    if 'password' in methods:
        shown = _required(identity['password'], 'user', 'password')
        user, password = _user(shown, 'password'), shown.get('password')
    if 'totp' in methods:
        shown = _required(identity['totp'], 'user', 'totp')
        user, passcode = user or _user(shown, 'totp'), shown.get('passcode')
    if 'token' in methods:
        token = call.app.token_validator.inspect(identity['token']['id']).claim
    credential = identity['application_credential'] if (
        'application_credential' in methods) else {}
    if 'application_credential' in methods and not credential.get('id'):
        if not credential.get('name'):
            raise _missing('name or ID', 'application credential')
        user = user or _user(_required(credential, 'user', 'application credential'),
                             'application_credential')
    return Login(
        methods=methods, user=user, password=password, token=token, passcode=passcode,
        application_credential_id=credential.get('id'),
        application_credential_name=credential.get('name'),
        application_credential_secret=credential.get('secret'), scope=_scope(auth))


def _user(shown: dict[str, Any], method: str) -> UserWish:
    where = f'identity/{method}/user'
    _identified(shown, where)
    if not shown.get('name'):
        return UserWish(id=_required(shown, 'id', 'user'))
    return UserWish(name=shown['name'], domain=_domain(
        _required(shown, 'domain', 'user'), f'{where}/domain'))


def _domain(shown: dict[str, Any], where: str) -> DomainWish:
    _identified(shown, where)
    return DomainWish(id=shown.get('id'), name=shown.get('name'))


def _identified(shown: dict[str, Any], where: str) -> None:
    """:raises Invalid: if there is neither id nor name"""
    if 'id' not in shown and 'name' not in shown:
        raise errors.Invalid(f'Invalid input for field {where}: id or name must be present.')


def _scope(auth: dict[str, Any]) -> ScopeWish | None:
    """:raises Invalid: for a scope that is none, or two at once"""
    if 'scope' not in auth:
        return None
    scope = auth['scope']
    if scope == 'unscoped':
        return ScopeWish(kind=ScopeKind.UNSCOPED)
    named = [name for name in _SCOPES if name in scope]
    if len(named) != 1:
        raise _missing('system, project, domain, OS-TRUST:trust or unscoped', 'scope')
    wanted = scope[named[0]]
    if named[0] in ('project', 'domain'):
        _identified(wanted, f'scope/{named[0]}')
    if named[0] == 'project':
        if wanted.get('name') is not None:
            domain = _domain(_required(wanted, 'domain', 'project'), 'scope/project/domain')
            return ScopeWish(kind=ScopeKind.PROJECT, name=wanted['name'], domain=domain)
        return ScopeWish(kind=ScopeKind.PROJECT, id=wanted['id'])
    if named[0] == 'domain':
        return ScopeWish(kind=ScopeKind.DOMAIN, id=wanted.get('id'), name=wanted.get('name'))
    if named[0] == 'OS-TRUST:trust':
        return ScopeWish(kind=ScopeKind.TRUST, id=_required(wanted, 'id', 'trust'))
    return ScopeWish(kind=ScopeKind.SYSTEM if named[0] == 'system' else ScopeKind.UNSCOPED)


def _required(shown: dict[str, Any], name: str, where: str) -> Any:
    """:raises Invalid: if it is not there"""
    if shown.get(name) in (None, ''):
        raise _missing(name, where)
    return shown[name]


def _missing(name: str, where: str) -> errors.Invalid:
    return errors.Invalid(f'Expecting to find {name} in {where}. The server could not comply with '
                          'the request since it is either malformed or otherwise incorrect. The '
                          'client is assumed to be in error.')
