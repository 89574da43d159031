"""The head of an HTTP/1 request, taken apart strictly: a pure function, so that it can be tested.

What two parsers may read in two ways is refused (RFC 9112): a body with two lengths, a length that
is no plain number, folded lines, space before a colon, control characters.
"""
from __future__ import annotations

import dataclasses
import re
from typing import ClassVar

from jumpgate.common import errors


class Refused(errors.Error):
    """A request that is not read any further; the connection closes after the answer."""

    def __init__(self, code: int, title: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.title = title


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """How much of a request is read; all in bytes, `headers` is their number."""

    request_line: int = 8192
    header_bytes: int = 65536
    headers: int = 200


@dataclasses.dataclass(slots=True)
class Head:
    """The request line and the headers.

    :param target: path and query as they were sent; of an absolute-form target what follows
        the authority
    :param headers: name and value as they were sent, in order
    :param fields: environ key → value, repeated headers joined
    :param length: of the body in bytes; None where it is chunked
    """

    line: str
    method: str
    target: str
    version: tuple[int, int]
    headers: tuple[tuple[str, str], ...]
    fields: dict[str, str]
    length: int | None = 0

    #: The greatest length of a body that is believed.
    MAX_LENGTH: ClassVar[int] = 2 ** 63 - 1

    @property
    def keep_alive(self) -> bool:
        """Whether the client wants to send another request on the connection."""
        wish = self.fields.get('HTTP_CONNECTION', '').lower()
        if self.version >= (1, 1):
            return 'close' not in wish
        return 'keep-alive' in wish

    @property
    def expects_continue(self) -> bool:
        return (self.fields.get('HTTP_EXPECT', '').lower() == '100-continue'
                and self.version >= (1, 1))


_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]"
_LINE = re.compile(rf'({_WORD}{{1,32}}) ([\x21-\x7e\x80-\xff]+) HTTP/([0-9])\.([0-9])')
_NAME = re.compile(rf'{_WORD}+')
# all that must not stand in a head; CR and LF only as the pair that ends a line
_FORBIDDEN = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n')
_ABSOLUTE = re.compile(r'https?://([^/?#]*)([^#]*)', re.IGNORECASE)
_GUESS = re.compile(rb'[A-Za-z]{1,32} (/[!-~]{0,255})')
_HOST = re.compile(r"(?:[A-Za-z0-9._~%!$&'()*+,;=-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")

#: Header name → environ key, for names that were seen and found good.
_keys: dict[str, str] = {}
_MAX_KEYS = 1000


def parse(raw: bytes, limits: Limits) -> Head:
    """Take apart what stands before the empty line.

    :param raw: without the empty line
    :raises Refused: with the status code that says what is wrong
    """
    text = raw.decode('latin-1')
    line, _, rest = text.partition('\r\n')
    if len(line) > limits.request_line:
        raise uri_too_long()
    if _FORBIDDEN.search(text):
        raise _bad('The request head holds control characters.')
    method, target, version = _request_line(line)
    headers, fields = _headers(rest, limits) if rest else ((), {})
    head = Head(line, method, target, version, headers, fields)
    _target(head)
    _host(head)
    _body(head)
    return head


def guess_target(raw: bytes) -> str:
    """The path in the beginning of a request that was refused, ``/`` where none is seen."""
    found = _GUESS.match(raw)
    return found[1].decode('ascii') if found else '/'


def uri_too_long() -> Refused:
    return Refused(414, 'URI Too Long', 'The request line is too long.')


def headers_too_large(message: str = 'The request headers are too large.') -> Refused:
    return Refused(431, 'Request Header Fields Too Large', message)


def _bad(message: str) -> Refused:
    return Refused(400, 'Bad Request', message)


