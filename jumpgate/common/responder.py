"""How a matched request is answered: by a handler, the driver, the upstream, or with a fault."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jumpgate.common import controller, errors, faults, http, sources
from jumpgate.common.context import ENVIRON_KEY, RequestContext
from jumpgate.common.hooks import HookChain
from jumpgate.common.match import MATCH_KEY, Match
from jumpgate.common.operation import Actions, Operation
from jumpgate.common.sources import DRIVER, HANDLER, MIXED, NONE, UPSTREAM, Answer

if TYPE_CHECKING:
    from jumpgate.common.dispatcher import Dispatcher

#: Set once a request has come as far as this: what fails earlier is a filter's doing.
ANSWERED_KEY = 'jumpgate.answered'


class Responder:
    """Answers the requests of one service.

    :param chain: the hooks of the gateway and of the service
    """

    def __init__(self, dispatcher: Dispatcher, chain: HookChain) -> None:
        self._dispatcher = dispatcher
        self._app = dispatcher.app
        self._service = dispatcher.service
        self._chain = chain

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
        code, headers, body = faults.render(error, self._service, environ)
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
        match = self._dispatcher.match(environ)
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
        if self._service.negotiation is not None:
            environ['jumpgate.version'] = (
                self._service.negotiation.negotiate(environ) if match.versioned
                else self._service.negotiation.minimum)
        if answer.source == HANDLER:
            return self._handle(environ, start_response, match, answer, context)
        assert answer.source == DRIVER and answer.operation is not None
        call = controller.Call(self._dispatcher, environ, match, answer.operation, context)
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
        if (context.is_anonymous and not match.is_public
                and not self._dispatcher.leaves_token(match)):
            raise errors.Unauthorized()
        return context

    def _unanswered(self, environ: http.Environ, start_response: Any,
                    match: Match) -> Iterable[bytes]:
        """Nobody here answers: the upstream may know more than the map, or it is a fault."""
        if match.verb == 'OPTIONS' and match.endpoint is not None:
            return http.send(start_response, 200, [('Allow', ', '.join(match.allow))], b'')
        if self._dispatcher.upstream is not None:
            self._admit(environ, match)
            return self._forward(environ, start_response, match)
        if match.endpoint is None:
            # keystonemiddleware stands before every service but Keystone itself
            if self._service.project != 'keystone' or environ.get(ENVIRON_KEY) is None:
                self._admit(environ, match)
            raise errors.NotFound()
        if match.answer is None:
            raise errors.MethodNotAllowed(match.allow)
        self._admit(environ, match)
        raise _honest_fault(match)

    def _forward(self, environ: http.Environ, start_response: Any,
                 match: Match) -> Iterable[bytes]:
        chunks: Iterable[bytes] = self._dispatcher.upstream.forward(environ, start_response, match)
        return chunks

    def _handle(self, environ: http.Environ, start_response: Any, match: Match, answer: Answer,
                context: RequestContext) -> Iterable[bytes]:
        assert answer.handler is not None
        self._judge(environ, match, answer, context)
        req = http.make_request(environ)
        resp = http.Response()
        known = {**match.variables}
        if self._dispatcher.tenant_is_ours:
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
        if (tenant is not None and self._service.tenant_in_path
                and tenant not in (context.project_id, environ.get('tenant_id'))):
            raise errors.Invalid('Malformed request url')
        operation = answer.operation or self._action(environ, match)
        if operation is not None:
            self._app.policy.enforce(
                f'{self._service.name}:{operation.name}',
                {'project_id': context.project_id, 'user_id': context.user_id, **match.variables},
                context)

    def _action(self, environ: http.Environ, match: Match) -> Operation | None:
        """The operation that the body names, of a row with actions."""
        assert match.endpoint is not None
        actions = match.endpoint.verbs.get(match.verb)
        if not isinstance(actions, Actions):
            return None
        action = sources.named_action(self._app.json_body(environ), actions)
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
        if version is None or self._service.negotiation is None or not match or not match.versioned:
            return ()
        return self._service.negotiation.headers(version)

    def _choose_action(self, environ: http.Environ, answer: Answer) -> Answer:
        """The body's only key names the action.

        :raises Invalid: for a body that names none that anybody knows
        """
        assert answer.actions is not None
        try:
            body = self._app.json_body(environ)
        except errors.Error:
            self._admit(environ, environ[MATCH_KEY])
            raise
        environ['jumpgate.body'] = body
        action = sources.named_action(body, answer.actions)
        if action is not None:
            return answer.actions[action]
        if self._dispatcher.upstream is not None:
            return Answer(UPSTREAM)
        self._admit(environ, environ[MATCH_KEY])
        named = next(iter(body), '') if isinstance(body, dict) else ''
        raise errors.Invalid(f'There is no such action: {named}' if named and len(body) == 1
                             else 'Malformed request body')


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
