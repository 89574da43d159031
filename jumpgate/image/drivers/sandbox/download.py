"""Fetching data from elsewhere: only from where the operator lets it, so that nobody reaches the
gateway's own network through it.
"""
from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

from oslo_config import cfg

from jumpgate.common import errors

_PORTS = {'http': 80, 'https': 443}
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


def check(conf: cfg.ConfigOpts, uri: str) -> SplitResult:
    """The parts of a URI that may be fetched.

    :raises Invalid: for any other
    """
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        raise refused(uri) from None
    options = conf.image
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise refused(uri)
    if (port or _PORTS[parts.scheme]) not in options.web_download_ports:
        raise refused(uri)
    if options.web_download_hosts and parts.hostname not in options.web_download_hosts:
        raise refused(uri)
    return parts


@contextlib.contextmanager
def opened(conf: cfg.ConfigOpts, uri: str) -> Iterator[Any]:
    """Something to read the bytes at a URI from.

    :raises Invalid: if it may not be fetched
    :raises BadGateway: if it cannot be
    """
    for _ in range(_MOST_REDIRECTS):
        parts = check(conf, uri)
        connection = _connect(conf, parts)
        try:
            path = parts.path or '/'
            connection.request('GET', f'{path}?{parts.query}' if parts.query else path,
                               headers={'User-Agent': 'jumpgate'})
            response = connection.getresponse()
            if response.status in _REDIRECTS and response.headers.get('Location'):
                uri = response.headers['Location']
                continue
            if response.status != 200:
                raise errors.BadGateway(f'{uri} answered {response.status}.')
            yield response
            return
        except (OSError, http.client.HTTPException) as error:
            raise errors.BadGateway(f'{uri} could not be read: {error}') from error
        finally:
            connection.close()
    raise errors.BadGateway(f'{uri} redirects too often.')


def _connect(conf: cfg.ConfigOpts, parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the very address that was checked: a name may change its meaning."""
    host, port = parts.hostname or '', parts.port or _PORTS[parts.scheme]
    try:
        address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
        is_local = not ipaddress.ip_address(address).is_global
    except (OSError, ValueError, UnicodeError) as error:
        raise errors.BadGateway(f'The host {host} was not found.') from error
    if is_local and host not in conf.image.web_download_hosts:
        raise refused(parts.geturl())
    raw = socket.create_connection((address, port), timeout=60)
    if parts.scheme == 'https':
        raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = raw
    return connection


def refused(uri: str) -> errors.Invalid:
    """The words of the real service for a URI that may not be fetched."""
    return errors.Invalid(f'URI for web-download does not pass filtering: {uri}')
