"""What the access rules of an application credential let through."""
from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import errors, http
from jumpgate.identity.models.tokens import Principal

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate

_PIECE = re.compile(r'\{[^}]*\}|\*\*|\*|[^{*]+|\{')
_TOKENS = '/v3/auth/tokens'
_SUPPORT = 'HTTP_OPENSTACK_IDENTITY_ACCESS_RULES'
_VERSION = re.compile(r'[1-9][0-9]{0,3}(\.[0-9]{1,4})?')


def refuse_unheld(principal: Principal, environ: Mapping[str, Any]) -> None:
    """Keep a token with access rules from a service that would not hold requests against them.

    :raises NotFound: unless the service says by its header that it does
    """
    application = principal.application_credential
    if application is not None and application.access_rules and not _VERSION.fullmatch(
            environ.get(_SUPPORT, '')):
        raise errors.NotFound('Failed to validate token')


class AccessRules:
    """Holds requests against rules.

    :param app: knows the types of the services
    """

    def __init__(self, app: Jumpgate) -> None:
        self._app = app

    def enforce(self, rules: Iterable[Mapping[str, object]], environ: dict[str, Any]) -> None:
        """Let pass, or not. A token may always be looked at.

        :raises Unauthorized: if no rule is of this service, method and path
        """
        method, path = environ['REQUEST_METHOD'], http.path_info(environ)
        service = self._app.services.get(environ.get('jumpgate.service', ''))
        types = () if service is None else (*service.types, service.name)
        if method == 'GET' and path == _TOKENS and 'identity' in types:
            return
        if not any(rule['service'] in types and rule['method'] == method
                   and _pattern(str(rule['path'])).fullmatch(path) for rule in rules):
            raise errors.Unauthorized()


@functools.lru_cache(maxsize=1024)
def _pattern(path: str) -> re.Pattern[str]:
    """The path of a rule: ``*`` and ``{name}`` are one segment, ``**`` any number of them."""
    return re.compile(''.join(_expression(piece) for piece in _PIECE.findall(path)))


def _expression(piece: str) -> str:
    if piece == '**':
        return '.*'
    if piece == '*' or (len(piece) > 1 and piece[0] == '{'):
        return '[^/]+'
    return re.escape(piece)
