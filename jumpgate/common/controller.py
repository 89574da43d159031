"""What happens to one request of a typed driver: the steps of the contract, in order.

anonymous? (the dispatcher) → version window → project of the path → query and body schema →
policy → function → reply schema → status and headers.
"""
from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import errors, http, schema, versions
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver
from jumpgate.common.operation import Actions, Operation, Schema, declared, operation
from jumpgate.common.versions import Version

if TYPE_CHECKING:
    from jumpgate.common.dispatcher import Dispatcher
    from jumpgate.common.match import Match

__all__ = ['Actions', 'Call', 'Reply', 'declared', 'operation', 'run']

LOG = logging.getLogger(__name__)


@dataclasses.dataclass(slots=True)
class Reply:
    """What a controller returns when a dict does not say it all.

    :param body: a dict or list (sent as JSON), bytes, or an iterable of bytes (streamed); None
        for an empty body
    :param code: None: the operation's own
    :param headers: further ones; a streamed body of known length brings its Content-Length
    """

    body: Any = None
    code: int | None = None
    headers: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    content_type: str | None = None


class Call:
    """One request, as a controller sees it.

    :ivar context: who is asking
    :ivar driver: the service's typed driver
    :ivar version: the negotiated microversion; None where the service has none
    :ivar query: name → values, validated
    :ivar body: the parsed JSON body, validated; None where the operation takes none
    :ivar thing: what the operation's `target` fetched for policy
    :ivar headers: response headers, to be added to
    """

    __slots__ = ('_allowed', 'body', 'context', 'dispatcher', 'driver', 'environ', 'headers',
                 'match', 'operation', 'query', 'thing', 'version')

    def __init__(self, dispatcher: Dispatcher, environ: http.Environ, match: Match,
                 operation: Operation, context: RequestContext) -> None:
        self.dispatcher = dispatcher
        self.environ = environ
        self.match = match
        self.operation = operation
        self.context = context
        self.driver: Any = dispatcher.driver
        self.version: Version | None = environ.get('jumpgate.version')
        self.query: dict[str, list[str]] = {}
        self.body: Any = None
        self.thing: Any = None
        self.headers: list[tuple[str, str]] = []
        self._allowed: dict[str, bool] = {}

    @property
    def app(self) -> Any:
        """The `Jumpgate`."""
        return self.dispatcher.app

    @property
    def data(self) -> Any:
        """The request body as a file, for operations that stream."""
        return self.environ['wsgi.input']

    def url(self, name: str, /, **values: Any) -> str:
        """The URL of an endpoint of this service, as this client reaches it."""
        return self.dispatcher.endpoint_url(self.environ, name, values)

    def prefix(self, root: str | None = None) -> str:
        """The URL that the request's own root has, without a slash at the end."""
        return self.dispatcher.root_url(self.environ, self.match, root)

    def peer(self, service: str) -> Driver | None:
        """Another service's typed driver, or None where it has none here."""
        driver: Driver | None = self.app.get_driver(service)
        return driver

    def target(self) -> dict[str, Any]:
        """What policy compares with by default: the caller's own project."""
        return {'project_id': self.context.project_id, 'user_id': self.context.user_id,
                'domain_id': self.context.domain_id}

    def allowed(self, attribute: str, target: Mapping[str, Any] | None = None) -> bool:
        """Whether policy lets the caller see or set `attribute` (the sub-rule of the operation).

        Without a target the answer is remembered for this request.
        """
        rule = f'{self.dispatcher.service.name}:{self.operation.name}:{attribute}'
        if target is not None:
            return bool(self.app.policy.allowed(rule, target, self.context))
        if attribute not in self._allowed:
            self._allowed[attribute] = self.app.policy.allowed(rule, self.target(), self.context)
        return self._allowed[attribute]

    def enforce(self, rule: str, target: Mapping[str, Any] | None = None) -> None:
        """Ask policy about a further rule, ``<operation>`` of this service.

        :raises Forbidden: if it says no
        """
        self.app.policy.enforce(f'{self.dispatcher.service.name}:{rule}',
                                self.target() if target is None else target, self.context)


def run(call: Call, variables: Mapping[str, str]) -> Reply:
    """Take `call` through all steps.

    :raises errors.Error: whatever is wrong with it
    """
    wanted = call.operation
    if call.version not in wanted.window:
        raise errors.NotFound()
    kwargs = _path_variables(call, variables)
    _read(call, wanted)
    if not wanted.public:
        _enforce(call, wanted, kwargs)
    assert wanted.function is not None
    reply = _as_reply(wanted.function(call, **kwargs))
    if reply.code is None:
        reply.code = versions.at(wanted.code, call.version)
    if wanted.reply is not None and call.app.reply_validation != 'off':
        _check_reply(call, wanted.reply, reply)
    reply.headers.extend(call.headers)
    return reply


def _path_variables(call: Call, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables for the function; a foreign project in the path is refused on the way."""
    kwargs = dict(variables)
    if call.dispatcher.tenant_is_ours:
        tenant = kwargs.pop('tenant_id', None)
        if (tenant is not None and call.dispatcher.service.tenant_in_path
                and not call.operation.public and tenant != call.context.project_id):
            raise errors.Invalid('Malformed request url')
    return kwargs


def _read(call: Call, wanted: Operation) -> None:
    call.query = http.query(call.environ)
    if wanted.query is not None:
        wanted_query = schema.validator_for(versions.at(wanted.query, call.version))
        wanted_query.validate(call.query, query=True)
    if wanted.body is not None:
        body = call.environ.get('jumpgate.body')
        if body is None:
            body = call.app.json_body(call.environ)
        schema.validator_for(versions.at(wanted.body, call.version)).validate(body)
        call.body = body


def _enforce(call: Call, wanted: Operation, kwargs: Mapping[str, str]) -> None:
    rule = f'{call.dispatcher.service.name}:{wanted.name}'
    policy = call.app.policy
    if wanted.target is None:
        policy.enforce(rule, call.target(), call.context)
        return
    try:
        target, call.thing = wanted.target(call, **kwargs)
    except errors.NotFound:
        if not call.dispatcher.service.unknown_is_404:
            # only who may ask about anything is told that there is nothing
            policy.enforce(rule, {}, call.context)
        raise
    policy.enforce(rule, target, call.context)


def _as_reply(result: Any) -> Reply:
    return result if isinstance(result, Reply) else Reply(result)


def _check_reply(call: Call, wanted: Schema | versions.Versioned[Any], reply: Reply) -> None:
    if reply.code is None or reply.code >= 300 or not isinstance(reply.body, (dict, list)):
        return
    try:
        # as the client will read it: datetimes and enums are text by then
        sent = http.loads(http.dumps(reply.body), max_depth=1000)
        schema.validator_for(versions.at(wanted, call.version)).validate(sent)
    except errors.Invalid as error:
        if call.app.reply_validation == 'error':
            raise RuntimeError(
                f'the reply of {call.operation.name} breaks its schema: {error}') from error
        LOG.warning('The reply of %s breaks its schema: %s', call.operation.name, error)


def body_bytes(reply: Reply) -> tuple[bytes | Iterable[bytes], str | None]:
    """The body as WSGI wants it, and its content type."""
    if reply.body is None:
        return b'', reply.content_type
    if isinstance(reply.body, (dict, list)):
        return http.dumps(reply.body), reply.content_type or http.JSON_TYPE
    return reply.body, reply.content_type or 'application/octet-stream'
