"""Requests that go on under a credential of the gateway, in the upstream's project."""
from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from jumpgate.common import errors
from jumpgate.common.context import ENVIRON_KEY, RequestContext
from jumpgate.common.http import Environ, Headers
from jumpgate.common.operation import Actions, Operation
from jumpgate.common.passthrough.tokens import ServiceTokens
from jumpgate.common.service import Service

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate
    from jumpgate.common.match import Match

#: Path variables that are a project for certain, and those that may be one.
_PROJECTS = ('{tenant_id}', '{project_id}')
_MAYBE_PROJECTS = ('{target_id}', '{account_id}')
_NOTHING: Mapping[str, str] = {}
_TOKENS = frozenset(('x-auth-token', 'x-service-token', 'authorization'))


class Passage(NamedTuple):
    """How one request crosses from our project to the upstream's.

    :param path: the raw path, with the upstream's project in it
    :param project_id: ours; None for a request without a token, which goes on without one
    :param back: what differs at the beginning of links: their path → ours
    """

    path: str
    project_id: str | None
    back: Mapping[str, str]


class StandIn:
    """Acts for the caller with ``tokens = service``.

    The upstream sees one user only, so it cannot tell our readers from our admins: the policy of
    the row is enforced here, and what no row describes is for readers to read and for admins
    to change.
    """

    def __init__(self, app: Jumpgate, service: Service, tokens: ServiceTokens) -> None:
        self._app = app
        self._service = service
        self._tokens = tokens

    def passage(self, environ: Environ, match: Match, path: str) -> Passage:
        """What becomes of a request.

        :raises errors.Forbidden: by policy, or for a project that the map does not have
        :raises errors.Invalid: where the path names another project than the token
        """
        context: RequestContext | None = environ.get(ENVIRON_KEY)
        if context is None or context.is_anonymous:
            return Passage(path, None, _NOTHING)
        self._enforce(environ, match, context)
        theirs = self._tokens.project(context.project_id)
        ours = str(context.project_id)
        back: Mapping[str, str] = _NOTHING
        if '{tenant_id}' in match.root:
            back = {match.root.format(tenant_id=theirs): match.root.format(tenant_id=ours)}
        return Passage(_translated(match, path, ours, theirs), ours, back)

    def show(self, passage: Passage, headers: Headers) -> Headers:
        """The request's headers, with our token in place of the caller's.

        :raises errors.CloudUnavailable: if the upstream gives us none
        """
        kept = [header for header in headers if header[0].lower() not in _TOKENS]
        if passage.project_id is not None:
            kept.append(('X-Auth-Token', self._tokens.token(passage.project_id)))
        return kept

    def refused(self, passage: Passage) -> None:
        """The upstream did not take our token: the next one is a new one."""
        self._tokens.forget(passage.project_id)

    def _enforce(self, environ: Environ, match: Match, context: RequestContext) -> None:
        operation = self._operation(environ, match)
        if operation is None:
            if match.verb not in ('GET', 'HEAD') and not context.is_admin:
                raise errors.Forbidden()
        elif not operation.public:
            self._app.policy.enforce(
                f'{self._service.name}:{operation.name}',
                {'project_id': context.project_id, 'user_id': context.user_id}, context)

    def _operation(self, environ: Environ, match: Match) -> Operation | None:
        declared = match.endpoint.verbs.get(match.verb) if match.endpoint is not None else None
        if isinstance(declared, Actions):
            if match.answer is not None and match.answer.operation is not None:
                return match.answer.operation
            body = self._app.json_body(environ)
            named = next(iter(body)) if isinstance(body, dict) and len(body) == 1 else ''
            return declared.get(named)
        return declared


def _translated(match: Match, path: str, ours: str, theirs: str) -> str:
    """:raises errors.Invalid: where the path names another project"""
    segments = path.split('/')
    if match.endpoint is None:
        # /v2.1/{tenant_id}/…, of which the map knows no more
        if len(segments) > 2 and unquote(segments[2]) == ours:
            segments[2] = quote(theirs, safe='')
        return '/'.join(segments)
    template = match.root + match.endpoint.path
    if template.count('/') != len(segments) - 1:
        # reached by another of the row's paths: its projects stand in the root all the same
        template = match.root
    for at, certain in _projects(template):
        named = unquote(segments[at])
        if certain and named != ours:
            raise errors.Invalid('Malformed request url')
        if named == ours:
            segments[at] = quote(theirs, safe='')
    return '/'.join(segments)


@functools.lru_cache(maxsize=2048)
def _projects(template: str) -> tuple[tuple[int, bool], ...]:
    """The segments of a template that are a project for certain, or may be one."""
    return tuple((at, variable in _PROJECTS) for at, variable in enumerate(template.split('/'))
                 if variable in _PROJECTS or variable in _MAYBE_PROJECTS)
