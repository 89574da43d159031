"""The one door to JSON Schema, and the parameter types that the services share.

A valid value costs a microsecond: jsonschema-rs, compiled at the first use, says yes or no. Only
after a no does jsonschema look once more, for a message in the words the OpenStack services use.
"""
from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from jumpgate.common import errors, formats

Schema = Mapping[str, Any]

_DIALECT = 'https://json-schema.org/draft/2020-12/schema'
#: jsonschema takes a hundred times as long: beyond this many values, jsonschema-rs words the fault.
_MANY = 2000
_LONGEST = 200
#: How much memory the regular expression of a client may take.
_PATTERN_BYTES = 1 << 20
_HIDDEN = '***'
_SECRET = re.compile(
    r'pass(word|wd|phrase|code)?$|adminpass|secret|api_?key|private_?key|token|blob|credential'
    r'|user_?data|personality', re.IGNORECASE)
#: Faults whose words name keys and bounds, never a value.
_NAMES_NO_VALUE = frozenset(('required', 'dependentRequired', 'additionalProperties'))


class Validator:
    """One schema, ready to judge values.

    :param schema: JSON Schema 2020-12; its patterns may use only what Python's and Rust's regular
        expressions have in common
    """

    __slots__ = ('_compiled', 'schema')

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._compiled: jsonschema_rs.Validator | None = None

    def validate(self, value: Any, *, query: bool = False) -> None:
        """Say nothing, or what is wrong.

        :param value: parsed JSON; or of a query, parameter → list of values
        :raises Invalid: with a sentence that a person can act upon, and no secret in it
        """
        problem = self.problem(value, query=query)
        if problem is not None:
            raise errors.Invalid(problem)

    def problem(self, value: Any, *, query: bool = False) -> str | None:
        """What is wrong with `value`, or None."""
        if self._compiled is None:
            self._compiled = jsonschema_rs.Draft202012Validator(
                dict(self.schema), formats=dict(formats.FORMATS), validate_formats=True)
        try:
            if self._compiled.is_valid(value):
                return None
            return self._explain(self._compiled, value, query)
        except UnicodeError:
            return 'The request holds characters that are not valid Unicode.'
        except (ValueError, RecursionError):
            return 'The request is nested too deeply, or is not JSON.'

    def _explain(self, compiled: jsonschema_rs.Validator, value: Any, query: bool) -> str:
        fault = _in_python(self.schema, value) if _is_small(value) else None
        if fault is None:
            first = next(iter(compiled.iter_errors(value)))
            keyword = str(first.schema_path[-1]) if first.schema_path else ''
            fault = _Fault(list(first.instance_path), keyword, first.instance, first.message,
                           foreign=True)
        return _sentence(fault, value, query)


#: Keyed by identity; the schema is kept beside its validator so that the identity stays its own.
_known: dict[int, Validator] = {}


def validator_for(schema: Schema) -> Validator:
    """The validator of this very schema object, made once.

    For schemas that live as long as the process; for any other, make a `Validator`.
    """
    found = _known.get(id(schema))
    if found is None:
        found = _known[id(schema)] = Validator(schema)
    return found


class Pattern:
    """A regular expression that a client sent, matched in linear time.

    :raises Invalid: where it is none, or none of those that can be matched so
    """

    __slots__ = ('_matcher', 'text')

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self._matcher = jsonschema_rs.Draft202012Validator(
                {'type': 'string', 'pattern': text},
                pattern_options=jsonschema_rs.RegexOptions(size_limit=_PATTERN_BYTES))
        except ValueError:
            raise errors.Invalid(f'{_cut(text)!r} is no valid regular expression.') from None

    def search(self, text: str) -> bool:
        """Whether it matches anywhere in `text`."""
        return self._matcher.is_valid(text)


# --- saying what is wrong ---

@dataclasses.dataclass(frozen=True, slots=True)
class _Fault:
    """One fault.

    :param foreign: whether the message is jsonschema-rs's
    """

    path: list[str | int]
    keyword: str
    instance: Any
    message: str
    argument: Any = None
    foreign: bool = False


