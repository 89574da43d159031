"""The image service on PostgreSQL and MariaDB: what touches the database most."""
import atexit
import functools
import itertools

import sqlalchemy

from tests.fixtures import databases
from tests.functional.image import test_data, test_images, test_imports, test_lists, test_members


@functools.cache
def _started(server_class):
    """The server of this process, which lives as long."""
    server = server_class()
    server.setUp()
    atexit.register(server.cleanUp)
    return server


class _Database:
    """Tests of another class, each with an empty database on a server that all share."""

    server_class = None
    numbers = itertools.count()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.server_class.is_installed():
            raise cls.skipException(f'{cls.server_class.program} is not installed')
        cls.server = _started(cls.server_class)

    def setUp(self):
        name = f'images{next(self.numbers)}'
        engine = sqlalchemy.create_engine(
            self.server.url, isolation_level='AUTOCOMMIT', poolclass=sqlalchemy.NullPool)
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text(f'CREATE DATABASE {name}'))
        url = sqlalchemy.make_url(self.server.url).set(database=name)
        self.settings += (
            f'[database]\nconnection = {url.render_as_string(hide_password=False)}\n')
        super().setUp()
        self.addCleanup(self.close)

    def close(self):
        self.cloud.driver.store.close()


class PostgreSQL(_Database):
    server_class = databases.PostgreSQL


class MariaDB(_Database):
    server_class = databases.MariaDB


def _chosen(case, *names):
    """`case` on either server, with these of its tests alone."""
    left_out = {name: None for name in dir(case)
                if name.startswith('test') and name not in names}
    return (type(f'PostgreSQL{case.__name__}', (PostgreSQL, case), left_out),
            type(f'MariaDB{case.__name__}', (MariaDB, case), left_out))


PostgreSQLFilterTest, MariaDBFilterTest = _chosen(
    test_lists.FilterTest, 'test_attributes', 'test_moments', 'test_tags_and_properties',
    'test_one_of_several', 'test_sizes', 'test_flags')
PostgreSQLOrderTest, MariaDBOrderTest = _chosen(
    test_lists.OrderTest, 'test_both_spellings', 'test_pages_in_any_order')
PostgreSQLWhoseTest, MariaDBWhoseTest = _chosen(test_lists.WhoseTest, 'test_a_member')
PostgreSQLCreateTest, MariaDBCreateTest = _chosen(
    test_images.CreateTest, 'test_everything', 'test_an_id_that_is_taken',
    'test_the_longest_that_fit')
PostgreSQLPatchTest, MariaDBPatchTest = _chosen(
    test_images.PatchTest, 'test_all_operations', 'test_all_or_nothing')
PostgreSQLUploadTest, MariaDBUploadTest = _chosen(
    test_data.UploadTest, 'test_by_many_at_once', 'test_broken_off')
PostgreSQLMemberTest, MariaDBMemberTest = _chosen(
    test_members.MemberTest, 'test_from_asking_to_the_end', 'test_twice')
PostgreSQLStoresTest, MariaDBStoresTest = _chosen(test_imports.StoresTest, 'test_copy')
