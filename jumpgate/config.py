"""Every option of the gateway, with its help text; the sample configuration is made from it."""
from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from oslo_config import cfg

#: The services that the gateway can serve, by our names.
SERVICES = ('identity', 'compute', 'image', 'volume', 'network', 'baremetal')

#: Services that have an embedded cloud, which answers where no driver is named.
_SANDBOXES = ('identity',)


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

SERVER_OPTS: list[cfg.Opt] = [
    cfg.HostAddressOpt('host', default='127.0.0.1', help='Address to listen on.'),
    cfg.PortOpt('port', default=5000, help='Port to listen on.'),
    cfg.BoolOpt(
        'per_service_ports', default=False,
        help="Serve each service on OpenStack's own port (5000, 8774, 9292, 8776, 9696, 6385) "
             'instead of all below one URL.'),
]

OPENSTACK_OPTS: list[cfg.Opt] = [
    cfg.URIOpt(
        f'{name}_endpoint', schemes=['http', 'https'],
        help=f'URL of the real {name} service, without a version, such as '
             f'https://cloud.example.com/{name}. Unset: taken from the catalog of that OpenStack.')
    for name in SERVICES
]

DATABASE_OPTS: list[cfg.Opt] = [
    cfg.StrOpt(
        'connection', secret=True,
        help='SQLAlchemy URL of the database. Unset: SQLite, in the file jumpgate.sqlite of '
             'state_dir. Examples: postgresql+psycopg2://user:password@host/jumpgate, '
             'mysql+pymysql://user:password@host/jumpgate.'),
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

GROUPS: dict[str, list[cfg.Opt]] = {
    'DEFAULT': DEFAULT_OPTS,
    'server': SERVER_OPTS,
    'api': API_OPTS,
    'database': DATABASE_OPTS,
    'openstack': OPENSTACK_OPTS,
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
    for group, options in list_opts():
        conf.register_opts(options, group=None if group == 'DEFAULT' else group)
    found = find_config_file(config_file) if config_file != '' else None
    conf([], project='jumpgate', default_config_files=[found] if found else [],
         default_config_dirs=[])
    return conf


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
