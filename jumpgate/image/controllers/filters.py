"""The query string of a list of images."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jumpgate.common import errors, formats
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import DESC, Filter, Predicate, Query

SORT_KEYS = ('name', 'status', 'container_format', 'disk_format', 'size', 'id', 'created_at',
             'updated_at')
_DIRECTIONS = ('asc', 'desc')
_VISIBILITIES = ('community', 'public', 'private', 'shared', 'all')
_MEMBER_STATUSES = ('pending', 'accepted', 'rejected', 'all')
_PAGING = frozenset(('limit', 'marker', 'sort', 'sort_key', 'sort_dir', 'tag', 'member_status',
                     'visibility', 'changes-since', 'os_hidden', 'protected', 'deleted'))
_LISTS = frozenset(('name', 'id', 'status', 'container_format', 'disk_format'))
_TEXTS = frozenset(('owner', 'checksum', 'os_hash_algo', 'os_hash_value'))
_NUMBERS = frozenset(('size', 'virtual_size', 'min_disk', 'min_ram'))
_INSTANTS = frozenset(('created_at', 'updated_at'))
_COMPARISONS = frozenset(('gt', 'gte', 'lt', 'lte', 'eq', 'neq'))
_NUMBER = re.compile(r'[+-]?[0-9]{1,18}')
#: One of several values: in quotes, where a comma belongs to it.
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)",?|([^,]+),?|,')

Parameters = Mapping[str, Sequence[str]]

#: How the filters of a lazy driver's images are applied.
PREDICATES: Mapping[str, Predicate] = {
    'property': lambda image, one: image.properties.get(one.value[0]) == one.value[1],
    'listed': lambda image, one: image.visibility != 'community' or image.owner == one.value,
    'member_status': lambda image, one: True,
    'created_at': lambda image, one: _accepts(one, image.created_at),
    'updated_at': lambda image, one: _accepts(one, image.updated_at),
}


def parse(parameters: Parameters, context: RequestContext, *, default_limit: int,
          max_limit: int) -> Query:
    """What the caller asks for.

    :raises Invalid: where it cannot be understood
    """
    member_status = parameters.get('member_status', ('accepted',))[-1]
    if member_status not in _MEMBER_STATUSES:
        raise errors.Invalid(f'Invalid status: {member_status}')
    if parameters.get('changes-since', ('',))[-1]:
        raise errors.Invalid('The "changes-since" filter is no longer available on v2.')
    found = [*_visibility(parameters, context), *_flags(parameters)]
    found += [Filter('tags', tag.strip(), 'has') for tag in parameters.get('tag', ())]
    if member_status != 'all':
        found.append(Filter('member_status', member_status))
    for name, values in parameters.items():
        if name not in _PAGING:
            found += [one for value in values[-1:] for one in _filters(name, value)]
    return Query(filters=tuple(found), sort=sort_of(parameters),
                 marker=parameters.get('marker', (None,))[-1],
                 limit=limit_of(parameters, default_limit, max_limit))


def _visibility(parameters: Parameters, context: RequestContext) -> list[Filter]:
    wanted = parameters['visibility'][-1] if 'visibility' in parameters else None
    if wanted and wanted not in _VISIBILITIES:
        raise errors.Invalid(f'Invalid visibility value: {wanted}')
    if wanted is None:
        return [Filter('listed', context.project_id)]
    return [] if wanted == 'all' else [Filter('visibility', wanted)]


def _flags(parameters: Parameters) -> list[Filter]:
    hidden = parameters.get('os_hidden', ('false',))[-1].lower()
    found = [Filter('hidden', _boolean('os_hidden', hidden))]
    if 'protected' in parameters:
        found.append(Filter('protected', _boolean('protected', parameters['protected'][-1])))
    return found


def _boolean(name: str, text: str) -> bool:
    if text not in ('true', 'false'):
        raise errors.Invalid(f"Invalid value '{text}' for '{name}' filter. "
                             "Valid values are 'true' or 'false'.")
    return text == 'true'


def _filters(name: str, value: str) -> list[Filter]:
    if name in _INSTANTS:
        return [_instant(name, value)]
    if name in _LISTS:
        return [_one_of(name, value)]
    if name[:-4] in _NUMBERS and name[-4:] in ('_min', '_max'):
        if not _NUMBER.fullmatch(value):
            raise errors.Invalid('Unable to filter on a range with a non-numeric value.')
        return [Filter(name[:-4], int(value), 'gte' if name.endswith('_min') else 'lte')]
    if name in _NUMBERS:
        # what is no number equals none
        return [Filter(name, int(value) if _NUMBER.fullmatch(value) else -1)]
    if name in _TEXTS:
        return [Filter(name, value)]
    return [Filter('property', (name, value))]


def _instant(name: str, value: str) -> Filter:
    comparison, colon, rest = value.partition(':')
    if not colon or comparison[:4].isdigit():
        comparison, rest = 'eq', value
    if comparison not in _COMPARISONS:
        raise errors.Invalid('Unable to filter on a unknown operator.')
    try:
        return Filter(name, formats.parse_datetime(rest), comparison)
    except ValueError:
        raise errors.Invalid(f'Bad "{name}" query filter format. '
                             'Use ISO 8601 DateTime notation.') from None


def _one_of(name: str, value: str) -> Filter:
    comparison, colon, rest = value.partition(':')
    if not colon:
        return Filter(name, value)
    if comparison == 'eq':
        return Filter(name, rest)
    if comparison != 'in':
        raise errors.Invalid(f"Unable to filter by unknown operator '{comparison}'.")
    return Filter(name, tuple(_split(rest)), 'in')


def _split(text: str) -> list[str]:
    if len(re.findall(r'(?<!\\)"', text)) % 2:
        raise errors.Invalid('Invalid filter value: it has an opening quote without a closing '
                             'one.')
    return [quoted or plain for quoted, plain in _QUOTED.findall(text)]


def sort_of(parameters: Parameters) -> tuple[tuple[str, str], ...]:
    """The sort keys, in either of the two ways to write them.

    :raises Invalid: for an unknown key or direction
    """
    if 'sort' in parameters:
        if 'sort_key' in parameters or 'sort_dir' in parameters:
            raise errors.Invalid('Old and new sorting syntax cannot be combined')
        parts = [part.partition(':') for part in parameters['sort'][-1].strip().split(',')]
        keys = [part[0].strip() for part in parts]
        directions = [part[2].strip() or DESC for part in parts]
    else:
        keys = [key.strip() for key in parameters.get('sort_key', ('created_at',))]
        directions = [one.strip() for one in parameters.get('sort_dir', (DESC,))]
        if len(directions) > 1 and len(directions) != len(keys):
            raise errors.Invalid('Number of sort dirs does not match the number of sort keys')
        if len(directions) == 1:
            directions *= len(keys)
    for key in keys:
        if key not in SORT_KEYS:
            raise errors.Invalid(f'Invalid sort key: {key}. It must be one of the following: '
                                 f'{", ".join(SORT_KEYS)}.')
    for direction in directions:
        if direction not in _DIRECTIONS:
            raise errors.Invalid(f'Invalid sort direction: {direction}')
    return tuple(zip(keys, directions, strict=True))


def limit_of(parameters: Parameters, default: int, maximum: int) -> int:
    """:raises Invalid: where it is no whole number from 0"""
    text = parameters.get('limit', (str(default),))[-1].strip()
    if not _NUMBER.fullmatch(text):
        raise errors.Invalid('limit param must be an integer')
    if int(text) < 0:
        raise errors.Invalid('limit param must be positive')
    return min(int(text), maximum)


def _accepts(one: Filter, actual: Any) -> bool:
    """What is shown has no fractions of a second, so none count."""
    return one.accepts(actual.replace(microsecond=0))
