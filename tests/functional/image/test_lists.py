"""Lists of images: filters, order, pages."""
import datetime
import urllib.parse
import uuid

from tests.functional.image.base import ImageCase


class FilterTest(ImageCase):

    def setUp(self):
        super().setUp()
        self.small = self.cloud.make(
            b'x' * 10, name='small', tags=['a'], disk_format='raw', os_distro='one', min_disk=1)
        self.large = self.cloud.make(
            b'x' * 1000, name='large, quoted', tags=['a', 'b'], disk_format='iso',
            container_format='ovf', os_distro='two', min_ram=64)
        self.empty = self.cloud.create(name='empty', protected=True, os_hidden=False,
                                       visibility='private')
        self.hidden = self.cloud.create(name='hidden', os_hidden=True)

    def found(self, **query):
        names = self.names('?' + urllib.parse.urlencode(query, doseq=True))
        return {name.partition(',')[0] for name in names}

    def check(self, expected, **query):
        self.assertEqual(set(expected.split()), self.found(**query), query)

    def test_everything(self):
        self.check('small large empty tiny tiny-alt')

    def test_attributes(self):
        self.check('small', name='small')
        self.check('empty', status='queued')
        self.check('small empty tiny tiny-alt', disk_format='raw')
        self.check('large', container_format='ovf')
        self.check('small large empty', owner='ours')
        self.check('', owner='theirs')
        self.check('small', checksum=self.small['checksum'])
        self.check('small', os_hash_value=self.small['os_hash_value'])
        self.check('small large tiny tiny-alt', os_hash_algo='sha512')
        self.check('small', id=self.small['id'])
        self.check('small', size='10')
        self.check('small', min_disk='1')
        self.check('large', min_ram='64')
        self.check('', min_ram='many')

    def test_visibility(self):
        self.check('empty', visibility='private')
        self.check('small large', visibility='shared')
        self.check('tiny tiny-alt', visibility='public')
        self.check('', visibility='community')
        self.check('small large empty tiny tiny-alt', visibility='all')
        self.check('', visibility='')
        self.check('small large empty tiny tiny-alt', deleted='true')

    def test_flags(self):
        self.check('hidden', os_hidden='true')
        self.check('hidden', os_hidden='True')
        self.check('empty', protected='true')
        self.check('small large tiny tiny-alt', protected='false')

    def test_sizes(self):
        self.check('large tiny tiny-alt', size_min='1000')
        self.check('small large', size_max='1000')
        self.check('large', size_min='11', size_max='1000')

    def test_tags_and_properties(self):
        self.check('small large', tag='a')
        self.check('large', tag=['a', 'b'])
        self.check('', tag=['a', 'c'])
        self.check('small', os_distro='one')
        self.check('', os_distro='one', tag='b')
        self.check('', no_such_property='x')
        self.check('', status='no-such-status')

    def test_one_of_several(self):
        self.check('small empty', name='in:small,empty,nope')
        self.check('small large', name='in:small,"large, quoted"')
        self.check('small large', id=f'in:{self.small["id"]},{self.large["id"]}')
        self.check('empty', status='in:queued,saving')
        self.check('large', disk_format='in:iso,vdi')
        self.check('large', container_format='in:ovf')
        self.check('', id='in:')
        self.check('small', name='eq:small')

    def test_moments(self):
        now = datetime.datetime.now(datetime.UTC)
        before, after = (
            (now + datetime.timedelta(hours=hours)).strftime('%Y-%m-%dT%H:%M:%SZ')
            for hours in (-1, 1))
        everything = 'small large empty tiny tiny-alt'
        for name in ('created_at', 'updated_at'):
            self.check(everything, **{name: f'gt:{before}'})
            self.check(everything, **{name: f'gte:{before}'})
            self.check(everything, **{name: f'lt:{after}'})
            self.check(everything, **{name: f'lte:{after}'})
            self.check(everything, **{name: f'neq:{before}'})
            self.check('', **{name: f'gt:{after}'})
            self.check('', **{name: before})
            self.check('', **{name: f'eq:{before}'})
        shown = self.small['created_at']
        self.assertIn('small', self.found(created_at=shown))
        self.assertIn('small', self.found(created_at=f'gte:{shown}'))
        self.assertIn('small', self.found(created_at=f'lte:{shown}'))
        self.assertNotIn('small', self.found(created_at=f'gt:{shown}'))
        self.assertNotIn('small', self.found(created_at=f'lt:{shown}'))
        self.assertNotIn('small', self.found(created_at=f'neq:{shown}'))

    def test_what_makes_no_sense(self):
        for query in (
                'visibility=secret', 'os_hidden=maybe', 'protected=True', 'size_min=many',
                'size_max=', 'created_at=yesterday', 'created_at=near:2026-01-01T00:00:00Z',
                'updated_at=gt:', 'name=like:x', 'status=neq:active', 'name=in:"x',
                'changes-since=2026-01-01T00:00:00Z', 'member_status=maybe', 'limit=many',
                'limit=-1', 'limit=1.5', f'marker={uuid.uuid4()}', 'marker=', 'marker=nope',
                'sort_key=owner', 'sort_key=', 'sort_dir=up', 'sort=name:up', 'sort=',
                'sort=name&sort_key=name', 'sort_key=name&sort_key=size&sort_key=id'
                '&sort_dir=asc&sort_dir=desc', 'name=%ff', 'name=%00'):
            response = self.ask('GET', f'/v2/images?{query}')
            self.assertEqual(400, response.status_int, (query, response.text))