def _request_line(line: str) -> tuple[str, str, tuple[int, int]]:
    found = _LINE.fullmatch(line)
    if not found:
        raise _bad('The request line is malformed.')
    method, target, major, minor = found.groups()
    if major != '1':
        raise Refused(505, 'HTTP Version Not Supported', 'HTTP/1.1 and HTTP/1.0 are spoken here.')
    return method, target, (1, int(minor))


def _headers(text: str, limits: Limits) -> tuple[tuple[tuple[str, str], ...], dict[str, str]]:
    lines = text.split('\r\n')
    if len(lines) > limits.headers:
        raise headers_too_large(f'The request has more than {limits.headers} headers.')
    headers = []
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(':')
        key = _keys.get(name) or _key(name)
        if not colon:
            raise _bad('A header has no colon.')
        value = value.strip(' \t')
        headers.append((name, value))
        if '_' in name:
            # X_User_Id would become the same environ key as X-User-Id
            continue
        if key not in fields:
            fields[key] = value
        elif key in _SINGLE:
            raise _bad(f'The header {name} stands twice.')
        else:
            fields[key] += ('; ' if key == 'HTTP_COOKIE' else ',') + value
    return tuple(headers), fields


#: Headers that must not be repeated: which one counts would be a matter of taste.
_SINGLE = frozenset({'CONTENT_LENGTH', 'CONTENT_TYPE', 'HTTP_HOST', 'HTTP_TRANSFER_ENCODING',
                     'HTTP_AUTHORIZATION', 'HTTP_X_AUTH_TOKEN', 'HTTP_X_SUBJECT_TOKEN'})


def _key(name: str) -> str:
    """The environ key of a header."""
    if not _NAME.fullmatch(name):
        # an empty name, a space before the colon, or a folded line
        raise _bad('A header name is malformed.')
    key = name.replace('-', '_').upper()
    if key not in ('CONTENT_TYPE', 'CONTENT_LENGTH'):
        key = 'HTTP_' + key
    if len(_keys) < _MAX_KEYS:
        _keys[name] = key
    return key


def _target(head: Head) -> None:
    """Bring the absolute form into the usual one; RFC 9112 lets it win over the Host header."""
    target = head.target
    if '#' in target:
        raise _bad('The request target holds a fragment.')
    if target[0] == '/':
        return
    if target == '*' and head.method == 'OPTIONS':
        return
    found = _ABSOLUTE.fullmatch(target)
    if not found or not found[1] or '@' in found[1]:
        raise _bad('The request target is malformed.')
    head.fields['HTTP_HOST'] = found[1]
    head.target = found[2] if found[2].startswith('/') else '/' + found[2]


def _host(head: Head) -> None:
    host = head.fields.get('HTTP_HOST')
    if host is None:
        if head.version >= (1, 1):
            raise _bad('The Host header is missing.')
    elif not _HOST.fullmatch(host):
        raise _bad('The Host header is malformed.')


def _body(head: Head) -> None:
    """How the body is delimited; exactly one way, or it is refused."""
    fields = head.fields
    coding = fields.get('HTTP_TRANSFER_ENCODING')
    length = fields.get('CONTENT_LENGTH')
    if coding is not None:
        if length is not None:
            raise _bad('Content-Length and Transfer-Encoding stand together.')
        if head.version < (1, 1):
            raise _bad('HTTP/1.0 knows no Transfer-Encoding.')
        if coding.lower() != 'chunked':
            raise Refused(501, 'Not Implemented', 'The only Transfer-Encoding known is chunked.')
        head.length = None
    elif length is not None:
        if not (length.isascii() and length.isdigit()):
            raise _bad('Content-Length is not a number.')
        if len(length) > 19 or int(length) > Head.MAX_LENGTH:
            raise Refused(413, 'Request Entity Too Large', 'Content-Length is out of range.')
        head.length = int(length)
    expect = fields.get('HTTP_EXPECT')
    if expect is not None and expect.lower() != '100-continue':
        raise Refused(417, 'Expectation Failed', 'The only expectation known is 100-continue.')
