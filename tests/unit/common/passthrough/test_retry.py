import email.utils
import time

import testtools

from jumpgate.common.passthrough.retry import Patience


class BudgetTest(testtools.TestCase):

    def setUp(self):
        super().setUp()
        self.slept = []

    def budget(self, **bounds):
        return Patience(sleep=self.slept.append, **bounds).budget()

    def test_pauses_double_and_are_spread(self):
        budget = self.budget(retries=4, seconds=100, first=0.1)
        while budget.wait():
            pass
        self.assertEqual(4, len(self.slept))
        for pause, longest in zip(self.slept, (0.1, 0.2, 0.4, 0.8), strict=True):
            self.assertTrue(longest / 2 <= pause <= longest)

    def test_a_date(self):
        budget = self.budget(seconds=100)
        self.assertTrue(budget.wait(email.utils.formatdate(time.time() + 50, usegmt=True)))
        self.assertTrue(45 < self.slept[0] <= 50)

    def test_a_date_that_is_over(self):
        self.assertTrue(self.budget().wait('Mon, 01 Jan 2024 00:00:00 GMT'))
        self.assertEqual([0.0], self.slept)

    def test_what_cannot_be_understood_is_as_if_it_were_not_there(self):
        for header in ('soon', '-5', '1.5', '٣', ''):
            self.assertTrue(self.budget().wait(header))
            self.assertTrue(0.05 <= self.slept[-1] <= 0.1)

    def test_longer_than_what_is_left(self):
        budget = self.budget(seconds=3)
        self.assertFalse(budget.wait('4'))
        self.assertTrue(budget.wait('2'))
        self.assertFalse(budget.wait('2'))
        self.assertEqual([2.0], self.slept)

    def test_time_that_went_by_otherwise_counts_too(self):
        now = 1000.0
        budget = self.budget(seconds=3, clock=lambda: now)
        self.assertTrue(budget.wait())
        now += 3    # connecting, say
        self.assertFalse(budget.wait())

    def test_no_retries(self):
        self.assertFalse(self.budget(retries=0).wait())
