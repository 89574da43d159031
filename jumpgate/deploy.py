"""What Paste Deploy talks to: strings in, WSGI applications out."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from oslo_middleware import cors, healthcheck, http_proxy_to_wsgi
from paste import deploy, urlmap

from jumpgate import config
from jumpgate.api import Jumpgate, get_jumpgate

App = Callable[..., Iterable[bytes]]
#: The key of Paste's global configuration that carries the configuration file's name.
CONFIG_KEY = 'jumpgate_config'


def load_app(config_file: str | None = None, paste_config: str | None = None,
             name: str = 'main') -> App:
    """The WSGI application of a section of the Paste Deploy file.

    :param config_file: None: as `config.find_config_file` finds it
    :raises FileNotFoundError: if the Paste Deploy file is not there
    :raises LookupError: for a section or filter that is not
    :raises BadDriver: for a driver that cannot work
    """
    found = config.find_config_file(config_file) or ''
    paste_file = config.find_paste_config(get_jumpgate(found).config, paste_config)
    app: App = deploy.loadapp(f'config:{paste_file}', name=name,
                              global_conf={CONFIG_KEY: found})
    return app


def jumpgate_of(global_conf: dict[str, str]) -> Jumpgate:
    """The gateway that a factory works for."""
    return get_jumpgate(global_conf.get(CONFIG_KEY, ''))


class ServiceMap(urlmap.URLMap):
    """A urlmap that remembers on the environ what was above it, and which service is below."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ['jumpgate.script_name'] = environ.get('SCRIPT_NAME', '')
        chunks: Iterable[bytes] = super().__call__(environ, start_response)
        return chunks


def urlmap_factory(loader: Any, global_conf: dict[str, str], **local_conf: str) -> App:
    """``[composite:main]``: path = name of a pipeline; a service's pipeline bears its name.

    Services that are off are left out.
    """
    app = jumpgate_of(global_conf)
    paths = ServiceMap()
    for path, name in sorted(local_conf.items(), key=lambda entry: -len(entry[0])):
        if name in config.SERVICES:
            if name not in app.services:
                continue
            app.mounts.setdefault(name, []).append(path.rstrip('/'))
        paths[path] = loader.get_app(name, global_conf=global_conf)
    return paths


def service_factory(global_conf: dict[str, str], service: str) -> App:
    """``[app:…]`` with ``service = compute``: the dispatcher of a service.

    :raises LookupError: if the service is off
    """
    app = jumpgate_of(global_conf)
    if service not in app.services:
        raise LookupError(f'the service {service} is off: set driver in [{service}] of '
                          'jumpgate.conf')
    return app.get_dispatcher(service)


def healthcheck_factory(global_conf: dict[str, str], **local_conf: str) -> App:
    """``[app:healthcheck]``: oslo.middleware's, as an application of its own."""
    app: App = healthcheck.Healthcheck.app_factory(global_conf, **local_conf)
    return app


def cors_factory(global_conf: dict[str, str], **local_conf: str) -> Callable[[App], App]:
    """``[filter:cors]``: oslo.middleware's, left out as long as nobody is allowed."""
    conf = jumpgate_of(global_conf).config

    def make(app: App) -> App:
        cors.set_defaults(
            allow_headers=_ASKED_HEADERS, expose_headers=_TOLD_HEADERS,
            allow_methods=['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'])
        wrapped: App = cors.CORS(app, conf)
        return wrapped if conf.cors.allowed_origin else app

    conf.register_opts(cors.CORS_OPTS, 'cors')
    return make


def http_proxy_factory(global_conf: dict[str, str], **local_conf: str) -> Callable[[App], App]:
    """``[filter:http_proxy]``: oslo.middleware's, left out unless proxy headers are trusted."""
    conf = jumpgate_of(global_conf).config
    conf.register_opts(http_proxy_to_wsgi.OPTS, 'oslo_middleware')

    def make(app: App) -> App:
        if not conf.oslo_middleware.enable_proxy_headers_parsing:
            return app
        wrapped: App = http_proxy_to_wsgi.HTTPProxyToWSGI(app, conf)
        return wrapped

    return make


_VERSION_HEADERS = ['OpenStack-API-Version', 'X-OpenStack-Nova-API-Version',
                    'X-OpenStack-Ironic-API-Version']
_ASKED_HEADERS = ['X-Auth-Token', 'X-Subject-Token', 'X-OpenStack-Request-ID', *_VERSION_HEADERS]
_TOLD_HEADERS = ['X-Auth-Token', 'X-Subject-Token', 'X-OpenStack-Request-ID', *_VERSION_HEADERS]
