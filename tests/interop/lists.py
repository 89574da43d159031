"""Lists of tests, and the capabilities that they prove.

A list is a text: one test a line, by its name without Tempest's ``[id-…]``; ``#`` begins a
comment. ``[capability]`` alone on a line says what the tests below it prove. Words after a test
are its marks: guidelines that demand it, `flagged`, `guest`.
"""
from __future__ import annotations

import dataclasses
import pathlib
import re
from collections.abc import Collection, Iterable

FOLDER = pathlib.Path(__file__).parent / 'lists'

_GUIDELINE = re.compile(r'\d{4}\.\d{2}')
_HEADING = re.compile(r'\[(\S+)\]')


class BadList(Exception):
    """A list cannot be read, or nothing of it is left; the message says why."""


@dataclasses.dataclass(frozen=True)
class Test:
    """A test of Tempest as a list has it."""

    name: str
    capability: str
    marks: frozenset[str] = frozenset()

    @property
    def service(self) -> str:
        """The service that is tested, by the name that the gateway has for it."""
        return service_of(self.name)

    @property
    def guidelines(self) -> list[str]:
        """The guidelines that demand it."""
        return sorted(mark for mark in self.marks if _GUIDELINE.fullmatch(mark))


def bare(name: str) -> str:
    """The name of a test without its id and tags."""
    return name.partition('[')[0].strip()


def service_of(name: str) -> str:
    """``tempest.[serial_tests.]api.<service>.…`` → the service; '' where it is of none."""
    words = name.split('.')
    return words[words.index('api') + 1] if 'api' in words[:-1] else ''


def load(name_or_path: str) -> list[Test]:
    """Read one of the project's lists, by name, or any file.

    :raises BadList: there is none, or it says something twice
    """
    path = pathlib.Path(name_or_path)
    if not path.is_file():
        path = FOLDER / f'{name_or_path}.txt'
    try:
        return parse(path.read_text())
    except FileNotFoundError:
        known = ', '.join(sorted(one.stem for one in FOLDER.glob('*.txt')))
        raise BadList(f'{name_or_path} is neither a file nor a list; the lists are {known}'
                      ) from None


def load_all(names_or_paths: Iterable[str]) -> list[Test]:
    """Several lists in one; what is in more than one proves what the first says.

    :raises BadList: one of them cannot be read
    """
    tests: dict[str, Test] = {}
    for name_or_path in names_or_paths:
        for test in load(name_or_path):
            tests.setdefault(test.name, test)
    return list(tests.values())


def parse(text: str) -> list[Test]:
    """The tests of a list, in its order.

    :raises BadList: a test is in it twice
    """
    tests: dict[str, Test] = {}
    capability = ''
    for line in text.splitlines():
        line = line.partition('#')[0].strip()
        heading = _HEADING.fullmatch(line)
        if heading:
            capability = heading[1]
        elif line:
            test = _test(line, capability)
            if test.name in tests:
                raise BadList(f'{test.name} is there twice')
            tests[test.name] = test
    return list(tests.values())


def _test(line: str, capability: str) -> Test:
    name, _, marks = line.partition(' ')
    name = bare(name)
    return Test(name, capability or _module(name), frozenset(marks.split()))


def _module(name: str) -> str:
    """What stands for a capability where the list names none: the module, less its outer part."""
    module = name.rsplit('.', 2)[0]
    return re.sub(r'^tempest\.(serial_tests\.)?api\.', '', module)


def select(tests: Iterable[Test], services: Collection[str] = (), match: str = '') -> list[Test]:
    """The tests of these services (all if none is named) whose names match the expression.

    :raises BadList: none is left, or the expression is none
    """
    try:
        wanted = re.compile(match)
    except re.error as error:
        raise BadList(f'{match!r} is no regular expression: {error}') from error
    found = [test for test in tests
             if (not services or test.service in services) and wanted.search(test.name)]
    if not found:
        raise BadList('no test of the list is left to run')
    return found
