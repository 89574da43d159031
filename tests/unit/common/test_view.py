import datetime
import enum
from types import SimpleNamespace as Thing

import testtools

from jumpgate.common import http
from jumpgate.common.versions import Version
from jumpgate.common.view import (
    Attr,
    Bookmark,
    Const,
    Each,
    Field,
    Link,
    Links,
    Made,
    Nested,
    Ref,
    Spread,
    Text,
    Time,
    View,
)

MOMENT = datetime.datetime(2026, 11, 23, 15, 0, 0, 120000, tzinfo=datetime.UTC)


class Call:
    """The least that a view can be handed."""

    def __init__(self, version=None, allowed=()):
        self.version = None if version is None else Version.parse(version)
        self.granted = set(allowed)
        self.urls = []
        self.asked = []

    def url(self, name, /, **values):
        self.urls.append(name)
        return f'http://h/compute/v2.1/{name}' + ''.join(
            f'/{variable}/{value}' for variable, value in values.items()) + '?x=1'

    def prefix(self, root=None):
        self.urls.append(root)
        return 'http://h/compute' + ('/v2.1' if root is None else root)

    def allowed(self, attribute):
        self.asked.append(attribute)
        return attribute in self.granted


def render(*parts, call=None, **attributes):
    return View(*parts).one(Thing(**attributes), call or Call())


