"""What counts as a UUID, an address, a moment: the formats that schemas name.

They take what the OpenStack services take, which is wider than the standards here and there (a
UUID without hyphens, a moment without seconds).
"""
from __future__ import annotations

import base64
import binascii
import datetime
import ipaddress
import re
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

_MAC = re.compile(r'([0-9A-Fa-f]{2})([:-])(?:[0-9A-Fa-f]{2}\2){4}[0-9A-Fa-f]{2}')
_INTEGER = re.compile(r'-?[0-9]{1,20}')


def parse_datetime(text: str) -> datetime.datetime:
    """The moment that ISO 8601 `text` names, in UTC; without an offset it is taken for UTC.

    :raises ValueError: if it is none
    """
    # The parser takes any character between date and time.
    if len(text) > 10 and text[4] == '-' and text[10] not in 'Tt ':
        raise ValueError(f'{text!r} is not a time')
    if 'T' in text:
        # A plus sign that nobody quoted arrives in a query as a space.
        text = text.replace(' ', '+')
    found = datetime.datetime.fromisoformat(text)
    if found.tzinfo is None:
        return found.replace(tzinfo=datetime.UTC)
    try:
        return found.astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError(f'{text!r} is out of range') from error


def _parses(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True
    return check


def is_uuid(text: str) -> bool:
    """With or without hyphens, in either case."""
    try:
        return uuid.UUID(text).hex == text.replace('-', '').lower()
    except ValueError:
        return False


def _address(text: str) -> object:
    # A scope is of the host it is read on.
    if '%' in text:
        raise ValueError(text)
    return ipaddress.ip_address(text)


def is_cidr(text: str) -> bool:
    """An address and a prefix length; bits of the host may be set."""
    address, slash, prefix = text.partition('/')
    if not slash or not prefix.isdecimal() or not prefix.isascii() or '%' in address:
        return False
    return _parses(ipaddress.ip_interface)(text)


def is_mac(text: str) -> bool:
    return _MAC.fullmatch(text) is not None


def is_base64(text: str) -> bool:
    try:
        base64.decodebytes(text.encode('utf-8'))
    except (binascii.Error, UnicodeError):
        return False
    return True


def is_uri(text: str) -> bool:
    """Absolute: a scheme and something after it, no spaces."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return (bool(parts.scheme) and bool(parts.netloc or parts.path)
            and text.isprintable() and ' ' not in text)


def is_name(text: str) -> bool:
    """What a person may call a thing: something printable, no space at either end."""
    return bool(text) and text == text.strip() and _is_printable(text)


def is_padded_name(text: str) -> bool:
    """The same, with spaces around it allowed."""
    return bool(text.strip()) and _is_printable(text)


def _is_printable(text: str) -> bool:
    return text.replace('\u3000', ' ').replace('\xa0', ' ').isprintable()


def integer_format(minimum: int, maximum: int) -> str:
    """The name of a format: the text of a whole number from `minimum` to `maximum`."""
    name = f'integer {minimum} to {maximum}'
    FORMATS[name] = lambda text: (_INTEGER.fullmatch(text) is not None
                                  and minimum <= int(text) <= maximum)
    return name


#: Format name → whether a string has it.
FORMATS: dict[str, Callable[[str], bool]] = {
    'uuid': is_uuid,
    'date-time': _parses(parse_datetime),
    'ipv4': _parses(ipaddress.IPv4Address),
    'ipv6': lambda text: '%' not in text and _parses(ipaddress.IPv6Address)(text),
    'ip': _parses(_address),
    'cidr': is_cidr,
    'mac': is_mac,
    'base64': is_base64,
    'uri': is_uri,
    'name': is_name,
    'padded-name': is_padded_name,
}
