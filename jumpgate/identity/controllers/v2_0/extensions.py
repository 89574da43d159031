"""The extensions of v2.0, which are data."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call
from jumpgate.identity.legacy import legacy

_EXTENSIONS = {
    'OS-KSADM': ('OpenStack Keystone Admin', 'Tenants, users and roles can be managed.'),
    'OS-KSCRUD': ('OpenStack Keystone User CRUD', 'Users can change their own password.'),
    'OS-KSVALIDATE': ('OpenStack Keystone Token Validation',
                      'Tokens can be validated without being part of a URL.'),
}


def _shown(alias: str) -> dict[str, Any]:
    name, description = _EXTENSIONS[alias]
    return {'alias': alias, 'name': name, 'description': description, 'links': [],
            'namespace': f'https://docs.openstack.org/identity/api/ext/{alias}/v1.0',
            'updated': '2013-07-11T17:14:00-00:00'}


@legacy('list_extensions', needs=(), public=True)
def index(call: Call) -> dict[str, Any]:
    """List extensions."""
    return {'extensions': {'values': [_shown(alias) for alias in _EXTENSIONS]}}


@legacy('get_extension', needs=(), public=True)
def show(call: Call, alias: str) -> dict[str, Any]:
    """Show extension."""
    if alias not in _EXTENSIONS:
        raise errors.NotFound(f'Could not find extension: {alias}.')
    return {'extension': _shown(alias)}
