"""Every option of the gateway, with its help text; the sample configuration is made from it."""
from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from oslo_config import cfg, types
from oslo_log import log

#: The services that the gateway can serve, by our names.
SERVICES = ('identity', 'compute', 'image', 'volume', 'network', 'baremetal')

#: Services that have an embedded cloud, which answers where no driver is named.
_SANDBOXES = ('identity', 'image')


def _default_state_dir() -> str:
    data_home = os.environ.get('XDG_DATA_HOME') or os.path.join(
        os.path.expanduser('~'), '.local', 'share')
    return os.path.join(data_home, 'jumpgate')


DEFAULT_OPTS: list[cfg.Opt] = [
    cfg.StrOpt(
        'state_dir', default=_default_state_dir(),
        sample_default='$XDG_DATA_HOME/jumpgate',
        help='Folder for all that the gateway keeps: the database, the token keys, the passwords '
             'made at the first start, the image files. It is made with access for its owner '
             'only.'),
    cfg.StrOpt(
        'public_endpoint',
        help='URL by which clients reach the gateway, such as https://cloud.example.com. It '
             'begins every link and catalog entry. Unset: the URL of each request is used.'),
    cfg.StrOpt(
        'paste_config', default='api-paste.ini',
        help='Paste Deploy file that composes the filters and services. A relative name is looked '
             'for beside the configuration file, then in the installed etc/jumpgate folders.'),
    cfg.StrOpt('region', default='RegionOne', help='Region that the catalog names.'),
]

API_OPTS: list[cfg.Opt] = [
    cfg.IntOpt(
        'max_json_body', default=1024 * 1024, min=1024,
        help='Largest request body in bytes where JSON is expected. Image data is not bounded by '
             'it.'),
    cfg.IntOpt('max_json_depth', default=64, min=4,
               help='How deep the JSON of a request may be nested.'),
    cfg.StrOpt(
        'reply_validation', default='off', choices=['off', 'warn', 'error'],
        help='What is done with replies that their own schema refuses: nothing (off), a warning in '
             'the log, or an error for the client. The tests run with error.'),
]

#: OpenStack's own ports.
_SERVICE_PORTS = {'identity': '5000', 'compute': '8774', 'image': '9292', 'volume': '8776',
                  'network': '9696', 'baremetal': '6385'}

SERVER_OPTS: list[cfg.Opt] = [
    cfg.HostAddressOpt('host', default='127.0.0.1',
                       help='Address that jumpgate serve listens on; 0.0.0.0 or :: for all.'),
    cfg.PortOpt('port', default=5000,
                help='Port that jumpgate serve listens on. 0 takes a free one.'),
    cfg.BoolOpt(
        'per_service_ports', default=False,
        help='Listen on a port for each service, as service_ports says, instead of serving all '
             'below one URL. Each listener serves its own section of the Paste Deploy file: '
             'identity_port, compute_port and so on.'),
    cfg.DictOpt('service_ports', default=_SERVICE_PORTS,
                help='The ports of per_service_ports.'),
    cfg.StrOpt('unix_socket',
               help='Path of a Unix socket to listen on as well, for a web server in front.'),
    cfg.StrOpt('unix_socket_mode', default='660', regex='^[0-7]{3,4}$',
               help='Permissions of the Unix socket, in octal.'),
    cfg.IntOpt('backlog', default=1024, min=1,
               help='Connections that may wait to be accepted.'),
    cfg.IntOpt('workers', default=1, min=1,
               help='Worker processes that share the port. One for each processor core uses the '
                    'whole machine.'),
    cfg.IntOpt('max_connections', default=1000, min=1,
               help='Connections that a worker serves at a time; further ones wait.'),
    cfg.StrOpt('cert_file',
               help='Certificate (PEM, with its chain) to serve HTTPS with. Unset: HTTP.'),
    cfg.StrOpt('key_file', help='Private key of cert_file, unless that file holds it too.'),
    cfg.IntOpt('keep_alive', default=75, min=0,
               help='Seconds that a connection may stay open between two requests. 0: each '
                    'request has its own connection.'),
    cfg.IntOpt('max_request_line', default=16384, min=1024,
               help='Longest request line in bytes; a longer one is answered with 414.'),
    cfg.IntOpt('max_header_bytes', default=65536, min=4096,
               help='Most bytes of headers; more are answered with 431.'),
    cfg.IntOpt('max_headers', default=200, min=20,
               help='Most headers of a request; more are answered with 431.'),
    cfg.IntOpt('max_body_size', default=0, min=0,
               help='Largest request body in bytes, image data included; a larger one is answered '
                    'with 413. 0: any. JSON has a limit of its own, [api] max_json_body.'),
    cfg.IntOpt('header_timeout', default=30, min=1,
               help='Seconds within which the request line and headers must have arrived.'),
    cfg.IntOpt('body_timeout', default=60, min=1,
               help='Seconds that a client may take for each 64 KiB of a body that it sends.'),
    cfg.IntOpt('write_timeout', default=60, min=1,
               help='Seconds that a client may pause while it reads an answer.'),
    cfg.IntOpt('graceful_timeout', default=30, min=0,
               help='Seconds that running requests have to finish when the server is stopped or '
                    'reloaded.'),
    cfg.IntOpt('start_timeout', default=60, min=1,
               help='Seconds within which a worker must be ready; then it is given up.'),
    cfg.BoolOpt('access_log', default=True,
                help='Write a line for each request: client, request id, user, project, request, '
                     'status, length, duration. Tokens and passwords in URLs are left out.'),
]

