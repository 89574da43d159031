"""HTTP as the gateway reads and writes it: bodies, queries, paths, JSON.

The request path of a typed driver uses only the functions; `Request` and `Response` are made for
hand-written handlers and hooks.
"""
from __future__ import annotations

import functools
import io
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import orjson
import webob

from jumpgate.common import errors

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

JSON_TYPE = 'application/json'
_CHUNK = 64 * 1024
_MAX_QUERY_FIELDS = 1000


def path_info(environ: Environ) -> str:
    """The decoded path below the mount, ``/`` for an empty one.

    :raises Invalid: where it is not UTF-8, or holds control characters
    """
    raw = environ.get('PATH_INFO') or '/'
    if not raw.isascii():
        try:
            raw = raw.encode('latin-1').decode('utf-8')
        except UnicodeError:
            raise errors.Invalid('The path is not valid UTF-8.') from None
    if not raw.isprintable() and any(ord(char) < 32 or ord(char) == 127 for char in raw):
        raise errors.Invalid('The path holds control characters.')
    return raw if raw[0] == '/' else '/' + raw


def query(environ: Environ) -> dict[str, list[str]]:
    """The query string: every name with its values in order, empty ones kept.

    :raises Invalid: where it is not UTF-8, or has more than 1000 fields
    """
    text = environ.get('QUERY_STRING')
    if not text:
        return {}
    found: dict[str, list[str]] = {}
    try:
        # the server hands over bytes as latin-1: what was sent raw, not percent-encoded
        pairs = parse_qsl(text.encode('latin-1').decode('utf-8'), keep_blank_values=True,
                          errors='strict', max_num_fields=_MAX_QUERY_FIELDS)
    except UnicodeError:
        raise errors.Invalid('The query string is not valid UTF-8.') from None
    except ValueError:
        raise errors.Invalid('The query string has too many fields.') from None
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    if '\x00' in text or '%00' in text:
        raise errors.Invalid('The query string holds NUL characters.')
    return found


def content_length(environ: Environ) -> int | None:
    """The length the client declared; None for a chunked body or none at all.

    :raises Invalid: where it is no plain number
    """
    text = environ.get('CONTENT_LENGTH')
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise errors.Invalid('Content-Length is not a number.')
    return int(text)


def has_body(environ: Environ) -> bool:
    """Whether the request carries a body, be it of unknown length."""
    return bool(content_length(environ)) or is_chunked(environ)


def is_chunked(environ: Environ) -> bool:
    return 'chunked' in environ.get('HTTP_TRANSFER_ENCODING', '').lower()


def read_body(environ: Environ, limit: int) -> bytes:
    """The whole body, which stays readable for whoever comes next.

    :param limit: bytes; a longer body is not read on
    :raises TooLarge: for a longer body
    :raises Invalid: where the client sent less than it declared
    """
    length = content_length(environ)
    if length is None and not is_chunked(environ):
        return b''
    if length is not None and length > limit:
        raise errors.TooLarge(f'The request body is larger than {limit} bytes.')
    body = _read(environ['wsgi.input'], length, limit)
    environ['wsgi.input'] = io.BytesIO(body)
    environ['CONTENT_LENGTH'] = str(len(body))
    environ.pop('HTTP_TRANSFER_ENCODING', None)
    return body


def _read(source: Any, length: int | None, limit: int) -> bytes:
    chunks = []
    got = 0
    while length is None or got < length:
        try:
            chunk = source.read(_CHUNK if length is None else min(_CHUNK, length - got))
        except (OSError, ValueError):
            raise errors.Invalid('The request body could not be read to its end.') from None
        if not chunk:
            if length is not None:
                raise errors.Invalid('The request body is shorter than Content-Length says.')
            break
        chunks.append(chunk)
        got += len(chunk)
        if got > limit:
            raise errors.TooLarge(f'The request body is larger than {limit} bytes.')
    return b''.join(chunks)


def json_body(environ: Environ, *, max_bytes: int, max_depth: int) -> Any:
    """The JSON value of the request body.

    :raises Invalid: for a body that is not JSON by RFC 8259: duplicate keys, NaN, lone
        surrogates; or nested deeper than `max_depth`
    :raises TooLarge: for more than `max_bytes`
    """
    return loads(read_body(environ, max_bytes), max_depth=max_depth)


