"""One service's desk: which endpoint a request means, and who answers it."""
from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import controller, errors, faults, http, sources
from jumpgate.common.context import ENVIRON_KEY, RequestContext
from jumpgate.common.driver import Driver, interface_methods
from jumpgate.common.endpoints import Endpoint
from jumpgate.common.hooks import HookChain, Hooks
from jumpgate.common.operation import Actions, Operation
from jumpgate.common.routing import Router
from jumpgate.common.service import Service
from jumpgate.common.sources import DRIVER, HANDLER, MIXED, NONE, UPSTREAM, Answer, BadDriver

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate

LOG = logging.getLogger(__name__)
MATCH_KEY = 'jumpgate.match'
#: Set once a request has come as far as this: what fails earlier is a filter's doing.
ANSWERED_KEY = 'jumpgate.answered'


@dataclasses.dataclass(slots=True)
class Match:
    """What a request is about. Made once a request, kept on its environ.

    :param endpoint: None where the map does not know the path
    :param root: the root that the request came in by
    :param answer: None where nobody here answers: an unknown path, or an unknown verb
    :param error: what is wrong with the path itself
    """

    verb: str
    endpoint: Endpoint | None = None
    root: str = ''
    versioned: bool = False
    variables: dict[str, str] = dataclasses.field(default_factory=dict)
    answer: Answer | None = None
    allow: tuple[str, ...] = ()
    error: errors.Error | None = None

    @property
    def source(self) -> str | None:
        return self.answer.source if self.answer else None

    @property
    def name(self) -> str | None:
        return self.endpoint.name if self.endpoint else None

    @property
    def is_public(self) -> bool:
        """Whether anybody may ask, without a token."""
        operation = self.answer.operation if self.answer else None
        return operation is not None and operation.public


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """One line of the truth about who answers what."""

    endpoint: Endpoint
    path: str
    verb: str
    action: str | None
    source: str
    operation: Operation | None


