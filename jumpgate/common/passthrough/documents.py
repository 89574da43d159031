"""Version documents: their links lead through the gateway."""
from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jumpgate.common.passthrough.address import split

#: Where the services have them: the root, a version, Glance's and Ironic's lists.
PATH = re.compile(r'/(?:v\d+(?:\.\d+)?)?/?$|/(?:v\d+/)?versions/?$')
_RELATIONS = ('self', 'bookmark')


def rewrite_links(document: Any, base: str, known: Callable[[str], str | None]) -> None:
    """Change the links of a version document.

    A service may know itself by a URL that nobody told us (its ``public_endpoint``), so what
    calls itself *self* is taken for the service in any case.

    :param base: the URL of the service's mount
    :param known: the gateway's URL for one of the upstream's, or None
    """
    if isinstance(document, dict):
        link = document.get('href')
        if isinstance(link, str):
            ours = known(link)
            if ours is None and document.get('rel') in _RELATIONS and '://' in link:
                ours = base + split(link)[1]
            if ours is not None:
                document['href'] = ours
        for value in document.values():
            rewrite_links(value, base, known)
    elif isinstance(document, list):
        for value in document:
            rewrite_links(value, base, known)
