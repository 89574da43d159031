"""Things as JSON documents beside the columns that SQL looks at."""
import dataclasses
import datetime
import enum
import pathlib
from collections.abc import Mapping

import fixtures
import sqlalchemy as sa
import testtools

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.model import model
from jumpgate.store.engine import Store

TABLE = sa.Table(
    'things', sa.MetaData(), sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('name', sa.String(64), unique=True), sa.Column('size', sa.Integer),
    sa.Column('owner', sa.String(64)), sa.Column('document', sa.Text, nullable=False))


class Colour(enum.StrEnum):
    RED = 'red'


@model
class Part:
    name: str


@model
class Thing:
    id: str
    name: str | None = None
    size: int | None = None
    colour: Colour | None = None
    made_at: datetime.datetime | None = None
    parts: tuple[Part, ...] = ()
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


class ShelfTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        path = pathlib.Path(self.useFixture(fixtures.TempDir()).path) / 'db.sqlite'
        self.store = Store(f'sqlite:///{path}')
        self.addCleanup(self.store.close)
        TABLE.create(self.store.engine)
        self.shelf = Shelf(self.store, TABLE, Thing, ('name', 'size'),
                           computed={'owner': lambda thing: thing.extra.get('owner')})

    def test_everything_comes_back(self):
        thing = Thing(
            id='a', name='Ä', size=3, colour=Colour.RED, parts=(Part(name='p'),),
            made_at=datetime.datetime(2026, 11, 23, 15, 0, 0, 123456, tzinfo=datetime.UTC),
            extra={'owner': 'me', 'deep': {'list': [1, None, 2.5]}})
        self.shelf.insert(thing)
        self.assertEqual(thing, self.shelf.get('a'))
        self.assertIsInstance(self.shelf.get('a').colour, Colour)
        self.assertEqual([('Ä', 3, 'me')], self.store.quick_rows(
            'SELECT name, size, owner FROM things', ()))

    def test_a_change_keeps_columns_and_document_in_step(self):
        self.shelf.insert(Thing(id='a', name='n', size=1))
        self.shelf.update(Thing(id='a', name='m', size=2))
        self.assertEqual([], self.shelf.find(name='n'))
        self.assertEqual(2, self.shelf.first(name='m').size)

    def test_what_is_wanted(self):
        for number in range(3):
            self.shelf.insert(Thing(id=f'{number}', name=f'n{number}', size=number or None))
        self.assertEqual(['0'], [one.id for one in self.shelf.find(size=None)])
        self.assertEqual(['1', '2'], [one.id for one in self.shelf.find(id=('2', '1'))])
        self.assertEqual([], self.shelf.find(id=()))
        self.assertTrue(self.shelf.has(size=2, name='n2'))
        self.assertFalse(self.shelf.has(size=2, name='n1'))
        self.assertFalse(self.shelf.has(id=()))
        self.assertIsNone(self.shelf.get('nope'))
        self.assertEqual({'1'}, set(self.shelf.get_many(['1', 'nope'])))

    def test_more_values_than_a_statement_takes(self):
        self.shelf.insert(Thing(id='7'))
        self.shelf.insert(Thing(id='39999'))
        wanted = tuple(str(number) for number in range(40_000))
        self.assertEqual(['39999', '7'], [one.id for one in self.shelf.find(id=wanted)])

    def test_a_broken_constraint_is_a_conflict(self):
        self.shelf.insert(Thing(id='a', name='n'))
        error = self.assertRaises(errors.Conflict, self.shelf.insert, Thing(id='b', name='n'),
                                  'the name n is taken')
        self.assertEqual('the name n is taken', str(error))
        self.shelf.insert(Thing(id='b', name='m'))
        self.assertRaises(errors.Conflict, self.shelf.update, Thing(id='b', name='n'))

    def test_taken_away(self):
        for name in 'abc':
            self.shelf.insert(Thing(id=name, name=name, size=1))
        self.assertTrue(self.shelf.delete('a'))
        self.assertFalse(self.shelf.delete('a'))
        self.assertEqual(1, self.shelf.delete_where(id=('b', 'nope')))
        self.assertEqual(1, self.shelf.delete_where(size=1))
        self.assertEqual([], self.shelf.find())
