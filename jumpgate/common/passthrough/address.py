"""Where a service of the real OpenStack is: its root URL, taken apart."""
from __future__ import annotations

import dataclasses
import re
from urllib.parse import urlsplit

_PORTS = {'http': 80, 'https': 443}
_VERSION = re.compile(r'v\d+(\.\d+)?$')


@dataclasses.dataclass(frozen=True, slots=True)
class Address:
    """The root of one service, that is, without an API version.

    :param path: what precedes the version, such as ``/volume``; ``''`` for nothing
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What a ``Host`` header says; the scheme's own port is left out."""
        host = f'[{self.host}]' if ':' in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f'{host}:{self.port}'

    @property
    def origin(self) -> tuple[str, str, int]:
        """What connections are shared by."""
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        return f'{self.scheme}://{self.authority}{self.path}'

    @classmethod
    def parse(cls, url: str) -> Address:
        """Take a URL of a service apart, be it versioned, as catalogs give them, or not.

        >>> Address.parse('http://cloud:8776/v3/$(project_id)s').url
        'http://cloud:8776'

        :raises ValueError: with a sentence, for what is no http or https URL
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port
        except ValueError as error:
            raise ValueError(f'{url!r} is not a URL: {error}') from None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(f'{url!r} is not an http or https URL')
        if parts.username or parts.query or parts.fragment:
            raise ValueError(f'{url!r} holds a user, a query or a fragment, which a root has not')
        return cls(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], _root(parts.path))


def _root(path: str) -> str:
    kept: list[str] = []
    for segment in path.strip('/').split('/'):
        if not segment or _VERSION.match(segment) or '(' in segment or '%' in segment:
            break
        kept.append(segment)
    return ''.join(f'/{segment}' for segment in kept)


def split(url: str) -> tuple[str, str]:
    """A URL of a service as its root and the rest.

    >>> split('http://cloud/volume/v3/6f0c')
    ('http://cloud/volume', '/v3/6f0c')
    """
    scheme, mark, rest = url.partition('://')
    authority, slash, path = rest.partition('/')
    path = slash + path
    root = _root(path.partition('?')[0])
    if not path.startswith(root):
        root = ''
    cut = len(scheme) + len(mark) + len(authority) + len(root)
    return url[:cut], url[cut:]
