"""The one object that knows all services: it makes them, loads their drivers, freezes them."""
from __future__ import annotations

import functools
import importlib
import logging
from typing import Any

from oslo_config import cfg

from jumpgate import config
from jumpgate.common import http
from jumpgate.common.dispatcher import Dispatcher
from jumpgate.common.driver import Driver
from jumpgate.common.hooks import Hooks
from jumpgate.common.policy import Policy
from jumpgate.common.service import Service
from jumpgate.common.sources import BadDriver

LOG = logging.getLogger(__name__)


class Jumpgate:
    """The gateway, without a line of WSGI plumbing.

    :ivar config: the configuration (`oslo_config.cfg.ConfigOpts`)
    :ivar services: the enabled services by our names
    :ivar token_validator: ``validate(token, environ) -> RequestContext``; None where identity is
        off or answered by handlers alone
    :ivar openstack: the real OpenStack (`common.passthrough`), once a driver has asked for it
    :ivar mounts: service → the paths it is mounted at, filled by `jumpgate.deploy`

    :raises BadDriver: for a driver that cannot work; the message says what to change
    """

    def __init__(self, conf: cfg.ConfigOpts) -> None:
        self.config = conf
        self.hooks = Hooks()
        self.policy = Policy(conf)
        self.reply_validation: str = conf.api.reply_validation
        self.openstack: Any = None
        self.mounts: dict[str, list[str]] = {}
        self._drivers = {name: conf[name].driver for name in config.SERVICES if conf[name].driver}
        self.services: dict[str, Service] = {name: _service(name) for name in self._drivers}
        self._dispatchers = {name: Dispatcher(self, service)
                             for name, service in self.services.items()}
        for name, dispatcher in self._dispatchers.items():
            self._set_up(name, dispatcher)
        for dispatcher in self._dispatchers.values():
            self.policy.register(dispatcher.service)
            dispatcher.freeze()
        self._check_upstream()
        self.policy.load_rules()
        self.token_validator = self._make_validator()

    def _set_up(self, name: str, dispatcher: Dispatcher) -> None:
        module = load_driver_module(name, self._drivers[name])
        module.setup_routes(self, dispatcher)
        wants = self.config[name].upstream or self.config.openstack[f'{name}_endpoint']
        if wants and dispatcher.upstream is None:
            load_driver_module(name, f'jumpgate.{name}.drivers.openstack').setup_routes(
                self, dispatcher)

    def _check_upstream(self) -> None:
        if self.openstack is not None:
            self.openstack.check()

    def _make_validator(self) -> Any:
        identity = self._dispatchers.get('identity')
        if identity is None:
            return None
        if identity.driver is not None:
            return importlib.import_module('jumpgate.identity.validation').Validator(self)
        if identity.upstream is not None:
            from jumpgate.common import passthrough
            return passthrough.UpstreamValidator(self)
        return None

    # -- what drivers and filters ask ---------------------------------------------------------

    def get_dispatcher(self, service: str) -> Dispatcher:
        """The dispatcher of a service, by our name.

        :raises KeyError: where the service is off
        """
        return self._dispatchers[service]

    def get_driver(self, service: str) -> Driver | None:
        """A service's typed driver; None where it is off, taken over by hand or passed through."""
        dispatcher = self._dispatchers.get(service)
        return None if dispatcher is None else dispatcher.driver

    def upstream(self, service: str) -> Any:
        """The real OpenStack behind a service, or None."""
        dispatcher = self._dispatchers.get(service)
        return None if dispatcher is None else dispatcher.upstream

    def get_endpoint_url(self, service: str, req: http.Request, name: str, **values: Any) -> str:
        """The URL of an endpoint of any service, as the client of `req` reaches it."""
        return self.get_dispatcher(service).get_endpoint_url(req, name, **values)

    def add_before_hook(self, hook: Any) -> None:
        """Let ``hook(req, resp, kwargs)`` run before each request of every service."""
        self.hooks.add_before_hook(hook)

    def add_after_hook(self, hook: Any) -> None:
        """Let ``hook(req, resp)`` run on each answer of every service, faults too."""
        self.hooks.add_after_hook(hook)

    def json_body(self, environ: http.Environ) -> Any:
        """The JSON value of a request's body, within the configured bounds.

        :raises Invalid: for a body that is not JSON
        :raises TooLarge: for one that is too long
        """
        api = self.config.api
        return http.json_body(environ, max_bytes=api.max_json_body, max_depth=api.max_json_depth)

    def base_url(self, environ: http.Environ, service: str) -> str:
        """The URL of a service's mount, as the client of this request sees it.

        A request's own service keeps the mount that the client used; the others have their first.
        """
        if environ.get('jumpgate.service') == service:
            mount = environ['SCRIPT_NAME'].removeprefix(environ.get('jumpgate.script_name', ''))
        else:
            mount = self.mount(service)
        return self.root_url(environ, service) + mount

    def mount(self, service: str) -> str:
        """The path that a service is mounted at, as the catalog names it."""
        if self.config.server.per_service_ports:
            return ''
        return (self.mounts.get(service) or ['/' + service])[0]

    def root_url(self, environ: http.Environ, service: str) -> str:
        """The URL that the mounts stand below, without a slash at the end."""
        endpoint: str | None = self.config.public_endpoint
        if endpoint:
            return endpoint.rstrip('/')
        host = environ.get('HTTP_HOST') or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        if self.config.server.per_service_ports and environ.get('jumpgate.service') != service:
            host = f'{_without_port(host)}:{self.config.server.service_ports[service]}'
        script_name = environ.get('jumpgate.script_name', '')
        return f"{environ['wsgi.url_scheme']}://{host}{script_name}"


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(':')
    return name if colon and port.isdigit() else host


def _service(name: str) -> Service:
    service: Service = importlib.import_module(f'jumpgate.{name}').SERVICE
    return service


def load_driver_module(service: str, name: str) -> Any:
    """Import the module that the configuration names as a driver.

    :raises BadDriver: if it cannot be imported or has no ``setup_routes``
    """
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not (name + '.').startswith(error.name + '.'):
            raise BadDriver(f'the driver {name} of [{service}] needs the module {error.name}, '
                            'which is not installed') from error
        raise BadDriver(
            f'[{service}] driver = {name}: there is no such module. Name one that Python can '
            f'import, such as jumpgate.{service}.drivers.openstack, or set PYTHONPATH.') from error
    except (ValueError, TypeError) as error:
        raise BadDriver(f'[{service}] driver = {name}: that is no module name') from error
    if not callable(getattr(module, 'setup_routes', None)):
        raise BadDriver(f'[{service}] driver = {name}: the module has no function '
                        'setup_routes(app, disp), so it is no driver')
    return module


@functools.cache
def get_jumpgate(config_file: str) -> Jumpgate:
    """The gateway of a configuration file ('' for none), made once a process.

    Paste hands its factories nothing but strings, so this is where filters and applications of one
    pipeline meet.
    """
    return Jumpgate(config.load(config_file))
