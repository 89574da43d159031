import dataclasses
import itertools
import re
from urllib.parse import parse_qs

import testtools

from jumpgate.common import errors, listing
from jumpgate.common.listing import Filter, Page, Query


@dataclasses.dataclass(frozen=True)
class Thing:
    id: str
    name: str | None = None
    size: int | None = None
    tags: tuple[str, ...] = ()


def things(text):
    """Things named by the letters of `text`."""
    return [Thing(id=letter, name=letter) for letter in text]


def ids(page):
    return ''.join(thing.id for thing in page.items)


def finish(items, predicates=None, **query):
    applied = query.pop('applied', ())
    key = query.pop('key', 'id')
    sort_keys = query.pop('sort_keys', None)
    return listing.finish(Page.whole(items, applied), Query(**query), predicates, key=key,
                          sort_keys=sort_keys)


class Pages(testtools.TestCase):

    def test_whole(self):
        page = Page.whole(iter('ab'), ['name'])
        self.assertEqual((('a', 'b'), False, {'name'}, False, None),
                         (page.items, page.is_exact, page.applied, page.more, page.total))

    def test_exact_stays(self):
        page = Page.exact(things('ba'), True, 9)
        self.assertIs(page, listing.finish(page, Query(
            marker='x', limit=1, sort=(('name', 'asc'),), filters=(Filter('name', 'zz'),))))
        self.assertTrue(page.more)
        self.assertEqual(9, page.total)

    def test_finished_is_exact(self):
        self.assertTrue(finish(things('ab')).is_exact)

    def test_nothing_asked(self):
        page = finish(things('bac'))
        self.assertEqual(('bac', False, None), (ids(page), page.more, page.total))


class Filters(testtools.TestCase):

    def test_by_attribute(self):
        self.assertEqual('a', ids(finish(things('ab'), filters=(Filter('name', 'a'),))))

    def test_all_must_hold(self):
        several = (Filter('size', 1, 'gt'), Filter('size', 4, 'lt'))
        items = [Thing(id=str(size), size=size) for size in range(6)]
        self.assertEqual('23', ids(finish(items, filters=several)))

    def test_predicate(self):
        even = {'even': lambda thing, wanted: (thing.size % 2 == 0) is wanted.value}
        items = [Thing(id=str(size), size=size) for size in range(4)]
        self.assertEqual('02', ids(finish(items, even, filters=(Filter('even', True),))))
        self.assertEqual('13', ids(finish(items, even, filters=(Filter('even', False),))))

    def test_by_function(self):
        length = {'length': listing.by(lambda thing: len(thing.tags))}
        items = [Thing(id='a'), Thing(id='b', tags=('x',))]
        self.assertEqual('b', ids(finish(items, length, filters=(Filter('length', 1),))))

    def test_applied_filters_are_left_out(self):
        self.assertEqual('ab', ids(finish(
            things('ab'), filters=(Filter('name', 'z'),), applied=['name'])))

    def test_operators(self):
        for op, actual, value, expected in (
                ('eq', 'a', 'a', True), ('eq', None, None, True), ('eq', None, 'a', False),
                ('neq', 'a', 'b', True), ('neq', None, 'a', True),
                ('in', 'a', ('a', 'b'), True), ('in', None, ('a',), False),
                ('nin', 'a', ('b',), True), ('nin', None, ('b',), True),
                ('lt', 1, 2, True), ('lt', 2, 2, False), ('lte', 2, 2, True),
                ('gt', 3, 2, True), ('gt', 2, 2, False), ('gte', 2, 2, True),
                ('has', ('x', 'y'), 'x', True), ('has', ('x',), 'z', False),
                ('matches', 'server-1', re.compile('r-[0-9]'), True),
                ('matches', 'server', re.compile('^e'), False),
                ('contains', 'abc', 'b', True), ('contains', 'abc', 'B', False),
                ('startswith', 'abc', 'ab', True), ('endswith', 'abc', 'bc', True),
                ('iequals', 'ABC', 'abc', True), ('icontains', 'ABC', 'b', True),
                ('istartswith', 'ABC', 'ab', True), ('iendswith', 'ABC', 'bc', True),
                ('istartswith', 'ABC', 'b', False), ('iendswith', 'ABC', 'b', False)):
            self.assertIs(expected, Filter('x', value, op).accepts(actual), (op, actual, value))

    def test_nothing_compares_with_no_order(self):
        for op in set(listing.OPERATORS) - {'eq', 'neq', 'in', 'nin'}:
            self.assertFalse(Filter('x', 'a', op).accepts(None), op)

    def test_unknown_operator(self):
        self.assertRaises(ValueError, Filter, 'x', 1, 'about')

    def test_of_a_query(self):
        query = Query(filters=(Filter('a', 1), Filter('b', 2), Filter('a', 3)))
        self.assertEqual(1, query.value('a'))
        self.assertEqual(Filter('b', 2), query.filter('b'))
        self.assertIsNone(query.filter('c'))
        self.assertEqual('x', query.value('c', 'x'))
        self.assertEqual((Filter('b', 2),), query.without('a', 'z').filters)