class Sources(testtools.TestCase):

    def test_attribute_of_the_same_name(self):
        self.assertEqual({'name': 'a', 'size': 3},
                         render(Field('name'), Field('size'), name='a', size=3))

    def test_another_attribute(self):
        self.assertEqual({'os:x': 1}, render(Field('os:x', 'x'), x=1))

    def test_through_attributes(self):
        field = Field('x', 'a.b.c')
        self.assertEqual({'x': 1}, render(field, a=Thing(b=Thing(c=1))))
        self.assertEqual({'x': None}, render(field, a=Thing(b=None)))
        self.assertEqual({'x': None}, render(field, a=None))

    def test_default(self):
        self.assertEqual({'x': ''}, render(Field('x', Attr('x', '')), x=None))
        self.assertEqual({'x': 0}, render(Field('x', Attr('x', 5)), x=0))
        self.assertEqual({'x': {}}, render(Field('x', Attr('a.x', {})), a=None))

    def test_const(self):
        for value in (None, True, 1, 1.5, 'te\'x"t\n', [], {'a': [1]}, (1, 2)):
            self.assertEqual({'x': value}, render(Field('x', Const(value))))

    def test_function(self):
        self.assertEqual({'x': 6}, render(Field('x', lambda thing: thing.size * 2), size=3))

    def test_function_of_the_call(self):
        made = Made(lambda thing, call: (thing.size, call.version))
        self.assertEqual({'x': (3, Version.parse('2.5'))},
                         render(Field('x', made), call=Call('2.5'), size=3))

    def test_link(self):
        self.assertEqual({'href': 'http://h/compute/v2.1/v2_server/server_id/a-1?x=1'},
                         render(Field('href', Link('v2_server', server_id='id')), id='a-1'))

    def test_link_without_variables(self):
        self.assertEqual({'href': 'http://h/compute/v2.1/index?x=1'},
                         render(Field('href', Link('index'))))

    def test_link_with_several(self):
        link = Link('port', server_id='server.id', port_id='id')
        self.assertEqual(
            {'href': 'http://h/compute/v2.1/port/server_id/s/port_id/p?x=1'},
            render(Field('href', link), id='p', server=Thing(id='s')))

    def test_values_are_quoted(self):
        for value, quoted in (('a b', 'a%20b'), ('a/b', 'a%2Fb'), ('ü', '%C3%BC'), ('', ''),
                              ('a.b_c~', 'a.b_c~'), (7, '7'), ('{x}', '%7Bx%7D'), ("'", '%27'),
                              ('~0~', '~0~'), ('½', '%C2%BD')):
            self.assertEqual({'x': f'/k/{quoted}/end'},
                             render(Field('x', Text('/k/{name}/end')), name=value))

    def test_text(self):
        self.assertEqual({'self': '/v2/images/i', 'plain': "it's {so}"}, render(
            Field('self', Text('/v2/images/{id}')), Field('plain', Const("it's {so}")), id='i'))

    def test_text_of_several(self):
        self.assertEqual({'x': '/a/1/2/1'}, render(Field('x', Text('/a/{i}/{j}/{i}')), i=1, j=2))

    def test_bookmark(self):
        self.assertEqual({'x': 'http://h/compute/servers/i', 'y': 'http://h/compute/v9/i'}, render(
            Field('x', Bookmark('/servers/{id}')), Field('y', Bookmark('/{id}', '/v9')), id='i'))

    def test_links(self):
        self.assertEqual(
            {'links': [{'rel': 'self', 'href': '/a/i'}, {'rel': 'bookmark', 'href': '/b/i'}]},
            render(Field('links', Links(self=Text('/a/{id}'), bookmark=Text('/b/{id}'))), id='i'))

    def test_ref(self):
        plain = Field('image', Ref('image_id', ''))
        self.assertEqual({'image': {'id': 'i'}}, render(plain, image_id='i'))
        self.assertEqual({'image': ''}, render(plain, image_id=None))
        linked = Field('image', Ref('image_id', bookmark=Text('/images/{image_id}')))
        self.assertEqual(
            {'image': {'id': 'i', 'links': [{'rel': 'bookmark', 'href': '/images/i'}]}},
            render(linked, image_id='i'))
        self.assertEqual({'image': None}, render(linked, image_id=None))

    def test_nested(self):
        inner = (Field('id'), Field('disk', 'root'))
        self.assertEqual({'x': {'id': 1, 'disk': 2}}, render(
            Field('x', Nested(*inner)), id=1, root=2))
        there = Field('flavor', Nested(*inner, path='flavor'))
        self.assertEqual({'flavor': {'id': 1, 'disk': 2}},
                         render(there, flavor=Thing(id=1, root=2)))
        self.assertEqual({'flavor': None}, render(there, flavor=None))

    def test_nothing_in_it(self):
        self.assertEqual({'x': {}}, render(Field('x', Nested())))
        self.assertEqual({}, render())

    def test_each(self):
        self.assertEqual({'tags': ['a', 'b']}, render(Field('tags', Each('tags')),
                                                      tags=('a', 'b')))
        self.assertEqual({'tags': []}, render(Field('tags', Each('tags')), tags=None))
        rules = Each('rules', Field('port'), Field('ids', Each('ids')))
        self.assertEqual(
            {'rules': [{'port': 1, 'ids': ['x']}, {'port': 2, 'ids': []}]},
            render(Field('rules', rules), rules=(Thing(port=1, ids=('x',)), Thing(port=2, ids=()))))

    def test_each_by_a_source(self):
        self.assertEqual({'x': [{'id': 'a'}, {'id': 'b'}]}, render(
            Field('x', Each('ids', item=Made(lambda one: {'id': one}))), ids=('a', 'b')))
        self.assertEqual({'x': [{'id': 1}]}, render(
            Field('x', Each('inner', item=Nested(Field('id')))), inner=(Thing(id=1),)))

    def test_links_inside_of_a_list(self):
        view = View(Field('x', Each('inner', Field('href', Link('row', row_id='id')))))
        call = Call()
        rendered = view.many([Thing(inner=[Thing(id='a'), Thing(id='b')])] * 3, call)
        self.assertEqual([{'href': 'http://h/compute/v2.1/row/row_id/a?x=1'},
                          {'href': 'http://h/compute/v2.1/row/row_id/b?x=1'}], rendered[2]['x'])
        self.assertEqual(['row'], call.urls)

    def test_spread(self):
        self.assertEqual({'a': 1, 'id': 'i', 'z': 2}, render(
            Field('a', Const(0)), Spread('extra'), Field('id'), id='i',
            extra={'a': 1, 'id': 'forged', 'z': 2}))
        self.assertEqual({}, render(Spread('extra'), extra=None))

    def test_no_code_gets_in(self):
        for path in ('a b', 'a()', '', 'a.', '1a', 'a[0]', "x' if 1 else '", 'a\n'):
            self.assertRaises(ValueError, render, Field('x', path))
            self.assertRaises(ValueError, render, Field('x', Text(f'/{{{path}}}')))
        for name in ("'", '"', '\\', '{}', '\n', "': 1, 'y"):
            self.assertEqual({name: 1}, render(Field(name, Const(1))))
            self.assertEqual({'x': [{'rel': name, 'href': name}]},
                             render(Field('x', Links(**{name: Const(name)}))))


