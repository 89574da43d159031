"""Version documents."""
from __future__ import annotations

from typing import Any

CURRENT = '2.17'
#: What a Glance with several stores and without a cache speaks.
SUPPORTED = ('2.15', '2.13', '2.12', '2.11', '2.10', '2.9', '2.8', '2.7', '2.6', '2.5', '2.4',
             '2.3', '2.2', '2.1', '2.0')


def many(prefix: str) -> dict[str, Any]:
    """:param prefix: the URL of the service"""
    link = {'rel': 'self', 'href': f'{prefix}/v2/'}
    return {'versions': [
        {'id': f'v{version}', 'status': 'CURRENT' if version == CURRENT else 'SUPPORTED',
         'links': [link]} for version in (CURRENT, *SUPPORTED)]}