class Sorting(testtools.TestCase):

    ITEMS = [Thing(id='a', name='x', size=2), Thing(id='b', name='x', size=1),
             Thing(id='c', name=None, size=3), Thing(id='d', name='w', size=None)]

    def sort(self, *keys, **kwargs):
        return {ids(finish(order, sort=keys, **kwargs))
                for order in itertools.permutations(self.ITEMS)}

    def test_one_key_and_nothing_first(self):
        self.assertEqual({'dbac'}, self.sort(('size', 'asc')))
        self.assertEqual({'cabd'}, self.sort(('size', 'desc')))

    def test_equals_by_their_key(self):
        self.assertEqual({'cdab'}, self.sort(('name', 'asc')))
        self.assertEqual({'badc'}, self.sort(('name', 'desc')))

    def test_several(self):
        self.assertEqual({'cdba'}, self.sort(('name', 'asc'), ('size', 'asc')))
        self.assertEqual({'cdab'}, self.sort(('name', 'asc'), ('size', 'desc')))
        self.assertEqual({'abdc'}, self.sort(('name', 'desc'), ('size', 'desc')))

    def test_sort_keys(self):
        self.assertEqual({'abcd'}, self.sort(('order', 'asc'), sort_keys={
            'order': lambda thing: ord(thing.id)}))
        self.assertEqual({'dbac'}, self.sort(('volume', 'asc'), sort_keys={'volume': 'size'}))

    def test_without_keys_the_order_of_the_driver(self):
        self.assertEqual('cab', ids(finish(things('cab'))))


class Paging(testtools.TestCase):

    def test_marker(self):
        self.assertEqual('cd', ids(finish(things('abcd'), marker='b')))
        self.assertEqual('', ids(finish(things('abcd'), marker='d')))

    def test_marker_after_sorting(self):
        self.assertEqual('ba', ids(finish(things('abcd'), marker='c', sort=(('name', 'desc'),))))

    def test_marker_that_the_filters_leave_out(self):
        self.assertEqual('d', ids(finish(things('abcd'), marker='b', filters=(
            Filter('name', ('a', 'd'), 'in'),))))

    def test_unknown_marker(self):
        error = self.assertRaises(errors.MarkerNotFound, finish, things('ab'), marker='z')
        self.assertEqual('z', error.marker)
        self.assertRaises(errors.MarkerNotFound, finish, [], marker='z')

    def test_another_key(self):
        items = [Thing(id='1', name='a'), Thing(id='2', name='b')]
        self.assertEqual('2', ids(finish(items, marker='a', key='name')))
        self.assertRaises(errors.MarkerNotFound, finish, items, marker='1', key='name')

    def test_limit(self):
        for limit, expected, more in ((None, 'abc', False), (3, 'abc', False), (4, 'abc', False),
                                      (2, 'ab', True), (1, 'a', True), (0, '', False)):
            page = finish(things('abc'), limit=limit)
            self.assertEqual((expected, more), (ids(page), page.more), limit)

    def test_limit_counts_what_the_filters_leave(self):
        page = finish(things('abcd'), limit=2, filters=(Filter('name', 'a', 'neq'),))
        self.assertEqual(('bc', True), (ids(page), page.more))
        page = finish(things('abc'), limit=2, filters=(Filter('name', 'a', 'neq'),))
        self.assertEqual(('bc', False), (ids(page), page.more))

    def test_offset(self):
        page = finish(things('abcd'), offset=1, limit=2)
        self.assertEqual(('bc', True), (ids(page), page.more))
        self.assertEqual('', ids(finish(things('ab'), offset=5)))
        self.assertEqual('ab', ids(finish(things('abcd'), offset=1, marker='d', reverse=True,
                                          limit=2)))

    def test_reverse(self):
        page = finish(things('abcde'), marker='d', limit=2, reverse=True)
        self.assertEqual(('bc', True), (ids(page), page.more))
        page = finish(things('abcde'), marker='c', limit=2, reverse=True)
        self.assertEqual(('ab', False), (ids(page), page.more))
        page = finish(things('abcde'), limit=2, reverse=True)
        self.assertEqual(('de', True), (ids(page), page.more))

    def test_total(self):
        page = finish(things('abcd'), marker='b', limit=1, with_count=True, filters=(
            Filter('name', 'a', 'neq'),))
        self.assertEqual(('c', 3), (ids(page), page.total))

    def test_walking_all_pages_sees_each_thing_once(self):
        items = [Thing(id=f'{number:02}', size=number % 3) for number in range(17)]
        for size in range(1, 19):
            for sort in ((), (('size', 'desc'),), (('size', 'asc'), ('id', 'desc'))):
                expected = finish(items, sort=sort).items
                seen, marker, more = [], None, True
                while more:
                    page = finish(items, sort=sort, marker=marker, limit=size)
                    seen += page.items
                    more, marker = page.more, page.items[-1].id
                self.assertEqual(expected, tuple(seen))