def loads(body: bytes, *, max_depth: int) -> Any:
    """Parse JSON strictly; :raises Invalid: as `json_body` says."""
    try:
        text = body.decode('utf-8')
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant,
                           parse_float=_finite)
        # "\ud800" alone is no character: no database and no encoder takes it
        if '\\ud' in text or '\\uD' in text:
            json.dumps(value, ensure_ascii=False).encode('utf-8')
    except UnicodeError:
        raise errors.Invalid('The request body is not valid UTF-8.') from None
    except RecursionError:
        raise errors.Invalid('The request body is nested too deeply.') from None
    except ValueError:
        raise errors.Invalid('Malformed request body: it is not valid JSON.') from None
    if '\\u0000' in text:
        raise errors.Invalid('The request body holds NUL characters.')
    _bound_depth(value, max_depth)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise errors.Invalid('Malformed request body: a key stands twice in one object.')
    return found


def _no_constant(name: str) -> NoReturn:
    raise errors.Invalid(f'Malformed request body: {name} is not valid JSON.')


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise errors.Invalid('Malformed request body: a number is out of range.')
    return number


def _bound_depth(value: Any, limit: int) -> None:
    level = [value]
    depth = 0
    while level:
        depth += 1
        if depth > limit:
            raise errors.Invalid('The request body is nested too deeply.')
        level = [inner for outer in level if isinstance(outer, (dict, list))
                 for inner in (outer.values() if isinstance(outer, dict) else outer)
                 if isinstance(inner, (dict, list))]


def dumps(value: Any) -> bytes:
    """`value` as JSON; datetimes and enums are written as they are."""
    try:
        return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)
    except TypeError:
        # orjson knows no integers beyond 64 bits
        return json.dumps(value, default=str).encode('utf-8')


@functools.lru_cache(maxsize=128)
def status_line(code: int) -> str:
    """``404`` → ``404 Not Found``."""
    return f'{code} {webob.util.status_reasons.get(code, "Unknown")}'


class Request(webob.Request):
    """WebOb's request with the names that the seed's handlers use."""

    @property
    def env(self) -> Environ:
        environ: Environ = self.environ
        return environ

    @property
    def stream(self) -> Any:
        return self.body_file

    @property
    def version(self) -> Any:
        """The negotiated microversion, or None where the service has none."""
        return self.environ.get('jumpgate.version')

    def get_header(self, name: str, default: str | None = None) -> str | None:
        value: str | None = self.headers.get(name, default)
        return value

    def get_param(self, name: str, default: str | None = None) -> str | None:
        value: str | None = self.GET.get(name, default)
        return value


def make_request(environ: Environ) -> Request:
    if is_chunked(environ):
        # WebOb takes a body without a length for empty otherwise
        environ['wsgi.input_terminated'] = True
    return Request(environ)


class Response(webob.Response):
    """WebOb's response; a dict or a list given as `body` is sent as JSON."""

    default_content_type = JSON_TYPE
    default_charset = None

    @property
    def body(self) -> bytes:
        content: bytes = webob.Response.body.__get__(self, type(self))
        return content

    @body.setter
    def body(self, value: bytes | str | Mapping[str, Any] | list[Any]) -> None:
        if isinstance(value, (dict, list)):
            self.content_type = JSON_TYPE
            value = dumps(value)
        elif isinstance(value, str):
            value = value.encode('utf-8')
        webob.Response.body.__set__(self, value)

    def set_header(self, name: str, value: str) -> None:
        self.headers[name] = str(value)

    def append_header(self, name: str, value: str) -> None:
        self.headers.add(name, str(value))

    def get_header(self, name: str, default: str | None = None) -> str | None:
        value: str | None = self.headers.get(name, default)
        return value


def send(start_response: Any, code: int, headers: Headers, body: bytes) -> Iterable[bytes]:
    """Answer with a body that is all there."""
    headers.append(('Content-Length', str(len(body))))
    start_response(status_line(code), headers)
    return [body]
