"""Where the values of fields come from: data that is written into the generated code."""
from __future__ import annotations

import abc
import datetime
import inspect
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jumpgate.common.view.code import GAP, Code, Part, filled, reach

_VARIABLE = re.compile(r'\{([^{}]*)\}')


class Source(abc.ABC):
    """Where the value of a field comes from."""

    @abc.abstractmethod
    def emit(self, code: Code, thing: str) -> str:
        """The expression that gets the value from the variable `thing`."""

    def parts(self) -> Iterable[Part]:
        """The fields inside of it."""
        return ()


class Attr(Source):
    """An attribute, or by dots one of an attribute's; None anywhere on the way is None.

    :param default: what stands for None
    """

    def __init__(self, path: str, default: Any = None) -> None:
        self.path = path
        self.default = default

    def emit(self, code: Code, thing: str) -> str:
        found = reach(thing, self.path)
        if self.default is None:
            return found
        name = code.name('v')
        return f'({code.constant(self.default)} if ({name} := {found}) is None else {name})'


class Const(Source):
    """Always the same."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def emit(self, code: Code, thing: str) -> str:
        return code.constant(self.value)


#: The forms of a moment that the JSON writer has not, by the service that uses them. Nova has
#: Cinder's for a few of its attributes (``OS-SRV-USG:launched_at``).
TIME_FORMS: Mapping[str, Callable[[datetime.datetime], str]] = {
    'keystone': lambda moment: _utc(moment)[:26] + 'Z',
    'cinder': lambda moment: _utc(moment)[:26],
    'ironic': lambda moment: _utc(moment)[:19] + '+00:00',
}


def _utc(moment: datetime.datetime) -> str:
    if moment.tzinfo is not datetime.UTC:
        moment = moment.astimezone(datetime.UTC)
    return moment.isoformat('T', 'microseconds')


class Time(Source):
    """A moment in one of `TIME_FORMS`, or null."""

    def __init__(self, form: str, path: str) -> None:
        self.form = TIME_FORMS[form]
        self.path = path

    def emit(self, code: Code, thing: str) -> str:
        name = code.name('v')
        return (f'(None if ({name} := {reach(thing, self.path)}) is None '
                f'else {code.constant(self.form)}({name}))')


class Link(Source):
    """The URL of an endpoint of this service.

    :param values: path variable → the attribute whose value goes there
    """

    def __init__(self, endpoint: str, /, **values: str) -> None:
        self.endpoint = endpoint
        self.values = values

    def emit(self, code: Code, thing: str) -> str:
        gaps = {name: GAP.format(number) for number, name in enumerate(self.values)}
        given = ''.join(f', {name}={gap!r}' for name, gap in gaps.items())
        url = f'call.url({self.endpoint!r}{given})'
        return filled(code, thing, url, list(self.values.values()))


class Text(Source):
    """A text with attributes in braces, quoted as in a URL: ``Text('/v2/images/{id}')``."""

    def __init__(self, template: str) -> None:
        self.paths = _VARIABLE.findall(template)
        numbers = itertools.count()
        self.template = _VARIABLE.sub(lambda _: GAP.format(next(numbers)), template)

    def emit(self, code: Code, thing: str) -> str:
        return filled(code, thing, repr(self.template), self.paths)


class Bookmark(Text):
    """As `Text`, below a root of the service; by default its mount, as Nova's bookmarks are."""

    def __init__(self, template: str, root: str = '') -> None:
        super().__init__(template)
        self.root = root

    def emit(self, code: Code, thing: str) -> str:
        return filled(code, thing, f'call.prefix({self.root!r}) + {self.template!r}', self.paths)


class Links(Source):
    """Nova's list of links: ``Links(self=Link(…), bookmark=Bookmark(…))``."""

    def __init__(self, /, **links: Source) -> None:
        self.links = links

    def emit(self, code: Code, thing: str) -> str:
        return '[{}]'.format(', '.join(
            f"{{'rel': {rel!r}, 'href': {link.emit(code, thing)}}}"
            for rel, link in self.links.items()))


class Ref(Source):
    """Another thing by its id, with links to it: ``{"id": …, "links": […]}``.

    :param absent: what stands there when there is none
    """

    def __init__(self, path: str, absent: Any = None, /, **links: Source) -> None:
        self.path = path
        self.absent = absent
        self.links = Links(**links) if links else None

    def emit(self, code: Code, thing: str) -> str:
        found = reach(thing, self.path)
        links = f", 'links': {self.links.emit(code, thing)}" if self.links else ''
        return (f'({code.constant(self.absent)} if {found} is None '
                f"else {{'id': {found}{links}}})")


class Nested(Source):
    """An object of fields, taken from the thing itself or from one of its attributes.

    :param path: None: the thing itself; where the attribute is None, so is the object
    """

    def __init__(self, *fields: Part, path: str | None = None) -> None:
        self.fields = fields
        self.path = path

    def emit(self, code: Code, thing: str) -> str:
        if self.path is None:
            return code.display(self.fields, thing)
        name = code.name('n')
        return (f'(None if ({name} := {reach(thing, self.path)}) is None '
                f'else {code.display(self.fields, name)})')

    def parts(self) -> Iterable[Part]:
        return self.fields


class Each(Source):
    """A list with one element for each of an attribute's; None is an empty list.

    :param fields: the fields of each; none: the elements as they are
    :param item: instead of fields, one source for each
    """

    def __init__(self, path: str, *fields: Part, item: Source | None = None) -> None:
        self.path = path
        self.fields = fields
        self.item = Nested(*fields) if fields else item

    def emit(self, code: Code, thing: str) -> str:
        found = f'({reach(thing, self.path)} or ())'
        if self.item is None:
            return f'[*{found}]'
        name = code.name('t')
        return f'[{self.item.emit(code, name)} for {name} in {found}]'

    def parts(self) -> Iterable[Part]:
        return self.fields or (self.item.parts() if self.item else ())


class Made(Source):
    """What a function makes of the thing, or of (thing, call): where no table says it."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.takes_call = len(inspect.signature(function).parameters) > 1

    def emit(self, code: Code, thing: str) -> str:
        return f"{code.constant(self.function)}({thing}{', call' if self.takes_call else ''})"


def source_of(given: Source | str | Callable[..., Any]) -> Source:
    if isinstance(given, Source):
        return given
    return Attr(given) if isinstance(given, str) else Made(given)
