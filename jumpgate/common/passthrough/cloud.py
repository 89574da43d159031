"""The real OpenStack behind the gateway: what all its services share."""
from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jumpgate.common import errors
from jumpgate.common.passthrough import exchange
from jumpgate.common.passthrough.address import Address
from jumpgate.common.passthrough.discovery import Directory
from jumpgate.common.passthrough.pool import Pool
from jumpgate.common.passthrough.response import Response
from jumpgate.common.passthrough.retry import Patience
from jumpgate.common.passthrough.tokens import Credential, ServiceTokens, load_project_map
from jumpgate.common.sources import UPSTREAM, BadDriver

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate

#: The largest token, catalog or version document that is parsed, in bytes.
MAX_DOCUMENT = 4 * 1024 * 1024
_SERVICES = ('identity', 'compute', 'image', 'volume', 'network', 'baremetal')
_IDENTITY_WORDS = ('set [identity] driver = jumpgate.identity.drivers.openstack, or use '
                   'tokens = service with a project_map')


class OpenStack:
    """Addresses, connections and tokens, made once a gateway from ``[openstack]``.

    :ivar forwards_token: whether the client's own token goes to the upstream
    :raises BadDriver: where the options cannot work together
    """

    def __init__(self, app: Jumpgate) -> None:
        conf = app.config.openstack
        self._app = app
        self._conf = conf
        if conf.tokens is None:
            raise BadDriver('[openstack] tokens is not set: write "forward" to show the real '
                            'OpenStack the tokens of the clients, or "service" for credentials of '
                            'the gateway itself')
        self.forwards_token: bool = conf.tokens == 'forward'
        self.region: str | None = conf.region
        self._tls = tls_context(conf) if conf.cafile or conf.certfile else None
        self.patience = Patience(conf.retries, conf.retry_seconds)
        self._pools: dict[tuple[str, str, int], Pool] = {}
        self.service_tokens = self._service_tokens()
        self._on_revoked: list[Callable[[str], None]] = []
        configured = {name: url for name in _SERVICES if (url := conf[f'{name}_endpoint'])}
        if 'identity' not in configured and conf.auth_url:
            configured['identity'] = conf.auth_url
        try:
            self.directory = Directory(app.services, configured, self._fetch_catalog,
                                       region=conf.region, interface=conf.interface)
        except ValueError as error:
            raise BadDriver(f'[openstack]: {error}') from error

    @classmethod
    def of(cls, app: Jumpgate) -> OpenStack:
        """The one of this gateway, made at the first call."""
        if app.openstack is None:
            app.openstack = cls(app)
        made: OpenStack = app.openstack
        return made

    def check(self) -> None:
        """What only shows when every driver is loaded.

        :raises BadDriver: where the tokens cannot be those that the upstream knows
        """
        identity = self._app.upstream('identity')
        if not self.forwards_token:
            if identity is not None:
                raise BadDriver('[openstack] tokens = service cannot work with identity passed '
                                'through: the real Keystone would obey the gateway instead of the '
                                'client. Use tokens = forward, or an identity driver of our own '
                                'without identity_endpoint (auth_url names the real Keystone)')
            return
        if identity is None:
            raise BadDriver('[openstack] tokens = forward cannot work: the tokens of our own '
                            f'identity service mean nothing there; {_IDENTITY_WORDS}')
        for line in self._app.get_dispatcher('identity').coverage():
            if (line.endpoint.name, line.verb) == ('v3_auth_tokens', 'POST') and (
                    line.source != UPSTREAM):
                raise BadDriver('[openstack] tokens = forward cannot work: our own identity driver '
                                f'makes the tokens (v3_auth_tokens); {_IDENTITY_WORDS}')
        if not self._conf.identity_endpoint and not self._conf.auth_url:
            raise BadDriver('[openstack] identity_endpoint is not set: where is the Keystone that '
                            'identity is passed through to?')

    def on_revoked(self, listener: Callable[[str], None]) -> None:
        """Let `listener(token)` know of tokens that are revoked through this gateway."""
        self._on_revoked.append(listener)

    def revoked(self, token: str) -> None:
        for listener in self._on_revoked:
            listener(token)

    def pool(self, address: Address) -> Pool:
        """The connections to an address; services of one origin share them."""
        pool = self._pools.get(address.origin)
        if pool is None:
            conf = self._conf
            if address.scheme == 'https' and self._tls is None:
                self._tls = tls_context(conf)
            pool = self._pools[address.origin] = Pool(
                address, self._tls, connect_timeout=conf.connect_timeout,
                read_timeout=conf.read_timeout, keep=conf.pool_size, idle=conf.pool_idle)
        return pool

    def ask_identity(self, path: str, token: str,
                     subject: str | None = None) -> tuple[Response, Any]:
        """GET something of the upstream's Keystone: the answer, and its JSON or None.

        :raises errors.CloudUnavailable, errors.CloudTimeout, errors.BadGateway: if it cannot be had
        """
        address = self.directory.address('identity')
        headers = [('Accept', 'application/json'), ('X-Auth-Token', token)]
        if subject is not None:
            headers.append(('X-Subject-Token', subject))
        response, data = exchange.ask(self.pool(address), self.patience, 'GET',
                                      address.path + path, headers, MAX_DOCUMENT)
        try:
            return response, json.loads(data)
        except ValueError:
            return response, None

    def _fetch_catalog(self, token: str | None) -> Any:
        """:raises errors.CloudUnavailable: if Keystone does not give it to us"""
        if self.service_tokens is not None:
            token = self.service_tokens.any_token()
        if not token:
            raise errors.CloudUnavailable('The catalog of the cloud behind this endpoint is not '
                                          'known yet; ask for a token first.')
        response, document = self.ask_identity('/v3/auth/catalog', token)
        if response.status == 401:
            raise errors.Unauthorized()
        if response.status != 200 or document is None:
            raise errors.CloudUnavailable('The catalog of the cloud behind this endpoint cannot '
                                          'be had.')
        return document

    def _service_tokens(self) -> ServiceTokens | None:
        conf = self._conf
        credentials: dict[str, Credential] = {}
        if not self.forwards_token:
            if not conf.project_map:
                raise BadDriver('[openstack] tokens = service needs project_map: the file that '
                                'names a project and a credential there for each of ours')
            credentials = load_project_map(conf.project_map)
        elif conf.username:
            if not conf.password or not conf.project_name:
                raise BadDriver('[openstack] username needs password and project_name')
            credentials = {'': Credential('', {
                'username': conf.username, 'password': conf.password,
                'user_domain_name': conf.user_domain_name, 'project_name': conf.project_name,
                'project_domain_name': conf.project_domain_name})}
        if not credentials:
            return None
        url = conf.auth_url or conf.identity_endpoint
        if not url:
            raise BadDriver('[openstack] auth_url is not set: where is the Keystone that the '
                            'gateway gets its own tokens from?')
        cert = (conf.certfile, conf.keyfile) if conf.keyfile else conf.certfile
        return ServiceTokens(
            credentials, Address.parse(url).url + '/v3', cert=cert, timeout=conf.read_timeout,
            verify=False if conf.insecure else conf.cafile or True)


def tls_context(conf: Any) -> ssl.SSLContext:
    """How https is spoken with the upstream.

    :param conf: the options of ``[openstack]``
    :raises BadDriver: for certificate files that cannot be used
    """
    try:
        context = ssl.create_default_context(cafile=conf.cafile)
        if conf.certfile:
            context.load_cert_chain(conf.certfile, conf.keyfile)
    except (OSError, ssl.SSLError) as error:
        raise BadDriver('[openstack] cafile, certfile or keyfile cannot be used: '
                        f'{error.strerror or error}') from error
    if conf.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