class Dispatcher:
    """The WSGI application of one service.

    Drivers call `set_driver`, `set_handler` and `set_upstream`; then `freeze` decides who answers
    what, and nothing changes any more.
    """

    def __init__(self, app: Jumpgate, service: Service) -> None:
        self.app = app
        self.service = service
        self.driver: Driver | None = None
        self.upstream: Any = None
        #: whether ``tenant_id`` in a path is the caller's project; in identity it is a plain id
        self.tenant_is_ours = service.name != 'identity'
        self._handlers: dict[str, tuple[str, object]] = {}
        self._answers: dict[str, dict[str, Answer]] = {}
        self._hooks = Hooks()
        self._chain = HookChain(app.hooks, self._hooks)
        self._router = Router(service.map, trailing_slash=service.trailing_slash)
        self._frozen = False

    # -- what drivers call --------------------------------------------------------------------

    def set_driver(self, driver: Driver) -> None:
        """Let a typed driver answer every operation whose methods it overrides.

        :raises BadDriver: if it is not of the service's driver class
        """
        self._check_open()
        if not isinstance(driver, self.service.driver):
            raise BadDriver(f'{type(driver).__name__} is no {self.service.driver.__name__}; a '
                            f'driver of {self.service.name} derives from it')
        self.driver = driver

    def set_handler(self, name: str, handler: object) -> None:
        """Let `handler` answer the endpoint `name`, verb by verb, with its ``on_<verb>`` methods.

        :raises BadDriver: for an unknown endpoint or a handler without such methods
        """
        self._check_open()
        if name not in self.service.map:
            raise BadDriver(f'{self.service.name} has no endpoint {name}; "jumpgate endpoints '
                            f'--service {self.service.name}" lists them')
        sources.check_handler(name, handler)
        self._handlers[self.service.map[name].endpoint.name] = (name, handler)

    def set_upstream(self, upstream: Any) -> None:
        """Pass on to `upstream` what neither handler nor driver answers."""
        self._check_open()
        self.upstream = upstream

    def add_before_hook(self, hook: Any) -> None:
        """Let ``hook(req, resp, kwargs)`` run before each request of this service."""
        self._hooks.add_before_hook(hook)

    def add_after_hook(self, hook: Any) -> None:
        """Let ``hook(req, resp)`` run on each answer of this service, faults too."""
        self._hooks.add_after_hook(hook)

    def get_endpoint_url(self, req: http.Request, name: str, **values: Any) -> str:
        """The URL of an endpoint of this service, as the client of `req` reaches it.

        Variables that are not given are taken from ``req.env`` (``tenant_id``).

        :raises KeyError: for an unknown name, or a variable without a value
        """
        return self.endpoint_url(req.environ, name, values)

    def get_unused_endpoints(self) -> list[str]:
        """The names of the endpoints of which no handler and no driver answers any verb."""
        return [row.endpoint.name for row in self.service.map
                if not any(_is_ours(answer)
                           for answer in self._decide(row.endpoint.name).values())]

    def freeze(self) -> None:
        """Decide who answers what.

        :raises BadDriver: where map, controllers, driver or handlers do not fit each other
        """
        interface = interface_methods(self.service.driver)
        for row, _, _, operation in self.service.map.operations():
            sources.check_row(row, operation, interface)
        for row in self.service.map:
            self._answers[row.endpoint.name] = self._decide(row.endpoint.name)
        self._frozen = True

    def _check_open(self) -> None:
        if self._frozen:
            raise BadDriver('the dispatchers are frozen: set_driver, set_handler and set_upstream '
                            'belong into setup_routes')

    def _decide(self, endpoint_name: str) -> dict[str, Answer]:
        if self._frozen:
            return self._answers[endpoint_name]
        name, handler = self._handlers.get(endpoint_name, (endpoint_name, None))
        return sources.decide(self.service.map[endpoint_name], name, handler, self.driver,
                              self.upstream, tenant_is_ours=self.tenant_is_ours)

    # -- looking up ---------------------------------------------------------------------------

    def match(self, environ: http.Environ) -> Match:
        """What this request is about; a pure look-up, remembered on the environ."""
        found: Match | None = environ.get(MATCH_KEY)
        if found is None:
            environ['jumpgate.service'] = self.service.name
            found = environ[MATCH_KEY] = self._match(environ)
        return found

    def _match(self, environ: http.Environ) -> Match:
        verb = environ['REQUEST_METHOD']
        try:
            found = self._router.find(http.path_info(environ))
        except errors.Invalid as error:
            return Match(verb, error=error)
        if found is None:
            return Match(verb)
        endpoint = found.row.endpoint
        answers = self._answers[endpoint.name]
        return Match(verb, endpoint, found.root, found.row.group.is_versioned(found.root),
                     found.variables, answers.get(verb), (*answers, 'OPTIONS'))

    def endpoint_url(self, environ: http.Environ, name: str, values: Mapping[str, Any]) -> str:
        """As `get_endpoint_url`, for who has only the environ."""
        known = {'tenant_id': environ.get('tenant_id'), **values}
        match = environ.get(MATCH_KEY)
        own = environ.get('jumpgate.service') == self.service.name
        root = match.root if own and match is not None and match.endpoint is not None else None
        return self._base_url(environ) + self.service.map.path(name, known, root)

    def root_url(self, environ: http.Environ, match: Match, root: str | None = None) -> str:
        """The URL of a root (the request's own by default) with its variables filled in."""
        values = {'tenant_id': environ.get('tenant_id'), **match.variables}
        return self._base_url(environ) + (match.root if root is None else root).format(**values)

    def _base_url(self, environ: http.Environ) -> str:
        return self.app.base_url(environ, self.service.name)

    def coverage(self) -> Iterator[Coverage]:
        """Every verb and action of the map with its source, aliases counted once."""
        for row in self.service.map:
            endpoint = row.endpoint
            path = (row.group.roots[0] + endpoint.path) or '/'
            for verb, answer in self._decide(endpoint.name).items():
                wanted = endpoint.verbs.get(verb)
                if isinstance(wanted, Actions):
                    for action, operation in wanted.items():
                        one = (answer.actions or {}).get(action, answer)
                        yield Coverage(endpoint, path, verb, action, one.source, operation)
                else:
                    yield Coverage(endpoint, path, verb, None, answer.source, wanted)

    # -- answering ----------------------------------------------------------------------------

    def __call__(self, environ: http.Environ, start_response: Any) -> Iterable[bytes]:
        environ[ANSWERED_KEY] = True
        if self._chain:
            return self._hooked(environ, start_response)
        return self._guarded(environ, start_response)

    def _guarded(self, environ: http.Environ, start_response: Any,
                 before: Any = None) -> Iterable[bytes]:
        try:
            return self._answer(environ, start_response, before)
        except errors.Error as error:
            return self._fault(environ, start_response, error)

    def _fault(self, environ: http.Environ, start_response: Any,
               error: errors.Error) -> Iterable[bytes]:
        code, headers, body = faults.render(error, self.service, environ)
        headers.extend(self._version_headers(environ))
        start_response(http.status_line(code), headers)
        return [body]

    def _hooked(self, environ: http.Environ, start_response: Any) -> Iterable[bytes]:
        req = http.make_request(environ)
        early = http.Response()

        def before(kwargs: dict[str, Any]) -> None:
            self._chain.run_before(req, early, kwargs)

        answer: list[Any] = []

        def capture(status: str, headers: http.Headers, exc_info: Any = None) -> None:
            answer[:] = [status, headers]

        chunks = self._guarded(environ, capture, before)
        resp = http.Response(status=answer[0], headerlist=list(answer[1]), app_iter=chunks)
        for name, value in early.headerlist:
            if name not in resp.headers:
                resp.headers.add(name, value)
        self._chain.run_after(req, resp)
        start_response(resp.status, resp.headerlist)
        return resp.app_iter

    def _answer(self, environ: http.Environ, start_response: Any,
                before: Any) -> Iterable[bytes]:
        match = self.match(environ)
        if match.error is not None:
            raise match.error
        answer = match.answer
        if answer is not None and answer.source == MIXED:
            answer = match.answer = self._choose_action(environ, answer)
        if answer is None or answer.source == NONE:
            return self._unanswered(environ, start_response, match)
        if before is not None:
            before(match.variables)
        context = self._admit(environ, match)
        if answer.source == UPSTREAM:
            return self._forward(environ, start_response, match)
        if self.service.negotiation is not None:
            environ['jumpgate.version'] = (
                self.service.negotiation.negotiate(environ) if match.versioned
                else self.service.negotiation.minimum)
        if answer.source == HANDLER:
            return self._handle(environ, start_response, match, answer, context)
        assert answer.source == DRIVER and answer.operation is not None
        call = controller.Call(self, environ, match, answer.operation, context)
        return self._reply(environ, start_response, controller.run(call, match.variables))

    def _admit(self, environ: http.Environ, match: Match) -> RequestContext:
        """Who asks; without a context, or anonymously, only public rows are open.

        A forwarded token is for the upstream to judge, provided that an auth filter let it by.
        """
        context: RequestContext | None = environ.get(ENVIRON_KEY)
        if context is None:
            if match.is_public:
                return RequestContext()
            raise errors.Unauthorized()
        if context.is_anonymous and not match.is_public and not self.leaves_token(match):
            raise errors.Unauthorized()
        return context

    def leaves_token(self, match: Match) -> bool:
        """Whether the token is the upstream's to judge: nobody here needs to open it."""
        return (self.upstream is not None and self.upstream.forwards_token
                and match.error is None and match.source in (UPSTREAM, None))

    def _unanswered(self, environ: http.Environ, start_response: Any,
                    match: Match) -> Iterable[bytes]:
        """Nobody here answers: the upstream may know more than the map, or it is a fault."""
        if match.verb == 'OPTIONS' and match.endpoint is not None:
            return http.send(start_response, 200, [('Allow', ', '.join(match.allow))], b'')
        if self.upstream is not None:
            self._admit(environ, match)
            return self._forward(environ, start_response, match)
        if match.endpoint is None:
            # keystonemiddleware stands before every service but Keystone itself
            if self.service.project != 'keystone' or environ.get(ENVIRON_KEY) is None:
                self._admit(environ, match)
            raise errors.NotFound()
        if match.answer is None:
            raise errors.MethodNotAllowed(match.allow)
        self._admit(environ, match)
        raise _honest_fault(match)

    def _forward(self, environ: http.Environ, start_response: Any,
                 match: Match) -> Iterable[bytes]:
        chunks: Iterable[bytes] = self.upstream.forward(environ, start_response, match)
        return chunks

    def _handle(self, environ: http.Environ, start_response: Any, match: Match, answer: Answer,
                context: RequestContext) -> Iterable[bytes]:
        assert answer.handler is not None
        self._judge(environ, match, answer, context)
        req = http.make_request(environ)
        resp = http.Response()
        known = {**match.variables}
        if self.tenant_is_ours:
            known.setdefault('tenant_id', environ.get('tenant_id'))  # type: ignore[arg-type]
        answer.handler.responder(req, resp, **answer.handler.kwargs(known))
        for name, value in self._version_headers(environ):
            resp.headers.add(name, value)
        if match.verb == 'HEAD':
            resp.app_iter = []
        chunks: Iterable[bytes] = resp(environ, start_response)
        return chunks

    def _judge(self, environ: http.Environ, match: Match, answer: Answer,
               context: RequestContext) -> None:
        """For a handler what the controller does for a driver: whose project, and policy.

        The path says whose things are meant, so its variables are part of policy's target.

        :raises errors.Error: if the handler is not to be asked
        """
        if match.is_public:
            return
        tenant = match.variables.get('tenant_id')
        if (tenant is not None and self.service.tenant_in_path
                and tenant not in (context.project_id, environ.get('tenant_id'))):
            raise errors.Invalid('Malformed request url')
        operation = answer.operation or self._action(environ, match)
        if operation is not None:
            self.app.policy.enforce(
                f'{self.service.name}:{operation.name}',
                {'project_id': context.project_id, 'user_id': context.user_id, **match.variables},
                context)

    def _action(self, environ: http.Environ, match: Match) -> Operation | None:
        """The operation that the body names, of a row with actions."""
        assert match.endpoint is not None
        actions = match.endpoint.verbs.get(match.verb)
        if not isinstance(actions, Actions):
            return None
        action = sources.named_action(self.app.json_body(environ), actions)
        # what the map does not know, policy does not know either: it is the admin's
        return actions[action] if action else Operation(name=f'{match.name}_unknown')

    def _reply(self, environ: http.Environ, start_response: Any,
               reply: controller.Reply) -> Iterable[bytes]:
        body, content_type = controller.body_bytes(reply)
        headers = reply.headers
        if content_type is not None:
            headers.append(('Content-Type', content_type))
        headers.extend(self._version_headers(environ))
        assert reply.code is not None
        if not isinstance(body, bytes):
            start_response(http.status_line(reply.code), headers)
            return body if environ['REQUEST_METHOD'] != 'HEAD' else _closed(body)
        if reply.code not in (204, 304):
            headers.append(('Content-Length', str(len(body))))
        start_response(http.status_line(reply.code), headers)
        return [body] if environ['REQUEST_METHOD'] != 'HEAD' else []

    def _version_headers(self, environ: http.Environ) -> Iterable[tuple[str, str]]:
        version = environ.get('jumpgate.version')
        match = environ.get(MATCH_KEY)
        if version is None or self.service.negotiation is None or not match or not match.versioned:
            return ()
        return self.service.negotiation.headers(version)

    def _choose_action(self, environ: http.Environ, answer: Answer) -> Answer:
        """The body's only key names the action.

        :raises Invalid: for a body that names none that anybody knows
        """
        assert answer.actions is not None
        try:
            body = self.app.json_body(environ)
        except errors.Error:
            self._admit(environ, environ[MATCH_KEY])
            raise
        environ['jumpgate.body'] = body
        action = sources.named_action(body, answer.actions)
        if action is not None:
            return answer.actions[action]
        if self.upstream is not None:
            return Answer(UPSTREAM)
        self._admit(environ, environ[MATCH_KEY])
        named = next(iter(body), '') if isinstance(body, dict) else ''
        raise errors.Invalid(f'There is no such action: {named}' if named and len(body) == 1
                             else 'Malformed request body')


def _is_ours(answer: Answer) -> bool:
    if answer.actions is not None:
        return any(_is_ours(one) for one in answer.actions.values())
    return answer.source in (HANDLER, DRIVER)


def _honest_fault(match: Match) -> errors.Error:
    """Clients die on 501 where they look a thing up; a noun that this cloud has none of is 404."""
    assert match.endpoint is not None
    if match.verb in ('GET', 'HEAD') and match.endpoint.path.endswith('}'):
        return errors.NotFound()
    return errors.NotSupported()


def _closed(body: Iterable[bytes]) -> Iterator[bytes]:
    close = getattr(body, 'close', None)
    if close is not None:
        close()
    return iter(())
