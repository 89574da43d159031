"""What of an answer leads through the gateway: which rows are rewritten, and how each is."""
from __future__ import annotations

import enum
import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jumpgate.common import errors, http
from jumpgate.common.http import Environ
from jumpgate.common.passthrough import catalog, documents
from jumpgate.common.passthrough.cloud import MAX_DOCUMENT, OpenStack
from jumpgate.common.passthrough.response import Response
from jumpgate.common.passthrough.window import Window
from jumpgate.common.service import Service

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate
    from jumpgate.common.match import Match


class Kind(enum.Enum):
    """How the body of an answer is treated."""

    UNTOUCHED = 'handed through as it is'
    LINKS = 'a collection: links are rewritten as it flows by'
    CATALOG = 'a token or catalog: parsed'
    VERSIONS = 'a version document: parsed'


#: What keystonemiddleware challenges with: ``Keystone uri="http://keystone:5000"``.
_KEYSTONE_URI = re.compile(r'''(\bKeystone uri=["'])[^"']*(["'])''')
#: Rows of identity whose replies carry a catalog, beside those that carry a new token.
_CATALOGS = frozenset((
    'v3_auth_tokens', 'v3_auth_catalog', 'v3_ec2tokens', 'v3_s3tokens', 'v2_tokens', 'v2_token',
    'v2_token_endpoints', 'v2_ec2tokens', 'v2_s3tokens'))


def kind_of(service: Service, match: Match, verb: str, path: str) -> Kind:
    """How the answer to a request will be treated, as far as can be told before it comes.

    :param path: the raw one below the mount
    """
    if verb in ('GET', 'HEAD') and len(path) < 20 and documents.PATH.match(path):
        return Kind.VERSIONS
    if match.endpoint is None:
        return Kind.LINKS if verb in ('GET', 'HEAD') else Kind.UNTOUCHED
    return _kind_of_row(service.name, match.endpoint.name, match.endpoint.path, verb)


@functools.lru_cache(maxsize=4096)
def _kind_of_row(service: str, name: str, path: str, verb: str) -> Kind:
    if service == 'identity' and name in _CATALOGS and verb != 'DELETE':
        return Kind.CATALOG
    # a collection ends in a word, one of its members in a variable; files and the like do too,
    # but they are no JSON
    if verb in ('GET', 'HEAD') and not path.endswith('}'):
        return Kind.LINKS
    return Kind.UNTOUCHED


class Rewriter:
    """Rewrites the answers of one service's upstream."""

    def __init__(self, app: Jumpgate, service: Service, cloud: OpenStack) -> None:
        self._app = app
        self._service = service
        self._cloud = cloud

    def body(self, environ: Environ, kind: Kind, response: Response,
             also: Mapping[str, str]) -> Iterable[bytes] | bytes | None:
        """The rewritten body: whole, or as it comes; None where it stays as it is.

        :param also: below the service's root, what else differs: their path → ours
        :raises errors.BadGateway: for a document that is too big to be one
        """
        if kind is Kind.UNTOUCHED and response.get('x-subject-token') is not None:
            kind = Kind.CATALOG
        if (kind is Kind.UNTOUCHED or response.status >= 400 or response.length == 0
                or response.get('content-encoding')
                or 'json' not in (response.get('content-type') or '')):
            return None
        if kind is Kind.LINKS:
            return self._links(environ, response, also)
        data = response.read(MAX_DOCUMENT)
        if data is None:
            raise errors.BadGateway()
        try:
            document = json.loads(data)
        except ValueError:
            return data
        if kind is Kind.CATALOG:
            self._catalog(environ, document)
        else:
            documents.rewrite_links(document, self._base_url(environ),
                                    lambda url: self.known(environ, url))
        return http.dumps(document)

    def location(self, environ: Environ, url: str, also: Mapping[str, str]) -> str:
        """A ``Location``: the gateway's URL where it leads to the upstream, else as it is."""
        if url.startswith('/') and not url.startswith('//'):
            address = self._cloud.directory.address(self._service.name)
            url = address.url.removesuffix(address.path) + url
        return self.known(environ, url, also) or url

    def known(self, environ: Environ, url: str,
              also: Mapping[str, str] | None = None) -> str | None:
        """The gateway's URL for one of the upstream's; None for any other."""
        for theirs, ours in self._replacements(environ, also or {}).items():
            if _leads_below(url, theirs):
                return ours + url[len(theirs):]
        for name in self._passed():
            for root in self._cloud.directory.roots(name):
                if _leads_below(url, root):
                    return self._app.base_url(environ, name) + url[len(root):]
        return None

    def challenge(self, environ: Environ, value: str) -> str:
        """A ``WWW-Authenticate``, which says where tokens are to be had."""
        if 'identity' not in self._app.services:
            return value
        return _KEYSTONE_URI.sub(
            lambda found: found[1] + self._app.base_url(environ, 'identity') + found[2], value)

    def _links(self, environ: Environ, response: Response,
               also: Mapping[str, str]) -> Iterable[bytes] | bytes:
        window = Window(self._replacements(environ, also))
        if response.is_small:
            return window.whole(response.load())
        return window.stream(response.pieces())

    def _catalog(self, environ: Environ, document: Any) -> None:
        directory = self._cloud.directory
        directory.learn(document)
        catalog.Rewriter(
            self._app.services, self._passed(), directory.roots,
            lambda name: self._app.base_url(environ, name), self._cloud.region,
            self._app.config.region).rewrite(document)

    def _replacements(self, environ: Environ, also: Mapping[str, str]) -> dict[str, str]:
        base = self._base_url(environ)
        roots = self._cloud.directory.roots(self._service.name)
        found = {root + theirs: base + ours for theirs, ours in also.items() for root in roots}
        found.update((root, base) for root in roots)
        return found

    def _passed(self) -> frozenset[str]:
        """The services whose URLs keep the upstream's form: no driver of ours has them."""
        return frozenset(name for name in self._app.services
                         if self._app.upstream(name) is not None
                         and self._app.get_driver(name) is None)

    def _base_url(self, environ: Environ) -> str:
        return self._app.base_url(environ, self._service.name)


def _leads_below(url: str, root: str) -> bool:
    return url.startswith(root) and url[len(root):len(root) + 1] in ('', '/', '?', '#')
