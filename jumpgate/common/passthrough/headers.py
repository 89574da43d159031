"""Which headers cross the gateway, each way."""
from __future__ import annotations

import functools
from collections.abc import Iterable

from jumpgate.common.http import Environ, Headers

#: Headers of one connection, not of the message (RFC 9110, section 7.6.1, and older ones).
HOP_BY_HOP = frozenset((
    'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection',
    'te', 'trailer', 'transfer-encoding', 'upgrade'))

#: Written by us for the connection to the upstream, or only meant for us. The upstream would
#: build links from X-Forwarded-Host and its kin that do not know of our mounts.
_OURS = frozenset((
    'host', 'content-length', 'content-type', 'expect', 'forwarded', 'x-forwarded-for',
    'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-prefix', 'x-forwarded-proto',
    'x-forwarded-server'))

#: What keystonemiddleware tells the application behind it: whoever may send these is believed.
_IDENTITY = frozenset(
    {'x-identity-status', 'x-service-identity-status', 'x-is-admin-project',
     'openstack-system-scope', 'x-service-catalog', 'x-role', 'x-user', 'x-tenant', 'x-tenant-id',
     'x-tenant-name', 'x-roles', 'x-service-roles'}
    | {f'x{service}-{what}-{form}'
       for service in ('', '-service')
       for what in ('domain', 'project', 'project-domain', 'user', 'user-domain')
       for form in ('id', 'name')})


@functools.lru_cache(maxsize=512)
def _name(key: str) -> str | None:
    """The header behind a WSGI key, such as ``HTTP_X_AUTH_TOKEN``; None for one that stays here."""
    if not key.startswith('HTTP_'):
        return None
    name = key[5:].replace('_', '-').lower()
    if name in HOP_BY_HOP or name in _OURS or name in _IDENTITY:
        return None
    return '-'.join(word.capitalize() for word in name.split('-'))


def forwarded(environ: Environ, without: Iterable[str] = ()) -> Headers:
    """The headers of a request that go on to the upstream.

    :param without: names in lower case that are left out beside the usual ones
    """
    left_out = set(without)
    connection = environ.get('HTTP_CONNECTION')
    if connection and connection.lower() not in ('keep-alive', 'close'):
        left_out.update(option.strip().lower() for option in connection.split(','))
    headers: Headers = []
    for key, value in environ.items():
        name = _name(key)
        if name is None or (left_out and name.lower() in left_out):
            continue
        if ',' in value:
            headers.extend((name, one) for one in _repeated(environ, name, value))
        else:
            headers.append((name, value))
    content_type = environ.get('CONTENT_TYPE')
    if content_type and _was_sent(environ, 'content-type'):
        headers.append(('Content-Type', content_type))
    request_id = environ.get('openstack.request_id')
    if request_id and 'HTTP_X_OPENSTACK_REQUEST_ID' not in environ:
        # the upstream logs it as the global id, beside its own
        headers.append(('X-OpenStack-Request-ID', request_id))
    headers.append(('X-Forwarded-For', _hops(environ)))
    return headers


def returned(headers: Headers, connection: str | None, without: frozenset[str]) -> Headers:
    """The headers of an answer that go back to the client, in their order.

    :param connection: the answer's own Connection header
    :param without: names in lower case that are left out beside the usual ones
    """
    dropped = HOP_BY_HOP.union(without)
    if connection:
        dropped = dropped.union(option.strip().lower() for option in connection.split(','))
    return [header for header in headers if header[0].lower() not in dropped]


def _repeated(environ: Environ, name: str, value: str) -> list[str]:
    """The values that the server joined with commas, one by one where it also kept them raw."""
    lowered = name.lower()
    raw = [one for header, one in environ.get('headers_raw', ()) if header.lower() == lowered]
    return raw if len(raw) > 1 and ','.join(raw) == value else [value]


def _was_sent(environ: Environ, lowered: str) -> bool:
    """Whether the client sent this header; eventlet makes up a content type where there is none."""
    raw = environ.get('headers_raw')
    return raw is None or any(name.lower() == lowered for name, _ in raw)


def _hops(environ: Environ) -> str:
    client = environ.get('REMOTE_ADDR') or 'unknown'
    before = environ.get('HTTP_X_FORWARDED_FOR')
    return f'{before}, {client}' if before else client