def _in_python(schema: Schema, value: Any) -> _Fault | None:
    # Imported here: most processes never see an invalid request of this kind before they end,
    # and it brings megabytes along.
    import jsonschema

    checker = jsonschema.FormatChecker(formats=())
    for name, check in formats.FORMATS.items():
        checker.checks(name)(_of_strings(check))
    found = jsonschema.exceptions.best_match(
        jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(value))
    if found is None:
        return None
    return _Fault(list(found.absolute_path), found.validator, found.instance, found.message,
                  found.validator_value)


def _of_strings(check: Any) -> Any:
    return lambda value: not isinstance(value, str) or check(value)


def _is_small(value: Any) -> bool:
    left = _MANY
    level = [value]
    while level and left > 0:
        left -= len(level)
        level = [inner for outer in level for inner in _inside(outer)]
    return left > 0


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _sentence(fault: _Fault, root: Any, query: bool) -> str:
    """Nova's sentence: which field, its value, what is wrong with it."""
    hidden = any(isinstance(step, str) and _SECRET.search(step) for step in fault.path)
    words = _words(fault, hidden)
    if not fault.path:
        sentence = words
    elif query:
        sentence = (f'Invalid input for query parameters {fault.path[0]}. '
                    f'Value: {_shown(fault.instance, hidden)}. {words}')
    else:
        sentence = (f'Invalid input for field/attribute {_cut(str(fault.path[-1]))}. '
                    f'Value: {_shown(fault.instance, hidden)}. {words}')
    if fault.keyword not in _NAMES_NO_VALUE and _leaks(sentence, root, fault.foreign):
        return f'Invalid input for field/attribute {fault.path[-1] if fault.path else "body"}.'
    return sentence


def _shown(instance: Any, hidden: bool) -> str:
    """A text stands without quotes, as it was sent."""
    if hidden:
        return _HIDDEN
    return _cut(instance if isinstance(instance, str) else repr(_masked(instance)))


def _words(fault: _Fault, hidden: bool) -> str:
    if fault.keyword in _NAMES_NO_VALUE or (fault.foreign and not hidden):
        return _cut(fault.message)
    if not hidden:
        return fault.message.replace(repr(fault.instance), _cut(repr(_masked(fault.instance))))
    if fault.keyword == 'type':
        return f'{_HIDDEN} is not of type {_types(fault.argument)}'
    return {
        'minLength': f'{_HIDDEN} is too short', 'maxLength': f'{_HIDDEN} is too long',
        'format': f'{_HIDDEN} is not a {fault.argument!r}',
    }.get(fault.keyword, f'{_HIDDEN} is not valid')


def _leaks(sentence: str, root: Any, foreign: bool) -> bool:
    """Whether a secret is in the sentence after all.

    :param foreign: jsonschema-rs worded it, and quoted in a way of its own
    """
    return any(foreign or secret in sentence or repr(secret)[1:-1] in sentence
               for secret in _secrets(root))


def _types(argument: Any) -> str:
    return ', '.join(map(repr, argument if isinstance(argument, list) else [argument]))


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f'{text[:_LONGEST // 2]}…{text[-_LONGEST // 4:]}'


def _masked(value: Any) -> Any:
    """`value` with every secret in it hidden."""
    if isinstance(value, dict):
        return {key: _HIDDEN if isinstance(key, str) and _SECRET.search(key) else _masked(inner)
                for key, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner) for inner in value]
    return value


