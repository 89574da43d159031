"""A catalog in a file, in the form of the original's ``identity.templates``.

    catalog.RegionOne.compute.publicURL = http://host:5000/compute/v2.1
    catalog.RegionOne.compute.name = Compute Service
"""
from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from oslo_config import cfg

from jumpgate.common import errors
from jumpgate.identity import catalog
from jumpgate.identity.catalog import CatalogEndpoint, CatalogService

_LINE = re.compile(r'^catalog\.([^.\s]+)\.([^.\s]+)\.(name|publicURL|internalURL|adminURL)\s*=\s*'
                   r'(.*?)\s*$')

#: (region, type) → what its lines say.
_Entries = Mapping[tuple[str, str], Mapping[str, str]]


def load(conf: cfg.ConfigOpts, values: Mapping[str, str | None]) -> tuple[CatalogService, ...]:
    """The catalog of the configured file; what names a value that there is not is left out.

    :raises CloudUnavailable: if the file cannot be read or understood
    """
    path = _path(conf)
    try:
        entries = _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise errors.CloudUnavailable(f'The catalog {path.name} cannot be read.') from error
    services: dict[str, CatalogService] = {}
    for (region, kind), entry in entries.items():
        known = services.get(kind)
        services[kind] = CatalogService(
            id=catalog.stable_id(kind), type=kind,
            name=entry.get('name') or (known.name if known else kind),
            endpoints=(known.endpoints if known else ()) + _endpoints(region, kind, entry, values))
    return tuple(services.values())


def _path(conf: cfg.ConfigOpts) -> Path:
    """The file; a relative name is looked for beside the configuration file."""
    name = Path(conf.identity.catalog_template)
    for config_file in conf.default_config_files or ():
        beside = Path(config_file).parent / name
        if beside.is_file():
            return beside
    return name


@functools.lru_cache(maxsize=4)
def _read(path: Path, _changed_at: int) -> _Entries:
    """:raises ValueError: naming a line that is none of a catalog"""
    entries: dict[tuple[str, str], dict[str, str]] = {}
    for number, line in enumerate(path.read_text('utf-8').splitlines(), 1):
        if not line.strip() or line.lstrip().startswith('#'):
            continue
        found = _LINE.match(line)
        if found is None:
            raise ValueError(f'{path}, line {number}: not a line of a catalog')
        entries.setdefault((found[1], found[2]), {})[found[3]] = found[4]
    return entries


def _endpoints(region: str, kind: str, entry: Mapping[str, str],
               values: Mapping[str, str | None]) -> tuple[CatalogEndpoint, ...]:
    found = []
    for interface in catalog.INTERFACES:
        url = catalog.substitute(entry.get(f'{interface}URL', ''), values)
        if url:
            found.append(CatalogEndpoint(id=catalog.stable_id(kind, region, interface),
                                         interface=interface, region=region, url=url))
    return tuple(found)
