import datetime
import io

import subunit
import testtools

from tests.interop import outcomes
from tests.interop.outcomes import Outcome, Outcomes

TRACEBACK = """\
Traceback (most recent call last):
  File "test_x.py", line 3, in test_x
    call()
tempest.lib.exceptions.NotFound: Object not found
Details: {'code': 404}
"""
CHAINED = """\
Traceback (most recent call last):
  File "a.py", line 1, in a
    b()
KeyError: 'first'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "c.py", line 1, in c
    d()
ValueError: second
"""
BEGIN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def stream(*entries):
    """A subunit stream of (id, status, {detail: text})."""
    data = io.BytesIO()
    result = subunit.StreamResultToBytes(data)
    for number, (test, status, details) in enumerate(entries):
        result.status(test_id=test, test_status='inprogress', timestamp=BEGIN)
        for name, text in details.items():
            result.status(test_id=test, file_name=name, file_bytes=text.encode(), eof=True,
                          mime_type='text/plain;charset=utf8')
        if status:
            result.status(test_id=test, test_status=status,
                          timestamp=BEGIN + datetime.timedelta(seconds=number + 1))
    data.seek(0)
    return data


def read(*entries):
    found = Outcomes()
    found.read(stream(*entries))
    return found


class Results(testtools.TestCase):

    def test_each_kind(self):
        found = read(('m.C.test_a[id-1]', 'success', {}),
                     ('m.C.test_b[id-2]', 'fail', {'traceback': TRACEBACK}),
                     ('m.C.test_c', 'skip', {'reason': 'not\n there'}),
                     ('m.C.test_d', None, {}))
        self.assertEqual([
            Outcome('m.C.test_a', 'passed', '', 1.0),
            Outcome('m.C.test_b', 'failed', 'tempest.lib.exceptions.NotFound: Object not found '
                                            "Details: {'code': 404}", 2.0),
            Outcome('m.C.test_c', 'skipped', 'not there', 3.0),
            Outcome('m.C.test_d', 'failed', 'did not finish', None),
            Outcome('m.C.test_e', 'not run', 'Tempest has no such test, or ended before it'),
        ], found.of(f'm.C.test_{letter}' for letter in 'abcde'))
        self.assertEqual({}, found.leftovers)

    def test_a_class_decides_for_its_tests(self):
        found = read(('setUpClass (m.Skips)', 'skip', {'reason': 'no such feature'}),
                     ('setUpClass (m.Fails)', 'fail', {'traceback-1': TRACEBACK}),
                     ('setUpClass (m.Ends)', 'success', {}))
        self.assertEqual(
            ['skipped', 'failed', 'not run'],
            [one.result for one in found.of(['m.Skips.test_a', 'm.Fails.test_a', 'm.Ends.test_a'])])
        self.assertEqual('no such feature', found.of(['m.Skips.test_b'])[0].reason)

    def test_announced_is_not_run(self):
        found = read(('setUpClass (m.C)', 'fail', {'traceback': TRACEBACK}),
                     ('m.C.test_a[id-1]', 'exists', {}))
        self.assertIn('NotFound', found.of(['m.C.test_a'])[0].reason)

    def test_each_is_told_as_it_comes(self):
        told = []
        Outcomes(told.append).read(stream(('setUpClass (m.C)', 'success', {}),
                                          ('m.C.test_a[id-1]', 'success', {})))
        self.assertEqual([Outcome('m.C.test_a', 'passed', '', 2.0)], told)

    def test_what_is_left_behind(self):
        found = read(('tearDownClass (m.C)', 'fail', {'traceback': TRACEBACK}),
                     ('tearDownClass (m.D)', 'success', {}))
        self.assertEqual({'m.C'}, set(found.leftovers))
        self.assertIn('NotFound', found.leftovers['m.C'])

    def test_words_between_the_packets_are_no_tests(self):
        data = stream(('m.C.test_a', 'success', {}))
        found = Outcomes()
        found.read(io.BytesIO(b'warning: something\n' + data.read()))
        self.assertEqual(['passed', 'not run'],
                         [one.result for one in found.of(['m.C.test_a', 'stdout'])])


class Reasons(testtools.TestCase):

    def test_the_first_of_a_chain(self):
        self.assertEqual("KeyError: 'first'", outcomes.reason_of({'traceback': CHAINED}))

    def test_the_first_that_says_something(self):
        self.assertEqual('ValueError: x', outcomes.reason_of(
            {'traceback-1': 'ValueError: x', 'traceback': ''}))

    def test_none(self):
        self.assertEqual('', outcomes.reason_of({}))

    def test_long_ones_are_cut(self):
        found = outcomes.reason_of({'reason': 'x' * 1000})
        self.assertEqual(300, len(found))
        self.assertTrue(found.endswith('…'))