OPENSTACK_OPTS: list[cfg.Opt] = [
    *(cfg.URIOpt(
        f'{name}_endpoint', schemes=['http', 'https'],
        help=f'URL of the real {name} service, without a version, such as '
             f'https://cloud.example.com/{name}. Unset: taken from the catalog of that OpenStack.')
      for name in SERVICES),
    cfg.StrOpt(
        'tokens', choices=['forward', 'service'],
        help='Which token the real OpenStack is shown. forward: the one of the client, which needs '
             'identity to be passed through too. service: one of the gateway itself, from the '
             'credential that project_map has for the project, which needs an identity service of '
             'our own. There is no default: a gateway with an upstream does not start without it.'),
    cfg.URIOpt(
        'auth_url', schemes=['http', 'https'],
        help='URL of the Keystone of the real OpenStack, for the tokens of the gateway itself. '
             'Unset: identity_endpoint.'),
    cfg.StrOpt(
        'project_map',
        help='YAML or JSON file for tokens = service: for each project id of ours a project_id of '
             'the real OpenStack and a credential there (username, password, user_domain_name; or '
             'application_credential_id, application_credential_secret). Readable by the owner '
             'only. A project that is not in it is refused.'),
    cfg.StrOpt(
        'region',
        help='Region of the real OpenStack, where its catalog has several. Services of other '
             'regions stay in the catalog as they are.'),
    cfg.StrOpt(
        'interface', default='public', choices=['public', 'internal', 'admin'],
        help='Which of the URLs in the catalog the gateway itself uses.'),
    cfg.StrOpt(
        'username',
        help='User with which the gateway reads the catalog of the real OpenStack, where tokens = '
             'forward and a service has no endpoint here. Unset: the catalog is learned from the '
             'tokens that pass through.'),
    cfg.StrOpt('password', secret=True, help='Password of that user.'),
    cfg.StrOpt('user_domain_name', default='Default', help='Domain of that user.'),
    cfg.StrOpt('project_name', help='Project of that user.'),
    cfg.StrOpt('project_domain_name', default='Default', help='Domain of that project.'),
    cfg.StrOpt(
        'cafile',
        help='File of CA certificates in PEM that https endpoints are verified with. Unset: those '
             'of the system.'),
    cfg.StrOpt('certfile', help='Client certificate in PEM for https endpoints.'),
    cfg.StrOpt('keyfile', help='Its private key; unset where certfile holds both.'),
    cfg.BoolOpt('insecure', default=False,
                help='Accept any certificate of an https endpoint. For tests only.'),
    cfg.FloatOpt('connect_timeout', default=5.0, min=0.1,
                 help='Seconds that connecting to an endpoint may take.'),
    cfg.FloatOpt('read_timeout', default=60.0, min=0.1,
                 help='Seconds that an endpoint may be silent before the client is told 504.'),
    cfg.IntOpt(
        'retries', default=3, min=0,
        help='How often a GET or HEAD is repeated at most where the endpoint cannot be reached, '
             'breaks off, or answers 429, 502, 503 or 504. Nothing else is ever repeated.'),
    cfg.FloatOpt('retry_seconds', default=5.0, min=0,
                 help='Seconds that all waiting between the repetitions of one request may take. '
                      'An answer whose Retry-After is longer goes to the client.'),
    cfg.IntOpt('pool_size', default=32, min=0,
               help='Idle connections that are kept per endpoint and worker.'),
    cfg.FloatOpt('pool_idle', default=4.0, min=0,
                 help='Seconds after which an idle connection is not used again. Keep it below '
                      'the keep-alive time of the endpoints.'),
    cfg.FloatOpt(
        'validation_seconds', default=30.0, min=0,
        help='Seconds for which a token that the real Keystone found good is remembered, where '
             'identity is passed through and another service is answered here.'),
]

