"""openstackclient and the image service: what people do with images."""
import hashlib
import os
import pathlib

import fixtures
import testtools

from tests.fixtures.gateway import Gateway
from tests.fixtures.openstackclient import OpenStackClient

_SETTINGS = '[identity]\npassword_hash_rounds = 4\n[image]\nstores = file, second\n'


class ClientCase(testtools.TestCase):
    """All tests of a class share a gateway; each makes images of names of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = Gateway(_SETTINGS)
        cls.gateway.setUp()
        cls.addClassCleanup(cls.gateway.cleanUp)

    def setUp(self):
        super().setUp()
        self.admin = self.client('admin')
        self.demo = self.client('demo')
        self.folder = pathlib.Path(self.useFixture(fixtures.TempDir()).path)

    def client(self, user='admin', **settings):
        return self.useFixture(OpenStackClient(self.gateway, user, **settings))

    def file(self, size=3_000_001):
        """The path of a file with `size` random bytes, and those."""
        path = self.folder / 'data'
        data = os.urandom(size)
        path.write_bytes(data)
        return str(path), data

    def names(self, client, *words):
        return [image['Name'] for image in client.json('image', 'list', *words)]


class DataTest(ClientCase):

    def test_the_first_start_put_two_there(self):
        self.assertIn('Made two public images of 64 KiB: tiny and tiny-alt.', self.gateway.log)
        self.assertEqual(['tiny', 'tiny-alt'], sorted(self.names(self.demo, '--public')))
        path = str(self.folder / 'saved')
        self.demo.ok('image', 'save', '--file', path, 'tiny')
        self.assertEqual(64 * 1024, os.path.getsize(path))

    def test_create_save_delete(self):
        path, data = self.file()
        image = self.demo.json('image', 'create', '--file', path, 'round-trip')
        self.assertEqual(('active', len(data), hashlib.md5(data).hexdigest()),
                         (image['status'], image['size'], image['checksum']))
        self.assertEqual(hashlib.sha512(data).hexdigest(), image['properties']['os_hash_value'])
        saved = self.folder / 'saved'
        self.demo.ok('image', 'save', '--file', str(saved), 'round-trip')
        self.assertEqual(data, saved.read_bytes())
        self.demo.ok('image', 'delete', 'round-trip')
        self.assertIn('No Image found for round-trip',
                      self.demo.fails('image', 'show', 'round-trip'))

    def test_import(self):
        path, data = self.file(100_000)
        image = self.demo.json('image', 'create', '--import', '--file', path, 'imported')
        self.assertEqual(len(data), self.demo.json('image', 'show', image['id'])['size'])

    def test_stage_then_import(self):
        path, data = self.file(100_000)
        image = self.demo.json('image', 'create', 'staged')
        self.assertEqual('queued', image['status'])
        self.demo.ok('image', 'stage', '--file', path, 'staged')
        self.assertEqual('uploading', self.demo.json('image', 'show', 'staged')['status'])
        self.demo.ok('image', 'import', '--method', 'glance-direct', '--wait', 'staged')
        shown = self.demo.json('image', 'show', 'staged')
        self.assertEqual(('active', hashlib.md5(data).hexdigest()),
                         (shown['status'], shown['checksum']))
        (task,) = self.admin.json('image', 'task', 'list', '--status', 'success')[:1]
        self.assertEqual('api_image_import', task['Type'])

    def test_stores_and_methods(self):
        found = self.admin.json('image', 'stores', 'list')
        self.assertEqual([('file', True), ('second', None)],
                         [(store['ID'], store['Default']) for store in found])
        found = self.demo.json('image', 'import', 'info')
        self.assertIn('glance-direct', str(found))

    def test_copy_to_another_store(self):
        path, _ = self.file(1000)
        self.admin.ok('image', 'create', '--file', path, 'copied')
        self.admin.ok('image', 'import', '--method', 'copy-image', '--store', 'second', '--wait',
                      'copied')
        image = self.admin.json('image', 'show', 'copied')
        self.assertEqual('file,second', image['properties']['stores'])


class RecordTest(ClientCase):

    def test_set_and_unset(self):
        image = self.demo.json(
            'image', 'create', '--property', 'os_distro=none', '--tag', 'one', '--min-disk', '1',
            '--min-ram', '64', '--private', 'changing')
        self.assertEqual(('none', ['one'], 1, 64, 'private'), (
            image['properties']['os_distro'], image['tags'], image['min_disk'], image['min_ram'],
            image['visibility']))
        self.demo.ok('image', 'set', '--property', 'os_distro=some', '--property', 'more=yes',
                     '--tag', 'two', '--name', 'changed', '--protected', '--shared', 'changing')
        image = self.demo.json('image', 'show', 'changed')
        self.assertEqual(('some', 'yes', ['one', 'two'], True, 'shared'), (
            image['properties']['os_distro'], image['properties']['more'], image['tags'],
            image['protected'], image['visibility']))
        self.assertIn('is protected and cannot be deleted',
                      self.demo.fails('image', 'delete', 'changed'))
        self.demo.ok('image', 'unset', '--property', 'more', '--tag', 'one', 'changed')
        self.demo.ok('image', 'set', '--unprotected', 'changed')
        image = self.demo.json('image', 'show', 'changed')
        self.assertEqual((False, ['two']), ('more' in image['properties'], image['tags']))
        self.demo.ok('image', 'delete', 'changed')

    def test_lists(self):
        for name, kind in (('list-a', 'red'), ('list-b', 'blue'), ('list-c', 'red')):
            self.demo.ok('image', 'create', '--property', f'kind={kind}', '--tag', 'listed', name)
        self.assertEqual({'list-a', 'list-c'}, set(self.names(
            self.demo, '--property', 'kind=red')))
        self.assertEqual(['list-c', 'list-b', 'list-a'], self.names(
            self.demo, '--tag', 'listed', '--sort', 'name:desc'))
        self.assertEqual(['list-b'], self.names(self.demo, '--name', 'list-b'))
        self.assertEqual(2, len(self.names(self.demo, '--tag', 'listed', '--limit', '2')))
        self.assertEqual([], self.names(self.demo, '--status', 'active', '--tag', 'listed'))
        found = self.demo.json('image', 'list', '--tag', 'listed', '--long')
        self.assertEqual({'queued'}, {image['Status'] for image in found})

    def test_more_than_a_page(self):
        for number in range(27):
            self.demo.ok('image', 'create', '--tag', 'paged', f'page-{number}')
        self.assertEqual(27, len(set(self.names(self.demo, '--tag', 'paged'))))

    def test_sharing(self):
        project = self.admin.json('project', 'show', 'admin')['id']
        image = self.demo.json('image', 'create', '--shared', 'shared')
        self.demo.ok('image', 'add', 'project', 'shared', project)
        self.demo.ok('image', 'member', 'list', 'shared')
        (member,) = self.demo.json('image', 'member', 'list', 'shared')
        self.assertEqual((project, 'pending'), (member['Member ID'], member['Status']))
        self.admin.ok('image', 'set', '--accept', '--project', project, image['id'])
        (member,) = self.demo.json('image', 'member', 'list', 'shared')
        self.assertEqual('accepted', member['Status'])
        self.demo.ok('image', 'remove', 'project', 'shared', project)
        self.assertEqual([], self.demo.json('image', 'member', 'list', 'shared'))

    def test_deactivate(self):
        path, _ = self.file(1000)
        self.demo.ok('image', 'create', '--file', path, 'sleeping')
        self.demo.ok('image', 'set', '--deactivate', 'sleeping')
        target = str(self.folder / 'saved')
        # the client takes the refusal for the data, and finds that it is not
        self.demo.fails('image', 'save', '--file', target, 'sleeping')
        self.assertEqual('deactivated', self.demo.json('image', 'show', 'sleeping')['status'])
        self.demo.ok('image', 'set', '--activate', 'sleeping')
        self.demo.ok('image', 'save', '--file', target, 'sleeping')

    def test_definitions(self):
        self.admin.ok('image', 'metadef', 'namespace', 'create', '--public', 'My::Space')
        self.admin.ok('image', 'metadef', 'property', 'create', '--name', 'speed', '--title',
                      'Speed', '--type', 'integer', '--schema', '{}', 'My::Space')
        found = self.demo.json('image', 'metadef', 'namespace', 'list')
        self.assertEqual(['My::Space'], [one['namespace'] for one in found])
        found = self.demo.json('image', 'metadef', 'property', 'list', 'My::Space')
        self.assertEqual(['speed'], [one['name'] for one in found])
        self.assertIn('OS::Nova::Server', self.demo.ok(
            'image', 'metadef', 'resource', 'type', 'list'))


class WrongTest(ClientCase):
    """What goes wrong is told in words."""

    def test_what_is_not_there(self):
        for words in (('show', 'nothing'), ('save', 'nothing'), ('set', '--name', 'x', 'nothing')):
            self.assertIn('No Image found for nothing', self.demo.fails('image', *words))
        self.demo.fails('image', 'delete', 'nothing')

    def test_a_conflict(self):
        image = self.demo.json('image', 'create', 'first')
        message = self.demo.fails('image', 'create', '--id', image['id'], 'second')
        self.assertIn('already exists', message)
        self.assertIn('409', message)

    def test_a_missing_role(self):
        self.assertIn('403', self.demo.fails('image', 'create', '--public', 'for-everybody'))

    def test_a_format_that_is_none(self):
        path, _ = self.file(1000)
        message = self.demo.fails('image', 'create', '--disk-format', 'qcow2', '--file', path, 'no')
        self.assertIn('415', message)
        self.demo.fails('image', 'show', 'no')

    def test_a_name_that_is_too_long(self):
        message = self.demo.fails('image', 'create', 'x' * 256)
        self.assertIn('400', message)
