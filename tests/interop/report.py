"""Outcomes in words, and held against what is expected."""
from __future__ import annotations

import collections
import csv
import dataclasses
import pathlib
from collections.abc import Iterable, Mapping

from tests.interop.lists import Test
from tests.interop.outcomes import FAILED, MISSING, PASSED, SKIPPED, Outcome

#: What is known not to pass, with the reason; a part of `docs/interop.rst`.
EXPECTED = pathlib.Path(__file__).parents[2] / 'docs' / 'interop-failures.csv'


class BadExpectations(Exception):
    """The file of expected failures cannot be used; the message says why."""


@dataclasses.dataclass(frozen=True)
class Report:
    """A run that is over."""

    tests: list[Test]
    outcomes: list[Outcome]
    leftovers: Mapping[str, str]
    expected: Mapping[str, str]
    seconds: float

    @property
    def unexpected(self) -> list[Outcome]:
        """What did not pass although nothing in the expectations says so."""
        return [one for one in self.outcomes
                if one.result not in (PASSED, self.expected.get(one.test))]

    @property
    def surprises(self) -> list[Outcome]:
        """What passed although it is expected not to."""
        return [one for one in self.outcomes
                if one.result == PASSED and one.test in self.expected]

    @property
    def good(self) -> bool:
        """Whether all is as expected and every class cleaned up."""
        return not (self.unexpected or self.surprises or self.leftovers)

    def summary(self) -> str:
        """The tables, what is not as expected, and the last line with the counts."""
        counts = collections.Counter(one.result for one in self.outcomes)
        lines = [*self._by_capability(), '', *self._by_guideline(), *self._by_service()]
        lines += _section('Not expected', (_words(one) for one in self.unexpected))
        lines += _section('Passed although docs/interop-failures.csv says otherwise',
                          (one.test for one in self.surprises))
        lines += _section('Could not clean up', (
            f'{name}\n    {reason}' for name, reason in sorted(self.leftovers.items())))
        lines += ['', f'{"as expected" if self.good else "NOT as expected"}, '
                      f'{self.seconds:.0f} s',
                  f'PASSED {counts[PASSED]}/{len(self.outcomes)} '
                  f'(failed {counts[FAILED] + counts[MISSING]}, skipped {counts[SKIPPED]})']
        return '\n'.join(lines) + '\n'

    def failures(self) -> str:
        """Every test that did not pass, with the reason."""
        return ''.join(_words(one) + '\n' for one in self.outcomes if one.result != PASSED)

    def _by_capability(self) -> list[str]:
        results = {one.test: one.result for one in self.outcomes}
        table: dict[str, collections.Counter[str]] = {}
        for test in self.tests:
            table.setdefault(test.capability, collections.Counter())[results[test.name]] += 1
        width = max(map(len, [*table, 'capability']))
        lines = [f'{"capability":{width}}  passed failed skipped  of']
        for capability, counts in table.items():
            lines.append(
                f'{capability:{width}}  {counts[PASSED]:6} {counts[FAILED] + counts[MISSING]:6} '
                f'{counts[SKIPPED]:7} {counts.total():3}')
        return lines

    def _by_guideline(self) -> list[str]:
        results = {one.test: one.result for one in self.outcomes}
        demanded: dict[str, list[str]] = {}
        for test in self.tests:
            for guideline in test.guidelines:
                demanded.setdefault(guideline, []).append(results[test.name])
        return [f'guideline {name}: {of.count(PASSED)}/{len(of)}'
                for name, of in sorted(demanded.items())]

    def _by_service(self) -> list[str]:
        results: dict[str, list[str]] = {}
        for test, outcome in zip(self.tests, self.outcomes, strict=True):
            results.setdefault(test.service or 'no service', []).append(outcome.result)
        return [f'{name}: {of.count(PASSED)}/{len(of)} ({of.count(PASSED) / len(of):.0%})'
                for name, of in sorted(results.items())]


def load_expected(path: pathlib.Path = EXPECTED) -> dict[str, str]:
    """Test → result, of those that are known not to pass.

    :raises BadExpectations: a line is no entry, or has no reason
    """
    expected: dict[str, str] = {}
    with path.open(newline='') as file:
        for row in csv.DictReader(file):
            test, result, reason = row['test'], row['result'], row['reason']
            if result not in (FAILED, SKIPPED) or not reason or test in expected:
                raise BadExpectations(
                    f'{path.name}: {test} must be there once, as {FAILED} or {SKIPPED}, '
                    'with a reason')
            expected[test] = result
    return expected


def _section(heading: str, entries: Iterable[str]) -> list[str]:
    found = list(entries)
    return ['', f'{heading}:', *found] if found else []


def _words(outcome: Outcome) -> str:
    return f'{outcome.result} {outcome.test}\n    {outcome.reason}'
