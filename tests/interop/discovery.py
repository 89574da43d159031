"""What tempest.conf has to say about a cloud, found out by asking it.

Tempest's own defaults suit a DevStack. Where a feature is there and the option says otherwise,
tests are skipped without need; where it is not there and the option is left alone, they fail.
`tempest.conf` beside this module has what needs no asking.
"""
from __future__ import annotations

import configparser
import pathlib
from collections.abc import Mapping
from typing import Any

from tests.interop.cloud import Cloud

Options = dict[str, dict[str, Any]]

_FIXED = pathlib.Path(__file__).with_name('tempest.conf')
#: Service → Tempest's name for it in [service_available].
_PROJECTS = {'compute': 'nova', 'image': 'glance', 'network': 'neutron', 'volume': 'cinder',
             'object_storage': 'swift'}
_SECTIONS = {'object_storage': 'object-storage'}


def discover(cloud: Cloud) -> Options:
    """Section → option → value, of all that depends on the cloud."""
    found = _login(cloud)
    found['service_available'] = {
        project: cloud.catalog_type(service) is not None for service, project in _PROJECTS.items()}
    _merge(found, _identity(cloud))
    for service, ask in (('image', _image), ('compute', _compute), ('volume', _volume),
                         ('network', _network)):
        if cloud.catalog_type(service):
            section = _SECTIONS.get(service, service)
            # the default of Tempest's [volume] is block-storage, which not every catalog has
            found.setdefault(section, {}).update(
                catalog_type=cloud.catalog_type(service), region=cloud.region)
            _merge(found, ask(cloud))
    return found


def write(path: pathlib.Path, *layers: Mapping[str, Mapping[str, Any]]) -> None:
    """Write a configuration file for its owner only; later layers win over earlier ones."""
    text = configparser.RawConfigParser()
    for layer in ({}, *layers):
        text.read_dict({section: {name: _text(value) for name, value in options.items()}
                        for section, options in layer.items()})
    path.touch(mode=0o600)
    with path.open('w') as file:
        text.write(file)


