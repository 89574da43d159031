"""The documents that say which versions are served where."""
from __future__ import annotations

from typing import Any

from jumpgate.common import errors
from jumpgate.common.controller import Call, Reply, operation

_MEDIA = 'application/vnd.openstack.identity-{}+json'
_JSON_HOME = 'application/json-home'


@operation('list_versions', needs=(), code=300, public=True)
def index(call: Call) -> Reply:
    """List API versions."""
    if _wants_json_home(call):
        return _json_home(call)
    v3 = _v3(call)
    values = [v3]
    if call.app.config.identity.v2_api:
        values.append(_v2(call))
    return Reply({'versions': {'values': values}},
                 headers=[('Location', v3['links'][0]['href']), ('Vary', 'Accept')])


@operation('show_v3', needs=(), public=True)
def show_v3(call: Call) -> Reply:
    """Show v3 version or JSON home."""
    if _wants_json_home(call):
        return _json_home(call)
    return Reply({'version': _v3(call)}, headers=[('Vary', 'Accept')])


@operation('show_v2', needs=(), public=True)
def show_v2(call: Call) -> dict[str, Any]:
    """Show v2.0 version."""
    if not call.app.config.identity.v2_api:
        raise errors.NotFound()
    return {'version': _v2(call)}


def _v3(call: Call) -> dict[str, Any]:
    return {
        'id': 'v3.14', 'status': 'stable', 'updated': '2020-04-07T00:00:00Z',
        'links': [{'rel': 'self', 'href': _base(call) + '/v3/'}],
        'media-types': [{'base': 'application/json', 'type': _MEDIA.format('v3')}],
    }


def _v2(call: Call) -> dict[str, Any]:
    return {
        'id': 'v2.0', 'status': 'deprecated', 'updated': '2016-08-04T00:00:00Z',
        'links': [
            {'rel': 'self', 'href': _base(call) + '/v2.0/'},
            {'rel': 'describedby', 'type': 'text/html', 'href': 'https://docs.openstack.org/'},
        ],
        'media-types': [{'base': 'application/json', 'type': _MEDIA.format('v2.0')}],
    }


def _base(call: Call) -> str:
    return call.prefix('')


def _wants_json_home(call: Call) -> bool:
    return _JSON_HOME in call.environ.get('HTTP_ACCEPT', '')


def _json_home(call: Call) -> Reply:
    """Every resource by its relation: a template of its path, and the variables in it."""
    resources = {}
    root = 'https://docs.openstack.org/api/openstack-identity/3'
    for row in call.dispatcher.service.map:
        endpoint = row.endpoint
        if '/v3' not in row.group.roots or endpoint.status != 'current' or not endpoint.path:
            continue
        name = endpoint.name.removeprefix('v3_')
        path = '/v3' + endpoint.path
        if endpoint.variables:
            entry: dict[str, Any] = {
                'href-template': path,
                'href-vars': {variable: f'{root}/param/{variable}'
                              for variable in endpoint.variables}}
        else:
            entry = {'href': path}
        resources[f'{root}/rel/{name}'] = entry
    return Reply({'resources': resources}, code=200, content_type=_JSON_HOME)