class Times(testtools.TestCase):

    def test_as_it_is(self):
        self.assertEqual(b'{"x":"2026-11-23T15:00:00Z"}',
                         http.dumps(render(Field('x'), x=MOMENT)))

    def test_forms(self):
        for form, expected in (('keystone', '2026-11-23T15:00:00.120000Z'),
                               ('cinder', '2026-11-23T15:00:00.120000'),
                               ('ironic', '2026-11-23T15:00:00+00:00')):
            field = Field('x', Time(form, 'at'))
            self.assertEqual({'x': expected}, render(field, at=MOMENT))
            self.assertEqual({'x': expected}, render(field, at=MOMENT.astimezone(
                datetime.timezone(datetime.timedelta(hours=5)))))
            self.assertEqual({'x': None}, render(field, at=None))

    def test_whole_seconds(self):
        whole = MOMENT.replace(microsecond=0)
        self.assertEqual({'x': '2026-11-23T15:00:00.000000Z'},
                         render(Field('x', Time('keystone', 'at')), at=whole))

    def test_unknown_form(self):
        self.assertRaises(KeyError, Time, 'swift', 'at')


class Windows(testtools.TestCase):

    VIEW = View(Field('always'), Field('new', since='2.5'), Field('old', until='2.9'),
                Field('inner', Nested(Field('deep', since='2.7'), Field('id'))))
    THING = Thing(always=1, new=2, old=3, deep=4, id=5)

    def at(self, version):
        rendered = self.VIEW.one(self.THING, Call(version))
        return [*rendered, *(f'inner.{key}' for key in rendered['inner'])]

    def test_edges(self):
        for version, expected in (
                ('2.1', ['always', 'old', 'inner', 'inner.id']),
                ('2.4', ['always', 'old', 'inner', 'inner.id']),
                ('2.5', ['always', 'new', 'old', 'inner', 'inner.id']),
                ('2.7', ['always', 'new', 'old', 'inner', 'inner.deep', 'inner.id']),
                ('2.9', ['always', 'new', 'old', 'inner', 'inner.deep', 'inner.id']),
                ('2.10', ['always', 'new', 'inner', 'inner.deep', 'inner.id']),
                ('3.0', ['always', 'new', 'inner', 'inner.deep', 'inner.id'])):
            self.assertEqual(expected, self.at(version), version)
            # once more, compiled by now
            self.assertEqual(expected, self.at(version), version)

    def test_without_versions_all(self):
        self.assertEqual(['always', 'new', 'old', 'inner', 'inner.deep', 'inner.id'], self.at(None))

    def test_named_edges(self):
        self.assertEqual(('2.5', '2.7', '2.10'), tuple(map(str, self.VIEW.edges)))

    def test_one_function_a_stretch(self):
        for minor in range(1, 20):
            self.at(f'2.{minor}')
        self.at(None)
        self.assertLessEqual(len(self.VIEW._compiled), 5)

    def test_names(self):
        self.assertEqual(('always', 'old', 'inner'), self.VIEW.names(Version.parse('2.1')))
        self.assertEqual(('always', 'new', 'old', 'inner'), self.VIEW.names())

    def test_spread(self):
        view = View(Spread('extra', since='2.5'))
        self.assertEqual({}, view.one(Thing(extra={'a': 1}), Call('2.4')))
        self.assertEqual({'a': 1}, view.one(Thing(extra={'a': 1}), Call('2.5')))


