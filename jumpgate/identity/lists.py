"""How identity's lists are asked for and shown: filters by attribute, markers, links."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from jumpgate.common import errors, http, listing
from jumpgate.common.controller import Call
from jumpgate.common.listing import Filter, Page, Query
from jumpgate.common.view import View

#: What may follow a name and two underscores, and the operator that it is.
_INEXACT = {
    'contains': 'contains', 'startswith': 'startswith', 'endswith': 'endswith',
    'icontains': 'icontains', 'istartswith': 'istartswith', 'iendswith': 'iendswith',
    'iequals': 'iequals',
}
#: What a filter for true or false may say.
_BOOLEANS = frozenset((
    '', '0', '1', 'y', 'Y', 'n', 'N', 'on', 'ON', 'off', 'OFF', 'yes', 'no',
    'true', 'True', 'TRUE', 'false', 'False', 'FALSE'))
_FALSE = frozenset(('0', 'false', 'f', 'no', 'n', 'off'))


def flag(values: list[str] | None) -> bool:
    """Whether a parameter of a query is on: ``?effective`` is, ``?effective=0`` is not."""
    return values is not None and values[-1] != '0'


def boolean(text: str) -> bool:
    """The value that a filter asks for: everything that is not false is true."""
    return text.strip().lower() not in _FALSE


@dataclasses.dataclass(frozen=True, slots=True)
class Collection:
    """One noun's list.

    :param key: of the list in the reply
    :param texts: attributes that filters may name, also inexactly
    :param flags: attributes that are true or false
    :param predicates: further filters
    :param extra: whether a filter may name an unknown attribute of the thing
    """

    key: str
    view: View
    texts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    predicates: Mapping[str, Callable[[Any, Filter], bool]] = dataclasses.field(
        default_factory=dict)

    def query(self, call: Call, **fixed: Any) -> Query:
        """What the query string asks for; `fixed` filters win over it.

        :raises Invalid: for a limit that is none
        """
        filters = [Filter(name, value) for name, value in fixed.items()]
        for name, values in call.query.items():
            found = self._filter(name, values[-1])
            if found is not None and found.name not in fixed:
                filters.append(found)
        limit = listing.limit_of(call.query, maximum=call.app.config.identity.list_limit)
        marker = call.query.get('marker')
        return Query(filters=tuple(filters), limit=limit, marker=marker[-1] if marker else None)

    def _filter(self, name: str, value: str) -> Filter | None:
        """The filter that one parameter is; others are ignored, as Keystone does.

        :raises Invalid: for a value that cannot be
        """
        if name in self.flags:
            if value not in _BOOLEANS:
                raise errors.Invalid(f'Invalid input for field/attribute {name}. Value: '
                                     f'{value[:80]}. It is neither true nor false.')
            return Filter(name, boolean(value))
        if name == 'name' and not value:
            raise errors.Invalid('Invalid input for field/attribute name. It is empty.')
        if name in self.texts or name in self.predicates:
            return Filter(name, value)
        base, _, comparator = name.partition('__')
        if base in self.texts and comparator in _INEXACT:
            return Filter(base, value, _INEXACT[comparator])
        return None

    def reply(self, call: Call, page: Page[Any], query: Query) -> dict[str, Any]:
        """The body of the list."""
        done = listing.finish(page, query, self.predicates)
        body: dict[str, Any] = {self.key: self.view.many(done.items, call),
                                'links': links(call)}
        if done.more:
            following = listing.link_query(
                call.query, marker=done.items[-1].id, limit=query.limit)
            body['links']['next'] = f'{_url(call)}?{following}'
            body['truncated'] = True
        return body


def links(call: Call) -> dict[str, Any]:
    """The links of a list that is all there."""
    query = call.environ.get('QUERY_STRING')
    return {'next': None, 'self': _url(call) + (f'?{query}' if query else ''), 'previous': None}


def own_link(call: Call) -> dict[str, Any]:
    """The links of what is no list, or none that is ever cut."""
    return {'self': links(call)['self']}


def _url(call: Call) -> str:
    return call.prefix('') + quote(http.path_info(call.environ), safe="/:@!$&'()*+,;=-._~")


def plain(call: Call, key: str, view: View, things: Iterable[Any]) -> dict[str, Any]:
    """The body of a list that has neither filters nor pages."""
    return {key: view.many(things, call), 'links': links(call)}


def owned(noun: str, domain_id: str | None) -> tuple[dict[str, Any], None]:
    """What policy decides about a list or a new thing by: its domain, where there is one.

    A domain of nobody is left out: to policy it would be that of every token without one.
    """
    return ({} if domain_id is None else {f'target.{noun}': domain_id}), None


def split(body: Mapping[str, Any], known: Iterable[str],
          ignored: Iterable[str] = ('id', 'links')) -> tuple[dict[str, Any], dict[str, Any]]:
    """The attributes that the API knows, and the others."""
    known = frozenset(known)
    dropped = frozenset(ignored)
    ours = {name: value for name, value in body.items() if name in known}
    extra = {name: value for name, value in body.items()
             if name not in known and name not in dropped}
    return ours, extra


def changes(body: Mapping[str, Any], known: Iterable[str],
            ignored: Iterable[str] = ('id', 'links')) -> dict[str, Any]:
    """The keywords of a model of changes: what is not mentioned stays as it is."""
    ours, extra = split(body, known, ignored)
    return {**ours, 'extra': extra} if extra else ours


def refuse_other_id(body: Mapping[str, Any], identifier: str, noun: str = '') -> None:
    """:raises Invalid: if a change names another id than the path"""
    if 'id' in body and body['id'] != identifier:
        raise errors.Invalid(f'Cannot change {noun} ID' if noun else 'Cannot change ID')


def own_domain(call: Call, body: Mapping[str, Any]) -> str:
    """The domain of a new thing: the one it names, or the one that the token is in.

    :raises Invalid: if neither says
    """
    named = body.get('domain_id')
    if named is not None:
        return str(named)
    found = call.context.domain_id or call.context.project_domain_id
    if found is None:
        raise errors.Invalid('You have tried to create a resource using the admin token. As this '
                             'token is not within a domain you must explicitly include a domain '
                             'for this resource to belong to.')
    return found