DATABASE_OPTS: list[cfg.Opt] = [
    cfg.StrOpt(
        'connection', secret=True,
        help='SQLAlchemy URL of the database. Unset: SQLite, in the file jumpgate.sqlite of '
             'state_dir. Examples: postgresql+psycopg2://user:password@host/jumpgate, '
             'mysql+pymysql://user:password@host/jumpgate.'),
]


IDENTITY_OPTS: list[cfg.Opt] = [
    cfg.StrOpt(
        'admin_password', secret=True,
        help='Password of the user admin of the embedded identity service. Unset: one is made at '
             'the first start and kept in the state folder.'),
    cfg.IntOpt(
        'password_hash_rounds', default=12, min=4, max=31,
        help='Cost of the bcrypt hash of a password: each step doubles its time.'),
    cfg.IntOpt(
        'list_limit', min=1,
        help='Most entries that one listing of the identity service returns. Unset: all.'),
    cfg.BoolOpt('v2_api', default=True, help='Serve the old v2.0 API of identity too.'),
    cfg.StrOpt(
        'catalog', default='request', choices=['request', 'stored', 'template'],
        help='Where the service catalog comes from: the URL of each request and the services that '
             'are on (request), the services and endpoints made through the identity API (stored), '
             'or a file (template).'),
    cfg.StrOpt(
        'catalog_template', default='identity.templates',
        help='File of the catalog where catalog = template, with lines such as '
             'catalog.RegionOne.compute.publicURL = http://host:5000/compute/v2.1. A relative '
             'name is looked for beside the configuration file.'),
]

SECURITY_OPTS: list[cfg.Opt] = [
    cfg.IntOpt(
        'lockout_failure_attempts', min=1,
        help='After how many wrong passwords in a row a user is locked out. Unset: never.'),
    cfg.IntOpt('lockout_duration', default=1800, min=1,
               help='How many seconds a user stays locked out.'),
    cfg.IntOpt('disable_user_account_days_inactive', min=1,
               help='After how many days without a login a user is disabled. Unset: never.'),
    cfg.IntOpt('password_expires_days', min=1,
               help='How many days a password may be used. Unset: for ever.'),
    cfg.IntOpt(
        'unique_last_password_count', default=0, min=0,
        help='How many of the last passwords a user may not choose again when changing it.'),
    cfg.IntOpt('minimum_password_age', default=0, min=0,
               help='How many days a user must keep a password before changing it.'),
    cfg.StrOpt('password_regex', help='Regular expression that a new password must match.'),
    cfg.StrOpt('password_regex_description',
               help='The expression in words, for the user whose password does not match.'),
    cfg.BoolOpt('change_password_upon_first_use', default=False,
                help='Whether a password that an administrator set must be changed at once.'),
]