class Rights(testtools.TestCase):

    VIEW = View(Field('id'), Field('host', policy='host'),
                Field('x', Nested(Field('id'), Field('key', 'host', policy='key'))))

    def test_left_out(self):
        thing = Thing(id=1, host='h')
        for allowed, expected in (
                ((), {'id': 1, 'x': {'id': 1}}),
                (('host',), {'id': 1, 'host': 'h', 'x': {'id': 1}}),
                (('key',), {'id': 1, 'x': {'id': 1, 'key': 'h'}}),
                (('host', 'key'), {'id': 1, 'host': 'h', 'x': {'id': 1, 'key': 'h'}})):
            self.assertEqual(expected, self.VIEW.one(thing, Call(allowed=allowed)))

    def test_asked_once_a_page(self):
        call = Call()
        self.VIEW.many([Thing(id=1, host='h')] * 10, call)
        self.assertEqual(['host', 'key'], sorted(call.asked))

    def test_spread(self):
        view = View(Spread('extra', policy='extra'))
        self.assertEqual({}, view.one(Thing(extra={'a': 1}), Call()))
        self.assertEqual({'a': 1}, view.one(Thing(extra={'a': 1}), Call(allowed=['extra'])))


class Conditions(testtools.TestCase):

    def test_attribute(self):
        field = Field('fault', when='fault')
        self.assertEqual({'fault': 'f'}, render(field, fault='f'))
        self.assertEqual({'fault': ''}, render(field, fault=''))
        self.assertEqual({}, render(field, fault=None))
        self.assertEqual({}, render(Field('x', Const(1), when='a.b'), a=None))

    def test_function(self):
        field = Field('fault', when=lambda thing: thing.status == 'ERROR')
        self.assertEqual({'fault': 'f'}, render(field, fault='f', status='ERROR'))
        self.assertEqual({}, render(field, fault='f', status='ACTIVE'))

    def test_order_stays(self):
        self.assertEqual(['a', 'b', 'c'], list(render(
            Field('a', Const(1)), Field('b', when='b'), Field('c', Const(3)), b=2)))


class Pages(testtools.TestCase):

    VIEW = View(Field('id'), Field('links', Links(self=Link('row', row_id='id'),
                                                  bookmark=Bookmark('/rows/{id}'))))

    def test_many(self):
        rendered = self.VIEW.many((Thing(id=number) for number in range(3)), Call())
        self.assertEqual([0, 1, 2], [one['id'] for one in rendered])
        self.assertEqual('http://h/compute/rows/2', rendered[2]['links'][1]['href'])

    def test_none(self):
        self.assertEqual([], self.VIEW.many([], Call()))

    def test_prefixes_are_computed_once(self):
        call = Call()
        self.VIEW.many([Thing(id=number) for number in range(50)], call)
        self.assertEqual(['row', ''], call.urls)

    def test_each_page_has_the_urls_of_its_call(self):
        self.VIEW.one(Thing(id=1), Call())
        other = Call()
        other.prefix = lambda root=None: 'https://other'
        self.assertEqual('https://other/rows/1',
                         self.VIEW.one(Thing(id=1), other)['links'][1]['href'])

    def test_chosen_fields(self):
        view = View(Field('id'), Field('name'), Spread('extra'))
        thing = Thing(id=1, name='n', extra={'a': 1, 'b': 2})
        self.assertEqual({'id': 1, 'a': 1}, view.one(thing, Call(), fields=['a', 'id', 'zz']))
        self.assertEqual([{}], view.many([thing], Call(), fields=[]))

    def test_results_share_nothing_that_can_change(self):
        first, second = self.VIEW.many([Thing(id=1), Thing(id=2)], Call())
        first['links'].append('x')
        self.assertEqual(2, len(second['links']))

    def test_on_the_wire(self):
        class Kind(enum.StrEnum):
            SSH = 'ssh'

        self.assertEqual(b'{"type":"ssh","tags":["a"]}', http.dumps(render(
            Field('type'), Field('tags', Each('tags')), type=Kind.SSH, tags=('a',))))
