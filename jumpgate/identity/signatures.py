"""The signatures of Amazon's protocols, as a service hands them on to be checked.

Versions 2 and 4 as Amazon documents them, 0 and 1 for old clients; and those of S3, whose text to
sign comes ready.
"""
from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from jumpgate.common import errors, formats

_ALGORITHM = 'AWS4-HMAC-SHA256'
_S3_SERVICES = (b's3', b'iam', b'sts')


class Malformed(ValueError):
    """What was handed on is no signed request."""


def check(secret: str, signed: Mapping[str, Any]) -> None:
    """Return if a request was signed with `secret`.

    :param signed: the request as the service saw it: ``verb``, ``host``, ``path``, ``params``,
        ``headers``, ``body_hash`` and the ``signature``
    :raises Unauthorized: if it was not
    """
    host = str(signed.get('host') or '')
    # Some clients leave the port out when they sign.
    for one in dict.fromkeys((host, host.partition(':')[0])):
        if _is_right(signed.get('signature'), lambda one=one: generate(secret, signed, one)):
            return
    raise errors.Unauthorized()


def check_s3(secret: str, signed: Mapping[str, Any]) -> None:
    """Return if the text in ``token`` was signed with `secret`.

    :raises Unauthorized: if it was not
    """
    if not _is_right(signed.get('signature'), lambda: _s3(secret, str(signed.get('token') or ''))):
        raise errors.Unauthorized()


def signed_at(signed: Mapping[str, Any]) -> datetime.datetime | None:
    """When it was signed; None where it does not say.

    :raises Unauthorized: for a time that is none
    """
    params, headers = _parts(signed)
    text = params.get('Timestamp') or headers.get('x-amz-date') or params.get('X-Amz-Date')
    if not text:
        return None
    try:
        return formats.parse_datetime(str(text))
    except ValueError:
        raise errors.Unauthorized() from None


def generate(secret: str, signed: Mapping[str, Any], host: str) -> str:
    """The signature that a request must have.

    :raises Malformed: if it is none that was signed
    """
    params, headers = _parts(signed)
    verb, path = str(signed.get('verb') or ''), str(signed.get('path') or '')
    version = params.get('SignatureVersion')
    if version == '0':
        return _sha1(secret, f'{params.get("Action")}{params.get("Timestamp")}'.encode())
    if version == '1':
        text = ''.join(f'{name}{params[name]}' for name in sorted(params, key=str.lower))
        return _sha1(secret, text.encode())
    if version == '2':
        return _version_2(secret, params, verb, host, path)
    if version is not None:
        raise Malformed(f'unknown signature version {version}')
    return _Version4(params, headers).sign(
        secret, verb, path, str(signed.get('body_hash') or ''))


def _is_right(given: Any, expected: Any) -> bool:
    if not isinstance(given, str) or not given:
        return False
    try:
        return hmac.compare_digest(given.encode(), expected().encode())
    except ValueError:
        # Malformed in one way or another: neither text nor base64 that could be.
        return False


def _parts(signed: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The parameters, and the headers by their names in small letters."""
    return ({str(name): str(value) for name, value in (signed.get('params') or {}).items()},
            {str(name).lower().strip(): str(value).strip()
             for name, value in (signed.get('headers') or {}).items()})


def _sha1(secret: str, text: bytes) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), text, 'sha1')).decode('ascii')


def _query(params: Mapping[str, str]) -> str:
    return '&'.join(f'{quote(name, safe="")}={quote(params[name], safe="-_~")}'
                    for name in sorted(params))


def _version_2(secret: str, params: dict[str, str], verb: str, host: str, path: str) -> str:
    query = _query({**params, 'SignatureMethod': 'HmacSHA256'})
    text = f'{verb}\n{host}\n{path}\n{query}'
    return base64.b64encode(
        hmac.digest(secret.encode(), text.encode(), 'sha256')).decode('ascii')


def _key(secret: str, *scope: bytes) -> bytes:
    """The key that version 4 derives from a secret for one day, region and service."""
    key = b'AWS4' + secret.encode()
    for part in scope:
        key = hmac.digest(key, part, 'sha256')
    return key


class _Version4:
    """A request signed with version 4, in its ``Authorization`` header or its query.

    :raises Malformed: if it is not
    """

    def __init__(self, params: dict[str, str], headers: dict[str, str]) -> None:
        self._params = params
        self._headers = headers
        self._shown = headers.get('authorization', '')
        if not self._shown.startswith(_ALGORITHM) and (
                params.get('X-Amz-Algorithm') != _ALGORITHM):
            raise Malformed('not signed with version 4')

    def _value(self, name: str) -> str:
        if self._shown.startswith(_ALGORITHM):
            return self._shown.partition(f'{name}=')[2].split(',')[0].strip()
        return self._params.get(f'X-Amz-{name}', '')

    def sign(self, secret: str, verb: str, path: str, body_hash: str) -> str:
        scope = self._value('Credential').split('/')[1:]
        moment = self._headers.get('x-amz-date') or self._params.get('X-Amz-Date', '')
        if len(scope) != 4 or not scope[0] or not moment.startswith(scope[0]):
            raise Malformed('the credential is not of the day of the request')
        names = self._value('SignedHeaders')
        headers = ''.join(f'{name}:{self._headers[name]}\n'
                          for name in names.split(';') if name in self._headers)
        # The parameters of a POST are in its body, which has a hash of its own.
        query = '' if verb.upper() == 'POST' else _query(self._params)
        request = '\n'.join((verb.upper(), path, query, headers, names, body_hash))
        text = '\n'.join((_ALGORITHM, moment, '/'.join(scope),
                          hashlib.sha256(request.encode()).hexdigest()))
        key = _key(secret, *(part.encode() for part in scope[:3]), b'aws4_request')
        return hmac.new(key, text.encode(), 'sha256').hexdigest()


def _s3(secret: str, token: str) -> str:
    text = base64.urlsafe_b64decode(token)
    if not text.startswith(b'AWS4'):
        return _sha1(secret, text)
    lines = text.split(b'\n')
    scope = lines[2].split(b'/') if len(lines) == 4 else []
    if lines[0] != _ALGORITHM.encode() or len(scope) != 4 or scope[3] != b'aws4_request' or (
            scope[2] not in _S3_SERVICES):
        raise Malformed('no text to sign')
    return hmac.new(_key(secret, *scope), text, 'sha256').hexdigest()