def _secrets(value: Any, within: bool = False) -> Iterator[str]:
    """Every text that stands under a secret's name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _secrets(inner, within or bool(_SECRET.search(str(key))))
    elif isinstance(value, list):
        for inner in value:
            yield from _secrets(inner, within)
    elif within and isinstance(value, str) and len(value) > 3:
        yield value


# --- building schemas ---

def obj(required: list[str] | tuple[str, ...] = (), *, additional: bool | Schema = False,
        **properties: Any) -> dict[str, Any]:
    """An object with these properties; a name that is no Python name goes in by ``**{…}``."""
    schema: dict[str, Any] = {'type': 'object', 'properties': properties,
                              'additionalProperties': additional}
    if required:
        schema['required'] = list(required)
    return schema


def wrapped(key: str, schema: Schema, *, additional: bool = False) -> dict[str, Any]:
    """The one-key object that most bodies are: ``{"server": {…}}``."""
    return obj([key], additional=additional, **{key: schema})


def array(items: Schema, *, minimum: int = 0, maximum: int | None = None,
          unique: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {'type': 'array', 'items': items}
    if minimum:
        schema['minItems'] = minimum
    if maximum is not None:
        schema['maxItems'] = maximum
    if unique:
        schema['uniqueItems'] = True
    return schema


def string(minimum: int = 0, maximum: int | None = 255, *, pattern: str | None = None,
           form: str | None = None) -> dict[str, Any]:
    """A text of so many characters.

    :param form: one of `formats.FORMATS`
    """
    schema: dict[str, Any] = {'type': 'string'}
    if minimum:
        schema['minLength'] = minimum
    if maximum is not None:
        schema['maxLength'] = maximum
    if pattern is not None:
        schema['pattern'] = pattern
    if form is not None:
        schema['format'] = form
    return schema


def integer(minimum: int, maximum: int) -> dict[str, Any]:
    """A whole number between bounds, or the text of one, as older clients send it."""
    return {'type': ['integer', 'string'], 'minimum': minimum, 'maximum': maximum,
            'format': formats.integer_format(minimum, maximum)}


def enum(*values: Any) -> dict[str, Any]:
    return {'enum': list(values)}


def nullable(schema: Schema) -> dict[str, Any]:
    """`schema`, or null."""
    if isinstance(schema.get('type'), str) and 'enum' not in schema:
        return {**schema, 'type': [schema['type'], 'null']}
    if isinstance(schema.get('type'), list) and 'enum' not in schema:
        return {**schema, 'type': [*schema['type'], 'null']}
    if list(schema) == ['enum']:
        return {'enum': [*schema['enum'], None]}
    return {'anyOf': [schema, {'type': 'null'}]}


def one(schema: Schema) -> dict[str, Any]:
    """A query parameter that counts once, however often it is given: each must fit."""
    return array(schema)


def single(schema: Schema) -> dict[str, Any]:
    """A query parameter that may be given only once."""
    return array(schema, maximum=1)


def query(*, additional: bool = True, **parameters: Any) -> dict[str, Any]:
    """The parameters of a query, each a list of texts."""
    return obj(additional=additional, **parameters)


#: The texts that stand for true and for false, in any case.
TRUE = ('1', 't', 'true', 'on', 'y', 'yes')
FALSE = ('0', 'f', 'false', 'off', 'n', 'no')
MAX_INT = 0x7FFFFFFF

NAME = string(1, 255, form='name')
PADDED_NAME = string(1, 255, form='padded-name')
TEXT = string(0, 65535)
DESCRIPTION = nullable(string(0, 255))
ID = string(1, 255)
UUID = string(0, None, form='uuid')
UUID_OR_NULL = nullable(UUID)
#: true and false, and the words for them that Nova and its kin take.
BOOLEAN = {'type': ['boolean', 'string'],
           'enum': [True, False, *(form for word in (*TRUE, *FALSE)
                                   for form in sorted({word, word.upper(), word.title()}))]}
STRICT_BOOLEAN = {'type': 'boolean'}
POSITIVE_INTEGER = integer(1, MAX_INT)
NON_NEGATIVE_INTEGER = integer(0, MAX_INT)
INTEGER = integer(-MAX_INT - 1, MAX_INT)
PORT = integer(0, 65535)
IPV4 = string(0, None, form='ipv4')
IPV6 = string(0, None, form='ipv6')
IP = string(0, None, form='ip')
CIDR = string(0, None, form='cidr')
MAC = string(0, None, form='mac')
DATE_TIME = string(0, 64, form='date-time')
BASE64 = string(0, None, form='base64')
URI = string(1, 2048, form='uri')
NULL = {'type': 'null'}
ANYTHING: dict[str, Any] = {}
METADATA = {
    'type': 'object', 'additionalProperties': False,
    'patternProperties': {'^[a-zA-Z0-9_:. -]{1,255}$': string(0, 255)},
}
