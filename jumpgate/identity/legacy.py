"""What all of v2.0 has in common: it may be off, and it knows one domain."""
from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable
from typing import Any

from jumpgate.common import errors, listing
from jumpgate.common.controller import Call, operation
from jumpgate.common.listing import Filter, Page, Query
from jumpgate.common.view import View

#: The domain of everything that v2.0 shows.
DOMAIN = 'default'


def legacy(name: str, **contract: Any) -> Callable[[Callable[..., Any]], Any]:
    """As `operation`, for v2.0; 404 where the option ``[identity] v2_api`` is off."""
    def make(function: Callable[..., Any]) -> Any:
        @functools.wraps(function)
        def guarded(call: Call, **variables: str) -> Any:
            if not call.app.config.identity.v2_api:
                raise errors.NotFound()
            return function(call, **variables)
        return operation(f'v2_{name}', **contract)(guarded)
    return make


def query(call: Call, **fixed: Any) -> Query:
    """Everything of the one domain; by name where the query asks for one."""
    filters = [Filter('domain_id', DOMAIN), *(Filter(*pair) for pair in fixed.items())]
    if 'name' in call.query:
        filters.append(Filter('name', call.query['name'][-1]))
    return Query(filters=tuple(filters))


def reply(call: Call, key: str, view: View, found: Page[Any] | Iterable[Any],
          wanted: Query | None = None) -> dict[str, Any]:
    """A list with a part for links that v2.0 always has and nothing fills; ``limit`` and
    ``marker`` cut it.
    """
    page = found if isinstance(found, Page) else Page.whole(found)
    marker = call.query.get('marker')
    wanted = dataclasses.replace(
        wanted or Query(), limit=listing.limit_of(call.query),
        marker=marker[-1] if marker else None)
    done = listing.finish(page, wanted)
    return {key: view.many(done.items, call), f'{key}_links': []}


def one(call: Call, key: str, view: View, found: Page[Any], wanted: Query) -> dict[str, Any]:
    """The only thing of a list by name.

    :raises NotFound: if there is none
    """
    done = listing.finish(found, wanted)
    if not done.items:
        raise errors.NotFound(f'Could not find {key}: {wanted.value("name")}.')
    return {key: view.one(done.items[0], call)}
