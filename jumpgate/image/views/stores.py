"""Stores and imports on the wire."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate.image.models.stores import Location, Store


def many(stores: Iterable[Store], *, detailed: bool = False) -> dict[str, Any]:
    """:param detailed: with what only administrators may know"""
    return {'stores': [_detailed(store) if detailed else _brief(store) for store in stores]}


def _brief(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = {'id': store.id}
    if store.description:
        found['description'] = store.description
    if store.is_default:
        found['default'] = 'true'
    return found


def _detailed(store: Store) -> dict[str, Any]:
    return {**_brief(store), 'type': store.type, 'weight': store.weight,
            'properties': dict(store.properties)}


def methods(names: Iterable[str]) -> dict[str, Any]:
    return {'import-methods': {'description': 'Import methods available.', 'type': 'array',
                               'value': list(names)}}


def locations(found: Iterable[Location]) -> list[dict[str, Any]]:
    return [{'url': one.url, 'metadata': {'store': one.store}} for one in found]
