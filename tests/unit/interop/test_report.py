import pathlib

import fixtures
import testtools

from tests.interop import lists, report
from tests.interop.outcomes import Outcome

TESTS = lists.parse("""
[tokens]
tempest.api.identity.m.C.test_a  2020.06
tempest.api.identity.m.C.test_b  2020.06 2022.11
[images]
tempest.api.image.m.C.test_c  2022.11
""")
NAMES = [test.name for test in TESTS]


def make(results, expected=None, leftovers=None):
    return report.Report(
        TESTS, [Outcome(name, result, 'because') for name, result in zip(
            NAMES, results, strict=True)], leftovers or {}, expected or {}, 61.4)


class Judgement(testtools.TestCase):

    def test_all_passed(self):
        self.assertTrue(make(['passed'] * 3).good)

    def test_expected_ones(self):
        expected = {NAMES[0]: 'failed', NAMES[2]: 'skipped', 'of another list': 'failed'}
        self.assertTrue(make(['failed', 'passed', 'skipped'], expected).good)

    def test_what_is_not_expected(self):
        for result in ('failed', 'skipped', 'not run'):
            done = make(['passed', result, 'passed'])
            self.assertFalse(done.good)
            self.assertEqual([NAMES[1]], [one.test for one in done.unexpected])
            self.assertIn(f'Not expected:\n{result} {NAMES[1]}\n    because\n', done.summary())

    def test_another_result_than_expected(self):
        done = make(['skipped', 'passed', 'passed'], {NAMES[0]: 'failed'})
        self.assertEqual([NAMES[0]], [one.test for one in done.unexpected])

    def test_passed_against_expectation(self):
        done = make(['passed'] * 3, {NAMES[1]: 'failed'})
        self.assertFalse(done.good)
        self.assertEqual([NAMES[1]], [one.test for one in done.surprises])
        self.assertIn(f'says otherwise:\n{NAMES[1]}\n', done.summary())

    def test_left_behind(self):
        done = make(['passed'] * 3, leftovers={'m.C': 'Conflict'})
        self.assertFalse(done.good)
        self.assertIn('Could not clean up:\nm.C\n    Conflict\n', done.summary())


class Words(testtools.TestCase):

    def test_summary(self):
        self.assertEqual("""\
capability  passed failed skipped  of
tokens           1      1       0   2
images           0      0       1   1

guideline 2020.06: 1/2
guideline 2022.11: 0/2
identity: 1/2 (50%)
image: 0/1 (0%)

as expected, 61 s
PASSED 1/3 (failed 1, skipped 1)
""", make(['passed', 'failed', 'skipped'],
          {NAMES[1]: 'failed', NAMES[2]: 'skipped'}).summary())

    def test_failures(self):
        self.assertEqual(f'failed {NAMES[1]}\n    because\nnot run {NAMES[2]}\n    because\n',
                         make(['passed', 'failed', 'not run']).failures())


class Expected(testtools.TestCase):

    def load(self, text):
        path = pathlib.Path(self.useFixture(fixtures.TempDir()).path, 'expected.csv')
        path.write_text('test,result,reason\n' + text)
        return report.load_expected(path)

    def test_load(self):
        self.assertEqual({'a': 'failed', 'b': 'skipped'},
                         self.load('a,failed,"one, two"\nb,skipped,x\n'))

    def test_an_entry_needs_a_result_and_a_reason_and_no_double(self):
        for text in ('a,failed,\n', 'a,broken,x\n', 'a,failed,x\na,skipped,y\n', 'a,failed\n'):
            self.assertRaises(report.BadExpectations, self.load, text)