class OrderTest(ImageCase):

    def setUp(self):
        super().setUp()
        for name, data in (('b', b'1'), ('a', b'22'), ('c', b'22'), ('d', None)):
            if data is None:
                self.cloud.create(name=name, visibility='private')
            else:
                self.cloud.make(data, name=name, visibility='private')

    def order(self, query):
        return ''.join(self.names(f'?visibility=private&{query}'))

    def test_latest_first(self):
        self.assertEqual('dcab', self.order(''))

    def test_both_spellings(self):
        for query, expected in (
                ('sort_key=name', 'dcba'), ('sort_key=name&sort_dir=asc', 'abcd'),
                ('sort=name:asc', 'abcd'), ('sort=name', 'dcba'), ('sort_dir=asc', 'bacd'),
                ('sort=size:asc,name:desc', 'dbca'), ('sort=size:desc,name:asc', 'acbd'),
                ('sort_key=size&sort_dir=desc&sort_key=name&sort_dir=asc', 'acbd'),
                ('sort_key=size&sort_key=name&sort_dir=asc', 'dbac'),
                ('sort=status:asc,name:asc', 'abcd'), ('sort=created_at:asc', 'bacd'),
                ('sort=disk_format,container_format,id', None), ('sort=updated_at:asc', 'bacd')):
            found = self.order(query)
            if expected is None:
                self.assertEqual('abcd', ''.join(sorted(found)))
            else:
                self.assertEqual(expected, found, query)

    def test_pages_in_any_order(self):
        for query in ('sort=size:asc', 'sort=size:desc,name:asc', 'sort=name', '', 'sort=status',
                      'sort=size', 'sort=disk_format:asc', 'sort_dir=asc'):
            whole = self.order(query)
            for limit in (1, 2, 3, 4, 5):
                self.assertEqual(whole, self.walk(f'visibility=private&limit={limit}&{query}'),
                                 (query, limit))

    def walk(self, query):
        """The names on all pages, as their links lead from one to the next."""
        found, path, first = '', f'/v2/images?{query}', None
        for _ in range(10):
            page = self.ask('GET', path).json
            first = first or page['first']
            self.assertEqual(first, page['first'])
            self.assertNotIn('marker', page['first'])
            found += ''.join(image['name'] for image in page['images'])
            if 'next' not in page:
                return found
            path = page['next']
        raise AssertionError(f'{query} has no end')

    def test_no_limit_beyond_the_greatest(self):
        self.assertEqual(6, len(self.names('?limit=100000000000')))
        self.assertEqual([], self.names('?limit=0'))


class FewTest(ImageCase):

    settings = 'default_limit = 2\nmax_limit = 3\n'

    def test_limits_of_the_operator(self):
        for number in range(4):
            self.cloud.create(name=str(number))
        page = self.ask('GET', '/v2/images').json
        self.assertEqual(2, len(page['images']))
        self.assertEqual(f'/v2/images?marker={page["images"][-1]["id"]}', page['next'])
        self.assertEqual(3, len(self.names('?limit=100')))


class WhoseTest(ImageCase):
    """Which images a list has for whom."""

    def setUp(self):
        super().setUp()
        for visibility in ('private', 'shared', 'community'):
            self.cloud.create(name=visibility, visibility=visibility)
        self.shared = self.cloud.create(name='accepted')
        self.pending = self.cloud.create(name='pending')
        for image in (self.shared, self.pending):
            self.ask('POST', f'/v2/images/{image["id"]}/members', {'member': 'theirs'})
        self.ask('PUT', f'/v2/images/{self.shared["id"]}/members/theirs',
                 {'status': 'accepted'}, 'stranger')

    def check(self, expected, query='', who='stranger'):
        found = set(self.names(query, who)) - {'tiny', 'tiny-alt'}
        self.assertEqual(set(expected.split()), found, (query, who))

    def test_the_owner(self):
        for who in ('member', 'reader'):
            self.check('private shared community accepted pending', who=who)
        self.check('community', '?visibility=community', 'member')

    def test_a_member(self):
        self.check('accepted')
        self.check('pending', '?member_status=pending')
        self.check('', '?member_status=rejected')
        self.check('accepted pending', '?member_status=all')
        self.check('accepted pending', '?member_status=all&visibility=shared')
        self.check('community', '?visibility=community')
        self.check('accepted community', '?visibility=all')
        self.check('accepted', '?owner=ours')

    def test_somebody_else(self):
        self.check('', who='third')
        self.check('community', '?visibility=all', 'third')
        self.check('', '?member_status=all', 'third')

    def test_an_administrator(self):
        self.check('private shared accepted pending', who='admin')
        self.check('private shared community accepted pending', '?visibility=all', 'admin')

    def test_a_marker_that_is_not_to_be_seen(self):
        private = self.cloud.create(visibility='private')
        self.refused(400, self.ask('GET', f'/v2/images?marker={private["id"]}', who='third'))
