"""What became of each test, from the subunit stream that Tempest writes."""
from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from typing import IO, Any

import subunit
import testtools

from tests.interop.lists import bare

PASSED = 'passed'
FAILED = 'failed'
SKIPPED = 'skipped'
MISSING = 'not run'

_RESULTS = {'success': PASSED, 'fail': FAILED, 'skip': SKIPPED, 'xfail': SKIPPED,
            'uxsuccess': FAILED}
#: How testtools names what happens around the tests of a class.
_FIXTURE = re.compile(r'(setUpClass|tearDownClass) \((.+)\)')
_REASON_LENGTH = 300


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one test."""

    test: str
    result: str
    reason: str = ''
    seconds: float | None = None


class Outcomes:
    """Collects the outcomes of a run.

    :param notice: is told of each as it comes
    """

    def __init__(self, notice: Callable[[Outcome], object] = lambda outcome: None) -> None:
        self._notice = notice
        self._tests: dict[str, Outcome] = {}
        self._set_up: dict[str, Outcome] = {}
        #: Class → why it could not clean up.
        self.leftovers: dict[str, str] = {}

    def read(self, stream: IO[bytes]) -> None:
        """Follow a subunit stream to its end."""
        result = testtools.StreamToDict(self._add)
        result.startTestRun()
        subunit.ByteStreamToStreamResult(stream, non_subunit_name='stdout').run(result)
        result.stopTestRun()

    def _add(self, entry: dict[str, Any]) -> None:
        if entry['id'] == 'stdout' or entry['status'] == 'exists':
            # words between the packets; a test that was announced and never began
            return
        result = _RESULTS.get(entry['status'], FAILED)
        reason = ''
        if entry['status'] not in _RESULTS:
            reason = 'did not finish'
        elif result != PASSED:
            reason = reason_of({name: content.as_text()
                                for name, content in entry['details'].items()
                                if name == 'reason' or name.startswith('traceback')})
        start, end = entry['timestamps']
        seconds = (end - start).total_seconds() if start and end else None
        outcome = Outcome(bare(entry['id']), result, reason, seconds)
        fixture = _FIXTURE.fullmatch(entry['id'])
        if not fixture:
            self._tests[outcome.test] = outcome
            self._notice(outcome)
        elif fixture[1] == 'setUpClass':
            self._set_up[fixture[2]] = outcome
        elif result == FAILED:
            self.leftovers[fixture[2]] = reason

    def of(self, tests: Iterable[str]) -> list[Outcome]:
        """The outcome of each of these tests; a class that fails or skips decides for its tests."""
        return [self._tests.get(test) or self._of_class(test) for test in tests]

    def _of_class(self, test: str) -> Outcome:
        found = self._set_up.get(test.rpartition('.')[0])
        if found and found.result != PASSED:
            return Outcome(test, found.result, found.reason)
        return Outcome(test, MISSING, 'Tempest has no such test, or ended before it')


def reason_of(details: dict[str, str]) -> str:
    """The first line of what went wrong; `details` has the reason of a skip, or tracebacks."""
    if 'reason' in details:
        return _one_line(details['reason'])
    for name in sorted(details):
        said = [line for line in _conclusion(details[name].splitlines()) if line.strip()]
        if said:
            return _one_line(' '.join(said))
    return ''


def _conclusion(lines: list[str]) -> list[str]:
    """What follows the frames of the first traceback."""
    begun = 0
    for number, line in enumerate(lines):
        if line.startswith(('Traceback', ' ')):
            begun = number + 1
        elif begun:
            break
    rest = lines[begun:]
    for number, line in enumerate(rest):
        if line.startswith(('Traceback', 'During handling', 'The above exception')):
            return rest[:number]
    return rest


def _one_line(text: str) -> str:
    line = re.sub(r'\s+', ' ', text).strip()
    return line if len(line) <= _REASON_LENGTH else line[:_REASON_LENGTH - 1] + '…'
