"""One service of the real OpenStack: requests go there, answers come back through here."""
from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jumpgate.common.http import Environ, Headers
from jumpgate.common.passthrough import exchange, headers, rewrite
from jumpgate.common.passthrough.cloud import OpenStack
from jumpgate.common.passthrough.request import Body
from jumpgate.common.passthrough.response import Response
from jumpgate.common.passthrough.rewrite import Kind
from jumpgate.common.passthrough.stand_in import Passage, StandIn
from jumpgate.common.passthrough.target import raw_target
from jumpgate.common.service import Service

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate
    from jumpgate.common.match import Match

LOG = logging.getLogger(__name__)
_ENCODING = ('accept-encoding',)
_LENGTH = frozenset(('content-length',))
#: A request has one name: ours, which the upstream was given as the global one.
_LENGTH_AND_IDS = _LENGTH | {'x-openstack-request-id', 'x-compute-request-id'}
_NOTHING: Mapping[str, str] = {}
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Upstream:
    """What ``disp.set_upstream`` is given.

    :ivar forwards_token: whether the client's own token goes on, for the upstream to judge
    :raises BadDriver: where ``[openstack]`` is not usable; the message says what to change
    """

    def __init__(self, app: Jumpgate, service: Service) -> None:
        self._service = service
        self._cloud = OpenStack.of(app)
        self._rewriter = rewrite.Rewriter(app, service, self._cloud)
        self.forwards_token = self._cloud.forwards_token
        tokens = self._cloud.service_tokens
        self._stand_in = (None if self.forwards_token or tokens is None
                          else StandIn(app, service, tokens))

    def check(self) -> None:
        """:raises BadDriver: for what only shows once every driver is loaded"""
        self._cloud.check()

    def forward(self, environ: Environ, start_response: Any, match: Match) -> Iterable[bytes]:
        """Pass a request on and its answer back; bodies stream both ways.

        :raises errors.Error: in the gateway's words, only before `start_response` is called
        """
        verb = environ['REQUEST_METHOD']
        path, query = raw_target(environ)
        kind = rewrite.kind_of(self._service, match, verb, path)
        sent = headers.forwarded(environ, () if kind is Kind.UNTOUCHED else _ENCODING)
        back = _NOTHING
        if self._stand_in is None:
            token = environ.get('HTTP_X_AUTH_TOKEN')
            response = self._send(verb, path + query, sent, _body(environ, verb), token)
        else:
            # may read the body of an action, which stays readable: so this comes first
            passage = self._stand_in.passage(environ, match, path)
            response = self._send_as(self._stand_in, passage, verb, query, sent,
                                     _body(environ, verb))
            back = passage.back
        if LOG.isEnabledFor(logging.DEBUG):
            LOG.debug('request %s is %s at the upstream', environ.get('openstack.request_id'),
                      response.get('x-openstack-request-id'))
        try:
            if 200 <= response.status < 300 and verb == 'DELETE':
                self._note_revocation(environ, match)
            return self._answer(environ, start_response, kind, response, back)
        except BaseException:
            response.close()
            raise

    def _send(self, verb: str, target: str, sent: Headers, body: Body | None,
              token: str | None) -> Response:
        address = self._cloud.directory.address(self._service.name, token)
        return exchange.send(self._cloud.pool(address), self._cloud.patience, verb,
                             address.path + target, sent, body)

    def _send_as(self, stand_in: StandIn, passage: Passage, verb: str, query: str, sent: Headers,
                 body: Body | None) -> Response:
        target = passage.path + query
        response = self._send(verb, target, stand_in.show(passage, sent), body, None)
        if response.status != 401 or passage.project_id is None:
            return response
        # what the client is told where it cannot be repeated makes it ask again, with a new token
        stand_in.refused(passage)
        if body is not None or verb not in ('GET', 'HEAD'):
            return response
        response.close()
        return self._send(verb, target, stand_in.show(passage, sent), body, None)

    def _answer(self, environ: Environ, start_response: Any, kind: Kind, response: Response,
                back: Mapping[str, str]) -> Iterable[bytes]:
        body = self._rewriter.body(environ, kind, response, back)
        told = headers.returned(response.headers, response.get('connection'), _LENGTH_AND_IDS
                                if 'openstack.request_id' in environ else _LENGTH)
        length = response.get('content-length')
        if body is None and (kind is Kind.UNTOUCHED or environ['REQUEST_METHOD'] != 'HEAD'):
            if length is not None and not response.chunked and response.status != 204:
                told.append(('Content-Length', length.partition(',')[0]))
            if response.is_small:
                body = response.load()
        elif isinstance(body, bytes):
            told.append(('Content-Length', str(len(body))))
        told = self._led_back(environ, response, told, back)
        status = response.status
        start_response(f'{status} {response.reason or _PHRASES.get(status, "Unknown")}', told)
        if isinstance(body, bytes):
            return [body] if body else []
        environ['eventlet.minimum_write_chunk_size'] = 1  # what comes in drops goes out in drops
        return Relay(response, response.pieces() if body is None else body)

    def _led_back(self, environ: Environ, response: Response, told: Headers,
                  back: Mapping[str, str]) -> Headers:
        """Headers that name a place or a time."""
        get = response.get
        if get('location') is not None or get('content-location') is not None:
            told = [(name, self._rewriter.location(environ, value, back)
                     if name.lower() in ('location', 'content-location') else value)
                    for name, value in told]
        if response.status == 401 and get('www-authenticate') is not None:
            told = [(name, self._rewriter.challenge(environ, value)
                     if name.lower() == 'www-authenticate' else value) for name, value in told]
        if response.status in (429, 503) and get('retry-after') is None:
            told.append(('Retry-After', '1'))
        return told

    def _note_revocation(self, environ: Environ, match: Match) -> None:
        if self._service.name != 'identity':
            return
        token = None
        if match.name == 'v3_auth_tokens':
            token = environ.get('HTTP_X_SUBJECT_TOKEN')
        elif match.name == 'v2_token':
            token = match.variables.get('token_id')
        if token:
            self._cloud.revoked(token)


class Relay:
    """The body of an answer on its way to the client; lets go of the upstream in any case."""

    def __init__(self, response: Response, chunks: Iterable[bytes]) -> None:
        self._response = response
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._chunks
        finally:
            self._response.close()

    def close(self) -> None:
        self._response.close()


def _body(environ: Environ, verb: str) -> Body | None:
    if (verb in ('GET', 'HEAD') and (environ.get('CONTENT_LENGTH') or '0') == '0'
            and 'HTTP_TRANSFER_ENCODING' not in environ):
        return None
    return Body(environ)
