"""Lists of images for drivers that leave the work to us."""
import datetime

import testtools

from jumpgate.common import errors, listing
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page
from jumpgate.image.controllers import filters
from jumpgate.image.models.images import Image, Status, Visibility

_NOON = datetime.datetime(2026, 11, 23, 12, 0, 0, 500_000, datetime.UTC)
_OURS = RequestContext(user_id='u', project_id='ours')


def image(name, **fields):
    return Image(**{'id': name, 'name': name, 'status': Status.ACTIVE, 'created_at': _NOON,
                    'updated_at': _NOON, 'owner': 'ours', **fields})


IMAGES = (
    image('a', size=10, tags=('x', 'y'), properties={'kind': 'red'}),
    image('b', size=20, visibility=Visibility.PRIVATE, protected=True, min_ram=5),
    image('c', hidden=True),
    image('d', owner='theirs', visibility=Visibility.COMMUNITY, properties={'kind': 'red'}),
    image('e', status=Status.QUEUED, created_at=_NOON + datetime.timedelta(hours=1)),
)


class LazyTest(testtools.TestCase):

    def parse(self, **parameters):
        found = {name: value if isinstance(value, list) else [value]
                 for name, value in parameters.items()}
        return filters.parse(found, _OURS, default_limit=25, max_limit=1000)

    def names(self, **parameters):
        query = self.parse(**parameters)
        page = listing.finish(Page.whole(IMAGES), query, filters.PREDICATES)
        return ''.join(one.name for one in page.items)

    def test_filters(self):
        for parameters, expected in (
                ({}, 'eba'), ({'visibility': 'all'}, 'edba'), ({'visibility': 'community'}, 'd'),
                ({'os_hidden': 'true'}, 'c'), ({'protected': 'true'}, 'b'),
                ({'tag': ['x', 'y']}, 'a'), ({'tag': ['x', 'z']}, ''), ({'kind': 'red'}, 'a'),
                ({'kind': 'red', 'visibility': 'all'}, 'da'), ({'size_min': '11'}, 'b'),
                ({'size_max': '11'}, 'a'), ({'min_ram': '5'}, 'b'), ({'name': 'in:a,e'}, 'ea'),
                ({'status': 'queued'}, 'e'), ({'owner': 'theirs', 'visibility': 'all'}, 'd'),
                ({'member_status': 'rejected'}, 'eba')):
            self.assertEqual(expected, self.names(**parameters), parameters)

    def test_a_second_is_compared_as_a_whole(self):
        shown = '2026-11-23T12:00:00Z'
        for comparison, expected in (('eq', 'ba'), ('gte', 'eba'), ('lte', 'ba'), ('gt', 'e'),
                                     ('lt', ''), ('neq', 'e')):
            self.assertEqual(expected, self.names(created_at=f'{comparison}:{shown}'), comparison)
        self.assertEqual('ba', self.names(created_at='2026-11-23T13:00:00+01:00'))

    def test_order_and_pages(self):
        self.assertEqual('abe', self.names(sort='name:asc'))
        self.assertEqual('be', self.names(sort='name:asc', marker='a'))
        self.assertEqual('eab', self.names(sort='size:asc,name:asc'))
        self.assertEqual('ab', self.names(sort='name:asc', limit='2'))
        self.assertRaises(errors.MarkerNotFound, self.names, marker='nope')


class SplitTest(testtools.TestCase):

    def test_values_in_quotes(self):
        for text, expected in (
                ('a,b', ('a', 'b')), ('"a,b",c', ('a,b', 'c')), ('a', ('a',)), ('', ()),
                ('"a"', ('a',)), ('a b,"c d"', ('a b', 'c d'))):
            query = filters.parse({'name': [f'in:{text}']}, _OURS, default_limit=1, max_limit=1)
            self.assertEqual(expected, query.value('name'), text)