def fixed() -> Options:
    """The options that need no asking."""
    text = configparser.RawConfigParser()
    text.read(_FIXED)
    return {section: dict(text[section]) for section in text.sections()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ','.join(map(str, value))
    return str(value)


def _merge(into: Options, more: Options) -> None:
    for section, options in more.items():
        into.setdefault(section, {}).update(options)


def _login(cloud: Cloud) -> Options:
    access = cloud.access
    return {
        'auth': {
            'admin_username': access.username,
            # $ begins a reference to another option
            'admin_password': cloud.login['OS_PASSWORD'].replace('$', '$$'),
            'admin_project_name': access.project_name,
            'admin_domain_name': access.user_domain_name,
            'admin_user_domain_name': access.user_domain_name,
            'admin_project_domain_name': access.project_domain_name,
            # where projects and users of the tests are made
            'default_credentials_domain_name': access.project_domain_name,
        },
        'identity': {
            'uri_v3': cloud.auth_url,
            'region': cloud.region,
            'default_domain_id': access.project_domain_id,
        },
    }


def _identity(cloud: Cloud) -> Options:
    def there(path: str) -> bool:
        return cloud.send('GET', cloud.url('identity') + path)[0] not in (0, 404, 405, 501)
    return {'identity-feature-enabled': {
        'trust': there('/OS-TRUST/trusts'),
        'access_rules': there(f'/users/{cloud.access.user_id}/access_rules'),
    }}


def _image(cloud: Cloud) -> Options:
    url = cloud.url('image', '/v2')
    images = _usable_images(cloud, url)
    one = images[0]['id'] if images else None
    methods = (cloud.ask(f'{url}/info/import', 'import-methods') or {}).get('value')
    stores = cloud.ask(f'{url}/info/stores', 'stores') or []
    schema = cloud.ask(f'{url}/schemas/image', 'properties') or {}
    return {
        'compute': {name: image['id'] for name, image in zip(
            ('image_ref', 'image_ref_alt'), images * 2, strict=False)},
        'image': {f'{kind}s': [name for name in schema[kind]['enum'] if name]
                  for kind in ('container_format', 'disk_format') if kind in schema},
        'image-feature-enabled': {
            'import_image': bool(methods),
            'store_weight_enabled': any('weight' in store for store in stores),
            'manage_locations': bool(one and cloud.ask(f'{url}/images/{one}', 'locations')
                                     is not None),
            'image_format_enforcement': _refuses_other_formats(cloud, url),
        },
    }


def _usable_images(cloud: Cloud, url: str) -> list[dict[str, Any]]:
    """Two images to boot from, small public ones first."""
    images = [image for image in cloud.ask(f'{url}/images?limit=1000', 'images') or []
              if image['status'] == 'active' and image['container_format'] not in ('aki', 'ari')]
    images.sort(key=lambda image: (image['visibility'] != 'public', image['size'] or 0,
                                   image['id']))
    return images[:2]


def _refuses_other_formats(cloud: Cloud, url: str) -> bool:
    """Whether data must be what its image's disk_format says.

    Where it must, Tempest skips the tests that list images of all formats, as it sends noise.
    """
    status, image = cloud.send('POST', f'{url}/images', json={
        'name': 'interop-probe', 'container_format': 'bare', 'disk_format': 'qcow2'})
    if status != 201:
        return True
    status, _ = cloud.send('PUT', f'{url}/images/{image["id"]}/file', data=b'noise' * 400,
                           headers={'Content-Type': 'application/octet-stream'})
    cloud.send('DELETE', f'{url}/images/{image["id"]}')
    return status != 204


def _compute(cloud: Cloud) -> Options:
    url = cloud.url('compute')
    found: dict[str, Any] = {}
    flavors = _two_flavors(cloud.ask(f'{url}/flavors/detail', 'flavors') or [])
    found.update((name, flavor['id']) for name, flavor in zip(
        ('flavor_ref', 'flavor_ref_alt'), flavors * 2, strict=False))
    versions = cloud.microversions('compute', '/v2.1')
    if versions:
        # without it every test of a microversion is skipped
        found['max_microversion'] = versions[1]
    hosts = cloud.ask(f'{url}/os-hypervisors/detail', 'hypervisors') or []
    found['min_compute_nodes'] = max(1, len(hosts))
    if hosts:
        found['hypervisor_type'] = hosts[0]['hypervisor_type']
    return {'compute': found}


def _two_flavors(flavors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The smallest flavor with a disk, and the next one, which a resize goes to."""
    usable = sorted((flavor for flavor in flavors if flavor['disk']),
                    key=lambda flavor: (flavor['ram'], flavor['disk'], flavor['id']))
    # a resize to a smaller disk is refused
    return usable[:1] + [flavor for flavor in usable[1:]
                         if flavor['disk'] >= usable[0]['disk']][:1]


def _volume(cloud: Cloud) -> Options:
    url = cloud.url('volume')
    found: dict[str, Any] = {}
    versions = cloud.microversions('volume', '/v3')
    if versions:
        found['max_microversion'] = versions[1]
    default = cloud.ask(f'{url}/types/default', 'volume_type')
    if default:
        found['volume_type'] = default['name']
    pools = cloud.ask(f'{url}/scheduler-stats/get_pools?detail=true', 'pools') or []
    if pools:
        abilities = pools[0].get('capabilities', {})
        found.update((name, abilities[name]) for name in ('storage_protocol', 'vendor_name')
                     if abilities.get(name))
    shared = [kind['name'] for kind in cloud.ask(f'{url}/types', 'volume_types') or []
              if kind.get('extra_specs', {}).get('multiattach') == '<is> True']
    if shared:
        found['volume_type_multiattach'] = shared[0]
    backup = any(one['binary'] == 'cinder-backup' and one['state'] == 'up'
                 for one in cloud.ask(f'{url}/os-services', 'services') or [])
    return {'volume': found, 'volume-feature-enabled': {'backup': backup},
            'compute-feature-enabled': {'volume_multiattach': bool(shared)}}


def _network(cloud: Cloud) -> Options:
    url = cloud.url('network', '/v2.0')
    networks = cloud.ask(f'{url}/networks', 'networks') or []
    names = sorted(one['alias'] for one in cloud.ask(f'{url}/extensions', 'extensions') or [])
    outer = sorted((one for one in networks if one.get('router:external') and one['subnets']),
                   key=lambda one: (one['name'] != 'public', one['id']))
    shared = sorted(one['name'] for one in networks
                    if one['shared'] and not one.get('router:external'))
    found: Options = {'network-feature-enabled': {
        'api_extensions': names, 'port_security': 'port-security' in names,
        'floating_ips': bool(outer) and 'router' in names}}
    if outer:
        found['network'] = {'public_network_id': outer[0]['id'],
                            'floating_network_name': outer[0]['name']}
    if shared:
        # with several shared networks, a server that names none is ambiguous
        found['compute'] = {'fixed_network_name': shared[0]}
    return found
