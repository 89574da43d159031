"""Microversions: an ordered value, windows of it, and what a request's headers ask for."""
from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from jumpgate.common import errors

T = TypeVar('T')
_FORM = re.compile(r'([1-9][0-9]*)\.(0|[1-9][0-9]*)')
_MINOR = 10_000


class Version(int):
    """`2.79` as a number that compares, sorts and prints as a version does."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read ``major.minor``.

        :raises ValueError: for anything else, leading zeros among it
        """
        return _parse(text)

    @property
    def major(self) -> int:
        return int(self) // _MINOR

    @property
    def minor(self) -> int:
        return int(self) % _MINOR

    def __str__(self) -> str:
        return f'{self.major}.{self.minor}'

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"Version('{self}')"


@functools.lru_cache(maxsize=1024)
def _parse(text: str) -> Version:
    found = _FORM.fullmatch(text)
    if found is None or int(found[2]) >= _MINOR:
        raise ValueError(f'{text!r} is not a version')
    return Version(int(found[1]) * _MINOR + int(found[2]))


class Versioned(Generic[T]):
    """A value that changes with the version: steps, each lasting until the next.

    >>> code = Versioned(('2.1', 200), ('2.2', 201))
    >>> code.at(Version.parse('2.60'))
    201
    """

    __slots__ = ('steps',)

    def __init__(self, *steps: tuple[str, T]) -> None:
        self.steps = tuple((Version.parse(since), value) for since, value in steps)
        if not self.steps or list(self.steps) != sorted(self.steps, key=lambda step: step[0]):
            raise ValueError('the steps must be given in ascending order')

    def at(self, version: Version | None) -> T:
        """The value at `version`; without one (a service that has no versions) the first."""
        found = self.steps[0][1]
        if version is not None:
            for since, value in self.steps:
                if since > version:
                    break
                found = value
        return found

    @property
    def edges(self) -> tuple[Version, ...]:
        return tuple(since for since, _ in self.steps)


def at(value: T | Versioned[T], version: Version | None) -> T:
    """`value` as it is at `version`, whether it is versioned or not."""
    if isinstance(value, Versioned):
        return value.at(version)
    return value


class Window:
    """From one version to another, both included; an open end is None."""

    __slots__ = ('since', 'until')

    def __init__(self, since: str | None = None, until: str | None = None) -> None:
        self.since = None if since is None else Version.parse(since)
        self.until = None if until is None else Version.parse(until)

    def __contains__(self, version: Version | None) -> bool:
        if version is None:
            return True
        return ((self.since is None or version >= self.since)
                and (self.until is None or version <= self.until))

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def __repr__(self) -> str:
        return f'Window({self.since or ""}-{self.until or ""})'


#: The window of what exists at every version.
ALWAYS = Window()


class Negotiation:
    """How one service's clients ask for a version.

    :param minimum: also what a request without a header gets
    :param maximum: what ``latest`` means
    :param header_type: the word in ``OpenStack-API-Version: <word> X.Y``
    :param legacy_header: the service's own older header
    :param malformed: the error class for a version that is none (406 in Ironic)
    """

    def __init__(self, minimum: str, maximum: str, *, header_type: str,
                 legacy_header: str | None = None,
                 malformed: type[errors.Error] = errors.Invalid) -> None:
        self.minimum = Version.parse(minimum)
        self.maximum = Version.parse(maximum)
        self.header_type = header_type
        self.legacy_header = legacy_header
        self.malformed = malformed
        self._legacy_key = legacy_header and 'HTTP_' + legacy_header.upper().replace('-', '_')
        self.vary = ', '.join(filter(None, ('OpenStack-API-Version', legacy_header)))

    def negotiate(self, environ: Mapping[str, str],
                  maximum: Version | None = None) -> Version:
        """The version that this request speaks.

        :param maximum: a lower maximum than the service's own (an upstream's, say)
        :raises Invalid: for a version that is none
        :raises NotAcceptable: for one outside the range
        """
        asked = self._asked(environ)
        if asked is None:
            return self.minimum
        top = self.maximum if maximum is None else min(maximum, self.maximum)
        if asked == 'latest':
            return top
        try:
            version = Version.parse(asked)
        except ValueError:
            raise self.malformed(
                f'API Version String {asked} is of invalid format. '
                'Must be of format MajorNum.MinorNum.') from None
        if not self.minimum <= version <= top:
            raise errors.NotAcceptable(
                f'Version {version} is not supported by the API. '
                f'Minimum is {self.minimum} and maximum is {top}.')
        return version

    def _asked(self, environ: Mapping[str, str]) -> str | None:
        modern = environ.get('HTTP_OPENSTACK_API_VERSION')
        if modern:
            for part in modern.split(','):
                words = part.split()
                if len(words) == 2 and words[0].lower() == self.header_type:
                    return words[1]
        if self._legacy_key:
            legacy = environ.get(self._legacy_key, '').strip()
            return legacy or None
        return None

    def headers(self, version: Version) -> Iterable[tuple[str, str]]:
        """The headers that tell the client which version it got."""
        yield 'OpenStack-API-Version', f'{self.header_type} {version}'
        if self.legacy_header:
            yield self.legacy_header, str(version)
        yield 'Vary', self.vary
