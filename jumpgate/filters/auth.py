"""Who is asking: the token becomes a `RequestContext`, and nothing that the client claims counts.
"""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate import deploy
from jumpgate.api import Jumpgate
from jumpgate.common import errors, faults, http
from jumpgate.common.context import ANONYMOUS, ENVIRON_KEY, RequestContext
from jumpgate.common.dispatcher import Dispatcher

_NOUNS = ('USER', 'PROJECT', 'DOMAIN', 'TENANT', 'SERVICE_USER', 'SERVICE_PROJECT')
_PARTS = ('', '_ID', '_NAME', '_DOMAIN_ID', '_DOMAIN_NAME')
#: What keystonemiddleware tells the filters behind it; from a client it is a forgery.
IDENTITY_KEYS = frozenset(
    [f'HTTP_X_{noun}{part}' for noun in _NOUNS for part in _PARTS]
    + [f'HTTP_X_{name}' for name in (
        'IDENTITY_STATUS', 'ROLE', 'ROLES', 'SERVICE_IDENTITY_STATUS', 'SERVICE_ROLES',
        'SERVICE_CATALOG', 'IS_ADMIN_PROJECT', 'SERVICE_IS_ADMIN_PROJECT')]
    + ['HTTP_OPENSTACK_SYSTEM_SCOPE'])


class Auth:
    """Validate the token where somebody of ours answers, and set the context.

    A request without a token gets an anonymous context: whether that is enough is for the endpoint
    map to say. A token that an upstream is to judge stays unopened.
    """

    def __init__(self, app: deploy.App, gateway: Jumpgate, dispatcher: Dispatcher) -> None:
        self._app = app
        self._gateway = gateway
        self._dispatcher = dispatcher

    def __call__(self, environ: http.Environ, start_response: Any) -> Iterable[bytes]:
        for key in IDENTITY_KEYS & environ.keys():
            del environ[key]
        try:
            context = self._context(environ)
        except errors.Error as error:
            environ[faults.IDENTITY_URL_KEY] = self._identity_url
            code, headers, body = faults.render(error, self._dispatcher.service, environ)
            start_response(http.status_line(code), headers)
            return [body]
        environ[ENVIRON_KEY] = context
        if context.is_anonymous:
            environ['HTTP_X_IDENTITY_STATUS'] = 'Invalid'
            environ[faults.IDENTITY_URL_KEY] = self._identity_url
        else:
            environ.update(_identity_headers(context))
        return self._app(environ, start_response)

    def _context(self, environ: http.Environ) -> RequestContext:
        """:raises Unauthorized: for a token that is not good"""
        token = environ.get('HTTP_X_AUTH_TOKEN')
        match = self._dispatcher.match(environ)
        validator = self._gateway.token_validator
        if (not token or validator is None or match.is_public
                or self._dispatcher.leaves_token(match)):
            caller = ANONYMOUS
        else:
            caller = validator.validate(token, environ)
        return caller.in_request(environ.get('openstack.request_id', ''),
                                 environ.get('openstack.global_request_id'))

    def _identity_url(self, environ: http.Environ) -> str | None:
        if 'identity' not in self._gateway.services:
            return None
        return self._gateway.base_url(environ, 'identity')


def _identity_headers(context: RequestContext) -> dict[str, str]:
    """What keystonemiddleware would set, for filters that expect it."""
    told = {
        'HTTP_X_USER_ID': context.user_id,
        'HTTP_X_USER_NAME': context.user_name,
        'HTTP_X_USER_DOMAIN_ID': context.user_domain_id,
        'HTTP_X_USER_DOMAIN_NAME': context.user_domain_name,
        'HTTP_X_PROJECT_ID': context.project_id,
        'HTTP_X_PROJECT_NAME': context.project_name,
        'HTTP_X_PROJECT_DOMAIN_ID': context.project_domain_id,
        'HTTP_X_PROJECT_DOMAIN_NAME': context.project_domain_name,
        'HTTP_X_DOMAIN_ID': context.domain_id,
        'HTTP_X_DOMAIN_NAME': context.domain_name,
        'HTTP_OPENSTACK_SYSTEM_SCOPE': context.system_scope,
        'HTTP_X_ROLES': ','.join(context.roles),
    }
    headers = {key: _as_wsgi(value) for key, value in told.items() if value}
    headers['HTTP_X_IDENTITY_STATUS'] = 'Confirmed'
    return headers


def _as_wsgi(value: str) -> str:
    return value if value.isascii() else value.encode('utf-8').decode('latin-1')


def filter_factory(global_conf: dict[str, str], service: str) -> Any:
    """``[filter:…]`` with ``service = compute``."""
    gateway = deploy.jumpgate_of(global_conf)

    def make(app: deploy.App) -> deploy.App:
        return Auth(app, gateway, gateway.get_dispatcher(service))
    return make
