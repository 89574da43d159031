import pathlib

import fixtures
import testtools

from tests.interop import lists, report

TEXT = """
# a comment
[tokens]
tempest.api.identity.v3.test_tokens.Tokens.test_a[id-1,smoke]  2020.06 2022.11 flagged
tempest.api.identity.v3.test_tokens.Tokens.test_b  # another
[images]
tempest.api.image.v2.test_images.Images.test_c guest
"""


class Parse(testtools.TestCase):

    def test_capabilities_and_marks(self):
        first, second, third = lists.parse(TEXT)
        self.assertEqual('tempest.api.identity.v3.test_tokens.Tokens.test_a', first.name)
        self.assertEqual('tokens', first.capability)
        self.assertEqual(['2020.06', '2022.11'], first.guidelines)
        self.assertIn('flagged', first.marks)
        self.assertEqual(('tokens', frozenset()), (second.capability, second.marks))
        self.assertEqual(('images', []), (third.capability, third.guidelines))

    def test_without_headings_the_module_is_the_capability(self):
        found = lists.parse('tempest.api.image.v2.test_images.Images.test_c\n'
                            'tempest.serial_tests.api.compute.admin.test_x.X.test_d')
        self.assertEqual(['image.v2.test_images', 'compute.admin.test_x'],
                         [test.capability for test in found])

    def test_service(self):
        for name, service in (('tempest.api.identity.v3.m.C.test', 'identity'),
                              ('tempest.serial_tests.api.compute.admin.m.C.test', 'compute'),
                              ('tempest.scenario.m.C.test', '')):
            self.assertEqual(service, lists.service_of(name))

    def test_a_test_twice(self):
        found = self.assertRaises(lists.BadList, lists.parse, 'a.B.test\n[x]\na.B.test[id-1]')
        self.assertIn('a.B.test is there twice', str(found))


class Select(testtools.TestCase):

    def select(self, *args, **kwargs):
        return [test.name[-1] for test in lists.select(lists.parse(TEXT), *args, **kwargs)]

    def test_by_service_and_expression(self):
        self.assertEqual(['a', 'b', 'c'], self.select())
        self.assertEqual(['a', 'b'], self.select(['identity']))
        self.assertEqual(['a', 'b', 'c'], self.select(['image', 'identity']))
        self.assertEqual(['b'], self.select(['identity'], '_b$'))

    def test_nothing_left(self):
        for args in ((['volume'],), ([], 'nothing'), ([], '(')):
            self.assertRaises(lists.BadList, self.select, *args)


class Load(testtools.TestCase):

    def test_a_file(self):
        path = pathlib.Path(self.useFixture(fixtures.TempDir()).path, 'some')
        path.write_text('a.B.test\n')
        self.assertEqual(['a.B.test'], [test.name for test in lists.load(str(path))])

    def test_several(self):
        found = lists.load_all(['interop-compute', 'api-dev'])
        self.assertEqual(len(found), len({test.name for test in found}))
        both = next(test for test in found if test.name.endswith('.test_validate_token'))
        self.assertEqual('identity-v3-tokens-validate', both.capability)
        self.assertLess(969, len(found))

    def test_neither_file_nor_list(self):
        found = self.assertRaises(lists.BadList, lists.load, 'no-such-list')
        self.assertIn('api-dev, interop-compute, jumpgate-whitelist', str(found))

    def test_the_lists_of_the_project(self):
        for name, tests, services in (
                ('interop-compute', 283, {'compute', 'identity', 'image', 'network', 'volume'}),
                ('api-dev', 969, {'compute', 'identity', 'image', 'network', 'volume'}),
                ('jumpgate-whitelist', 77, {'compute'})):
            found = lists.load(name)
            self.assertEqual(tests, len(found))
            self.assertEqual(services, {test.service for test in found})

    def test_the_guidelines(self):
        found = lists.load('interop-compute')
        self.assertEqual(69, len({test.capability for test in found}))
        self.assertEqual([227, 276], [sum(guideline in test.marks for test in found)
                                      for guideline in ('2020.06', '2022.11')])

    def test_what_is_expected_to_fail_is_in_a_list(self):
        known = {test.name for path in lists.FOLDER.glob('*.txt')
                 for test in lists.load(str(path))}
        self.assertEqual(set(), set(report.load_expected()) - known)
