"""Statements, units of work, and writers that get in each other's way."""
import os
import pathlib
import threading

import fixtures
import sqlalchemy as sa
import testtools

from jumpgate.common import errors
from jumpgate.store import patience
from jumpgate.store.engine import Store
from jumpgate.store.unit_of_work import connection_of, in_unit, unit_of_work

METADATA = sa.MetaData()
THINGS = sa.Table('things', METADATA, sa.Column('id', sa.Integer, primary_key=True),
                  sa.Column('n', sa.Integer))


class StoreCase(testtools.TestCase):

    def setUp(self):
        super().setUp()
        path = pathlib.Path(self.useFixture(fixtures.TempDir()).path) / 'db.sqlite'
        self.store = Store(f'sqlite:///{path}')
        self.addCleanup(self.store.close)
        METADATA.create_all(self.store.engine)

    def ids(self, store=None):
        return [row[0] for row in (store or self.store).quick_rows(
            'SELECT id FROM things ORDER BY id', ())]

    def insert(self, number):
        self.store.execute(THINGS.insert(), {'id': number, 'n': 0})


class UnitTest(StoreCase):

    def test_a_statement_alone_is_there_at_once(self):
        self.insert(1)
        self.assertEqual([1], self.ids())

    def test_a_unit_is_all_or_nothing(self):
        def fail():
            self.insert(1)
            self.assertEqual([1], self.ids())
            raise LookupError
        self.assertRaises(LookupError, in_unit, self.store, fail)
        self.assertEqual([], self.ids())
        self.assertIsNone(connection_of(self.store))

    def test_others_see_it_only_at_its_end(self):
        other = Store(self.store.url)
        self.addCleanup(other.close)

        def write():
            self.insert(1)
            self.assertEqual([], self.ids(other))
        in_unit(self.store, write)
        self.assertEqual([1], self.ids(other))

    def test_a_unit_inside_of_another_belongs_to_it(self):
        insert = self.insert

        class Cloud:
            store = self.store

            @unit_of_work
            def inner(self, number):
                insert(number)

            @unit_of_work
            def outer(self):
                self.inner(1)
                self.inner(2)
                raise LookupError
        self.assertRaises(LookupError, Cloud().outer)
        self.assertEqual([], self.ids())

    def test_a_unit_belongs_to_one_store(self):
        path = pathlib.Path(self.useFixture(fixtures.TempDir()).path) / 'db.sqlite'
        other = Store(f'sqlite:///{path}')
        self.addCleanup(other.close)
        METADATA.create_all(other.engine)

        def write():
            other.execute(THINGS.insert(), {'id': 5, 'n': 0})
            raise LookupError
        self.assertRaises(LookupError, in_unit, self.store, write)
        self.assertEqual([5], self.ids(other))


class BusyTest(StoreCase):

    def test_writers_wait_for_each_other(self):
        self.insert(1)
        add = sa.text('UPDATE things SET n = :n WHERE id = 1')
        problems = []

        def count():
            store = Store(self.store.url)

            def one():
                [(n,)] = store.quick_rows('SELECT n FROM things WHERE id = 1', ())
                store.execute(add, {'n': n + 1})
            try:
                for _ in range(25):
                    in_unit(store, one)
            except Exception as error:
                problems.append(error)
            finally:
                store.close()
        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], problems)
        self.assertEqual([(100,)], self.store.quick_rows('SELECT n FROM things', ()))

    def test_patience_has_an_end(self):
        self.patch(patience, 'PATIENCE', 0.05)
        other = Store(self.store.url)
        self.addCleanup(other.close)

        def hold():
            self.assertRaises(errors.CloudUnavailable, in_unit, other, lambda: None)
        in_unit(self.store, hold)
        in_unit(other, lambda: None)

    def test_readers_do_not_wait(self):
        other = Store(self.store.url)
        self.addCleanup(other.close)
        in_unit(self.store, lambda: self.assertEqual([], self.ids(other)))


class ForkTest(StoreCase):

    def test_a_child_makes_connections_of_its_own(self):
        self.insert(1)
        parent = self.store.engine
        child = os.fork()
        if child == 0:
            own = self.store.engine is not parent and self.ids() == [1]
            os._exit(0 if own else 1)
        self.assertEqual(0, os.waitpid(child, 0)[1])
        self.assertIs(parent, self.store.engine)