class Limit(testtools.TestCase):

    def test_given(self):
        self.assertEqual(5, listing.limit_of({'limit': ['5']}))
        self.assertEqual(7, listing.limit_of({'limit': ['5', '7']}))
        self.assertEqual(0, listing.limit_of({'limit': ['0']}, maximum=9))

    def test_maximum(self):
        self.assertEqual(9, listing.limit_of({'limit': ['50']}, maximum=9))
        self.assertEqual(9, listing.limit_of({}, maximum=9))
        self.assertEqual(3, listing.limit_of({}, maximum=9, default=3))
        self.assertIsNone(listing.limit_of({}))

    def test_bad(self):
        for text in ('', '-1', 'a', '1.0', ' 1', '+1', '٣', '9' * 5000):
            self.assertRaises(errors.Invalid, listing.limit_of, {'limit': [text]})


class Sort(testtools.TestCase):

    ALLOWED = ('a', 'b')

    def sort(self, **parameters):
        return listing.sort_of(parameters, self.ALLOWED, default=(('a', 'asc'),))

    def test_keys_and_directions(self):
        self.assertEqual((('a', 'asc'), ('b', 'desc')),
                         self.sort(sort_key=['a', 'b'], sort_dir=['asc', 'DESC']))

    def test_default(self):
        self.assertEqual((('a', 'asc'),), self.sort())
        self.assertEqual((('a', 'desc'),), self.sort(sort_dir=['desc']))

    def test_missing_directions(self):
        self.assertEqual((('b', 'desc'),), self.sort(sort_key=['b']))
        self.assertEqual((('a', 'asc'), ('b', 'asc')),
                         self.sort(sort_key=['a', 'b'], sort_dir=['asc']))
        self.assertEqual((('b', 'asc'),), listing.sort_of(
            {'sort_key': ['b']}, self.ALLOWED, direction='asc'))

    def test_in_one_parameter(self):
        self.assertEqual((('a', 'asc'), ('b', 'desc')), self.sort(sort=['a:asc, b']))
        self.assertEqual((('a', 'desc'), ('b', 'asc')), self.sort(sort=['a', 'b:asc']))

    def test_bad(self):
        for parameters in ({'sort_key': ['z']}, {'sort_key': ['a'], 'sort_dir': ['up']},
                           {'sort_key': ['a'], 'sort_dir': ['asc', 'asc']}, {'sort': ['a:b:c']},
                           {'sort': ['']}, {'sort': [',']}, {'sort_key': ['']}):
            self.assertRaises(errors.Invalid, self.sort, **parameters)


class Links(testtools.TestCase):

    def test_changes(self):
        text = listing.link_query({'limit': ['2'], 'name': ['a b', 'ü&'], 'marker': ['x']},
                                  marker='y', page_reverse='True')
        self.assertEqual({'limit': ['2'], 'name': ['a b', 'ü&'], 'marker': ['y'],
                          'page_reverse': ['True']}, parse_qs(text))

    def test_dropped(self):
        self.assertEqual('limit=2&marker=b', listing.link_query(
            {'limit': ['2'], 'marker': ['a'], 'page_reverse': ['true']}, marker='b',
            page_reverse=None, absent=None))