FERNET_OPTS: list[cfg.Opt] = [
    cfg.StrOpt(
        'key_repository',
        help='Folder of the keys that tokens are encrypted with. Unset: fernet-keys in state_dir. '
             'Hosts that shall accept each other\'s tokens share it.'),
    cfg.IntOpt(
        'max_active_keys', default=3, min=1,
        help='How many keys the folder may hold. A token can be opened until its key has been '
             'rotated out.'),
]

TOKEN_OPTS: list[cfg.Opt] = [
    cfg.IntOpt('expiration', default=3600, min=1, help='How many seconds a token is good.'),
    cfg.IntOpt(
        'allow_expired_window', default=48 * 3600, min=0,
        help='How many seconds after its end a service may still validate a token by asking for '
             'allow_expired.'),
    cfg.IntOpt(
        'cache_time', default=60, min=0,
        help='How many seconds a worker remembers that a token was found good, before the driver '
             'is asked again. What changes in the store of this gateway counts at once; what '
             'changes in a cloud that only its driver knows counts after this time.'),
    cfg.BoolOpt('allow_rescope_scoped_token', default=True,
                help='Whether a token that has a scope may be exchanged for one with another.'),
]


IMAGE_OPTS: list[cfg.Opt] = [
    cfg.StrOpt('data_dir',
               help='Folder of the files of images. Unset: images in state_dir. Hosts that share '
                    'a database share it too.'),
    cfg.ListOpt('stores', default=['file'],
                help='Names of the stores that the data of images may be in, the default one '
                     'first. Each is a folder of that name in data_dir.'),
    cfg.IntOpt('size_limit', default=1024 ** 4, min=1,
               help='Most bytes that the data of an image may have.'),
    cfg.BoolOpt('require_format_match', default=True,
                help='Refuse data that is not of the disk_format which its image claims.'),
    cfg.IntOpt('member_quota', default=128,
               help='With how many projects an image may be shared. Negative: any number.'),
    cfg.IntOpt('property_quota', default=128,
               help='How many properties an image may have. Negative: any number.'),
    cfg.IntOpt('tag_quota', default=128,
               help='How many tags an image may have. Negative: any number.'),
    cfg.IntOpt('default_limit', default=25, min=1,
               help='How many entries a list has where the client sets no limit.'),
    cfg.IntOpt('max_limit', default=1000, min=1,
               help='How many entries a list has at most.'),
    cfg.ListOpt('import_methods', default=['glance-direct', 'copy-image'],
                item_type=types.String(choices=['glance-direct', 'copy-image', 'web-download']),
                help='Ways in which data may be imported: what was staged (glance-direct), from '
                     'one store to others (copy-image), or fetched from a URL by the gateway '
                     'itself (web-download), which is off unless named here.'),
    cfg.ListOpt('web_download_ports', default=[80, 443], item_type=types.Port(),
                help='Ports that web-download may connect to.'),
    cfg.ListOpt('web_download_hosts', default=[],
                help='Hosts that web-download may connect to. Unset: any whose address is public. '
                     'Hosts of private networks are reached only if they are named here.'),
]


def _service_opts(name: str) -> list[cfg.Opt]:
    sandbox = f'jumpgate.{name}.drivers.sandbox'
    default = sandbox if name in _SANDBOXES else ''
    return [
        cfg.StrOpt(
            'driver', default=default,
            help='Module that answers this service: any importable one that has setup_routes(app, '
                 f'disp). {sandbox} is the embedded cloud, jumpgate.{name}.drivers.openstack '
                 'passes everything through to a real OpenStack. Empty: the service is off.'),
        cfg.BoolOpt(
            'upstream', default=False,
            help='Pass on to the real OpenStack of the [openstack] group what the driver does not '
                 f'answer. Setting {name}_endpoint there does the same.'),
    ]


