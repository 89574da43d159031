"""Tokens: what is written into one, encrypted with Fernet.

A token says who, for what scope, how they logged in and until when; names, roles and whether all
of it is still true are looked up when it is validated.
"""
from __future__ import annotations

import base64
import binascii
import secrets
from typing import Any

import msgspec
from cryptography import fernet

from jumpgate.identity import keys
from jumpgate.identity.models.tokens import Claim, ScopeKind

#: Bits that say how somebody logged in; their order is that of Keystone's option.
METHODS = ('external', 'password', 'token', 'oauth1', 'mapped', 'application_credential', 'totp',
           'trust', 'ec2credential')
_FORMAT = 1
_SCOPES = tuple(ScopeKind)


class InvalidToken(ValueError):
    """Text that is not a token of ours."""


class Tokens:
    """Makes tokens and opens them.

    :param repository: the keys; read again when its folder changes
    """

    def __init__(self, repository: keys.KeyRepository) -> None:
        self._repository = repository
        self._stamp: tuple[int, int] | None = None
        self._fernet: fernet.MultiFernet | None = None

    def make(self, claim: Claim) -> str:
        """The token that says `claim`.

        :raises keys.NoKeys: if there is none to encrypt with
        """
        sealed = self._crypto().encrypt(_pack(claim))
        return sealed.rstrip(b'=').decode('ascii')

    def open(self, token: str) -> Claim:
        """What a token says. Whether it is still good is not looked at.

        :raises InvalidToken: if it is none of ours
        """
        try:
            sealed = token.encode('ascii')
            packed = self._crypto().decrypt(sealed + b'=' * (-len(sealed) % 4))
            return _unpack(packed)
        except (UnicodeEncodeError, fernet.InvalidToken, msgspec.MsgspecError, ValueError,
                IndexError) as error:
            raise InvalidToken('not a token') from error

    def _crypto(self) -> fernet.MultiFernet:
        stamp = self._repository.stamp()
        if self._fernet is None or stamp != self._stamp:
            self._fernet = fernet.MultiFernet(
                [fernet.Fernet(key) for key in self._repository.load()])
            self._stamp = stamp
        return self._fernet


def new_audit_id() -> str:
    """A name for a token that may be shown to anybody: 22 characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b'=').decode('ascii')


def _pack(claim: Claim) -> bytes:
    methods = sum(1 << METHODS.index(method) for method in claim.methods)
    values: list[Any] = [
        _FORMAT, _short(claim.user_id), methods, _SCOPES.index(claim.scope),
        _short(claim.scope_id), claim.issued_at, claim.expires_at,
        b''.join(_audit_bytes(audit_id) for audit_id in claim.audit_ids),
        _short(claim.trust_id), _short(claim.application_credential_id), claim.credential]
    while values[-1] is None:
        values.pop()
    return msgspec.msgpack.encode(values)


def _unpack(packed: bytes) -> Claim:
    values: list[Any] = msgspec.msgpack.decode(packed, type=list)
    if values[0] != _FORMAT:
        raise InvalidToken('a token of another release')
    values += [None] * (11 - len(values))
    (_, user_id, methods, scope, scope_id, issued_at, expires_at, audit, trust_id,
     application_credential_id, credential) = values
    return Claim(
        user_id=_long(user_id) or '',
        methods=tuple(name for bit, name in enumerate(METHODS) if methods & 1 << bit),
        scope=_SCOPES[scope], scope_id=_long(scope_id),
        issued_at=issued_at, expires_at=expires_at,
        audit_ids=tuple(_audit_text(audit[at:at + 16]) for at in range(0, len(audit), 16)),
        trust_id=_long(trust_id),
        application_credential_id=_long(application_credential_id), credential=credential)


def _short(identifier: str | None) -> str | bytes | None:
    """An id of 32 hexadecimal digits as 16 bytes; any other as it is."""
    if identifier is None or len(identifier) != 32 or identifier != identifier.lower():
        return identifier
    try:
        return binascii.unhexlify(identifier)
    except ValueError:
        return identifier


def _long(identifier: str | bytes | None) -> str | None:
    return identifier.hex() if isinstance(identifier, bytes) else identifier


def _audit_bytes(audit_id: str) -> bytes:
    return base64.urlsafe_b64decode(audit_id + '==')


def _audit_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b'=').decode('ascii')
