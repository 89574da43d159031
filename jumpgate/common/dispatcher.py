"""One service's desk: what drivers set up, which endpoint a request means, who answers it."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import errors, http, sources
from jumpgate.common.driver import Driver, interface_methods
from jumpgate.common.hooks import HookChain, Hooks
from jumpgate.common.match import MATCH_KEY, Coverage, Match
from jumpgate.common.operation import Actions
from jumpgate.common.responder import Responder
from jumpgate.common.routing import Router
from jumpgate.common.service import Service
from jumpgate.common.sources import DRIVER, HANDLER, UPSTREAM, Answer, BadDriver

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate


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
        self._responder = Responder(self, HookChain(app.hooks, self._hooks))
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

    def leaves_token(self, match: Match) -> bool:
        """Whether the token is the upstream's to judge: nobody here needs to open it."""
        return (self.upstream is not None and self.upstream.forwards_token
                and match.error is None and match.source in (UPSTREAM, None))

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

    def __call__(self, environ: http.Environ, start_response: Any) -> Iterable[bytes]:
        return self._responder(environ, start_response)


def _is_ours(answer: Answer) -> bool:
    if answer.actions is not None:
        return any(_is_ours(one) for one in answer.actions.values())
    return answer.source in (HANDLER, DRIVER)