SERVICE_OPTS = {name: _service_opts(name) for name in SERVICES}
SERVICE_OPTS['image'] += IMAGE_OPTS
SERVICE_OPTS['identity'] += IDENTITY_OPTS

CACHE_OPTS = [
    cfg.StrOpt(
        'backend', default='jumpgate.memory',
        help='dogpile.cache backend for what is remembered, such as dogpile.cache.pymemcache or '
             'dogpile.cache.redis, which all workers share. jumpgate.memory: each worker for '
             'itself.'),
    cfg.MultiStrOpt(
        'backend_argument', default=[],
        help='Arguments of the backend, each as name:value, such as url:127.0.0.1:11211.'),
]

GROUPS: dict[str, list[cfg.Opt]] = {
    'DEFAULT': DEFAULT_OPTS,
    'server': SERVER_OPTS,
    'api': API_OPTS,
    'database': DATABASE_OPTS,
    'openstack': OPENSTACK_OPTS,
    'fernet_tokens': FERNET_OPTS,
    'token': TOKEN_OPTS,
    'security_compliance': SECURITY_OPTS,
    'cache': CACHE_OPTS,
    **SERVICE_OPTS,
}


def list_opts() -> Iterator[tuple[str, list[cfg.Opt]]]:
    """All options by group, as oslo.config's sample generator wants them."""
    yield from GROUPS.items()


def config_folders() -> list[Path]:
    """Where configuration files are looked for, the nearest first."""
    checkout = Path(__file__).resolve().parent.parent / 'etc'
    installed = Path(sys.prefix) / 'etc' / 'jumpgate'
    return [folder for folder in (installed, Path('/etc/jumpgate'), checkout) if folder.is_dir()]


def find_config_file(given: str | None = None) -> str | None:
    """The configuration file to read: the given one, ``$JUMPGATE_CONFIG``, or an installed one.

    :raises cfg.ConfigFilesNotFoundError: if one is named that is not there
    """
    named = given or os.environ.get('JUMPGATE_CONFIG')
    if named:
        if not os.path.isfile(named):
            raise cfg.ConfigFilesNotFoundError([named])
        return os.path.abspath(named)
    for candidate in (Path('jumpgate.conf'), Path('/etc/jumpgate/jumpgate.conf')):
        if candidate.is_file():
            return str(candidate.resolve())
    return None


def load(config_file: str | None = None) -> cfg.ConfigOpts:
    """Read the configuration; environment variables ``OS_<GROUP>__<OPTION>`` win over the file.

    :param config_file: None: as `find_config_file` finds it; '' : no file at all
    """
    conf = cfg.ConfigOpts()
    log.register_options(conf)
    for group, options in list_opts():
        conf.register_opts(options, group=None if group == 'DEFAULT' else group)
    found = find_config_file(config_file) if config_file != '' else None
    conf([], project='jumpgate', default_config_files=[found] if found else [],
         default_config_dirs=[])
    return conf


def escaped(value: str) -> str:
    """A value as it has to be written where the configuration is read from: oslo.config takes
    ``$name`` for the value of another option.
    """
    return value.replace('$', '$$')


def find_paste_config(conf: cfg.ConfigOpts, given: str | None = None) -> str:
    """The Paste Deploy file to load.

    :raises FileNotFoundError: naming the folders that were searched
    """
    name = given or conf.paste_config
    beside = [Path(path).resolve().parent for path in conf.default_config_files or []]
    folders = [Path('.'), *beside, *config_folders()]
    for folder in folders if not os.path.isabs(name) else [Path('/')]:
        if (folder / name).is_file():
            return str((folder / name).resolve())
    searched = ', '.join(str(folder) for folder in folders)
    raise FileNotFoundError(f'the Paste Deploy file {name} was not found in {searched}; set '
                            'paste_config in jumpgate.conf or pass --paste-config')
