"""Passwords: their hashes, their history, and locking out who guesses."""
from __future__ import annotations

import base64
import dataclasses
import datetime
import functools
import hashlib
import re

import bcrypt
import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import blocking, errors
from jumpgate.common.model import model
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.models.users import User
from jumpgate.store.clock import to_datetime
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import in_unit

_DAY = 86400
#: How many old hashes are kept at most; the option of their use may grow later.
_HISTORY = 24

TABLE = sa.Table(
    'identity_secrets', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


@model
class Hash:
    """One password that a user had.

    :param changed_at: seconds since 1970
    :param by_admin: whether somebody else chose it
    """

    hash: str = dataclasses.field(repr=False)
    changed_at: float
    by_admin: bool


@model
class Secrets:
    """What is known of a user's logins.

    :param id: the user's
    :param hashes: the present one first; empty where there is no password
    :param failures: wrong passwords in a row
    :param failed_at: when the last of them was
    :param active_at: when the last login was
    :param tokens_since: tokens that are older are no longer good
    """

    id: str
    hashes: tuple[Hash, ...] = ()
    failures: int = 0
    failed_at: float = 0.0
    active_at: float = 0.0
    tokens_since: float = 0.0


class Passwords(base.Base):
    """Checks and changes passwords."""

    @functools.cached_property
    def secrets(self) -> Shelf[Secrets]:
        return Shelf(self.store, TABLE, Secrets)

    @functools.cached_property
    def _nobody(self) -> str:
        """A hash to check against where there is no user, so that it takes as long."""
        return self.hash_password(base.new_id())

    def hash_password(self, password: str) -> str:
        """A slow, salted hash. Never call it inside a unit of work."""
        rounds = self.conf.identity.password_hash_rounds
        return blocking.run(_hash, password, rounds)

    def matches_hash(self, text: str, hashed: str | None) -> bool:
        """Whether a hash is of `text`; without a hash it takes just as long.

        Never call it inside a unit of work.
        """
        return blocking.run(_verify, text, hashed or self._nobody) and hashed is not None

    # --- checking

    def verify_password(self, user: User | None, password: str, *,
                        may_be_expired: bool = False) -> None:
        """Return if this is the user's password.

        :param user: None where there is none of that name: it takes just as long
        :raises Unauthorized: for a wrong one, a locked user, an expired password
        """
        secrets = self.secrets.get(user.id) if user is not None else None
        stored = secrets.hashes[0].hash if secrets is not None and secrets.hashes else None
        if user is not None and secrets is not None and self._is_locked(user, secrets):
            raise errors.Unauthorized(f'The account is locked for user: {user.id}.')
        is_right = blocking.run(_verify, password, stored or self._nobody)
        if user is None or stored is None or secrets is None:
            raise errors.Unauthorized()
        if not is_right:
            self._count_failure(user)
            raise errors.Unauthorized()
        if not may_be_expired and self._is_expired(user):
            raise errors.Unauthorized(
                f'The password is expired and needs to be changed for user: {user.id}.')
        self._note_success(secrets)

    def _is_locked(self, user: User, secrets: Secrets) -> bool:
        limit = self.conf.security_compliance.lockout_failure_attempts
        if not limit or user.options.get('ignore_lockout_failure_attempts'):
            return False
        duration = self.conf.security_compliance.lockout_duration
        return bool(secrets.failures >= limit
                    and self.clock.time() < secrets.failed_at + duration)

    def _is_expired(self, user: User) -> bool:
        expires = user.password_expires_at
        return expires is not None and expires <= to_datetime(self.clock.time())

    def _count_failure(self, user: User) -> None:
        settings = self.conf.security_compliance
        if not settings.lockout_failure_attempts:
            return
        now = self.clock.time()

        def count() -> None:
            secrets = self.secrets.get(user.id)
            if secrets is None:
                return
            over = (secrets.failures >= settings.lockout_failure_attempts
                    and now >= secrets.failed_at + settings.lockout_duration)
            failures = 1 if over else secrets.failures + 1
            self.secrets.update(dataclasses.replace(secrets, failures=failures, failed_at=now))
        in_unit(self.store, count)

    def _note_success(self, secrets: Secrets) -> None:
        now = self.clock.time()
        watches = self.conf.security_compliance.disable_user_account_days_inactive
        if not secrets.failures and not (watches and now > secrets.active_at + _DAY / 24):
            return

        def note() -> None:
            present = self.secrets.get(secrets.id)
            if present is not None:
                self.secrets.update(dataclasses.replace(present, failures=0, active_at=now))
        in_unit(self.store, note)

    def is_inactive(self, user: User) -> bool:
        """Whether a user was away for so long that they are disabled."""
        days = self.conf.security_compliance.disable_user_account_days_inactive
        if not days or user.options.get('ignore_user_inactivity'):
            return False
        secrets = self.secrets.get(user.id)
        return secrets is not None and bool(
            secrets.active_at and self.clock.time() > secrets.active_at + days * _DAY)

    # --- choosing

    def check_strength(self, password: str) -> None:
        """:raises Invalid: if the password breaks the configured rule"""
        settings = self.conf.security_compliance
        if settings.password_regex and not re.match(settings.password_regex, password):
            description = settings.password_regex_description or 'the configured pattern'
            raise errors.Invalid(
                f'The password does not match the requirements: {description}.')

    def check_choice(self, user: User, password: str) -> None:
        """Return if a user may choose this password now.

        :raises Invalid: if it breaks the rules, was used lately, or it is too early
        """
        self.check_strength(password)
        settings = self.conf.security_compliance
        if user.options.get('lock_password'):
            raise errors.Invalid('The password of this user is locked; an administrator must '
                                 'change it.')
        secrets = self.secrets.get(user.id) or Secrets(id=user.id)
        if settings.minimum_password_age and secrets.hashes and not secrets.hashes[0].by_admin:
            early = secrets.hashes[0].changed_at + settings.minimum_password_age * _DAY
            if self.clock.time() < early:
                raise errors.Invalid('You cannot change your password at this time: it must be '
                                     f'used for {settings.minimum_password_age} day(s).')
        count = settings.unique_last_password_count
        for old in secrets.hashes[:max(count, 1) if count else 0]:
            if blocking.run(_verify, password, old.hash):
                raise errors.Invalid(
                    'The new password cannot be identical to a previous password. The total '
                    'number which includes the new password must be unique is '
                    f'{count}.')

    def expiry_of(self, user: User, hashed: str | None, *,
                  by_admin: bool) -> datetime.datetime | None:
        """When a password that is set now expires."""
        settings = self.conf.security_compliance
        now = self.clock.time()
        if hashed is None:
            return None
        if (by_admin and settings.change_password_upon_first_use
                and not user.options.get('ignore_change_password_upon_first_use')):
            return to_datetime(now)
        if settings.password_expires_days and not user.options.get('ignore_password_expiry'):
            return to_datetime(now + settings.password_expires_days * _DAY)
        return None

    # --- writing, in the caller's unit of work

    def start_secrets(self, user: User, hashed: str | None) -> None:
        """Keep the first password of a user."""
        now = self.clock.time()
        hashes = (Hash(hash=hashed, changed_at=now, by_admin=True),) if hashed else ()
        self.secrets.insert(Secrets(id=user.id, hashes=hashes, active_at=now))

    def replace_password(self, user: User, hashed: str | None, *, by_admin: bool = True) -> None:
        """Keep a new password; every token of the user ends."""
        now = self.clock.time()
        secrets = self.secrets.get(user.id) or Secrets(id=user.id)
        new = (Hash(hash=hashed, changed_at=now, by_admin=by_admin),) if hashed else ()
        self.secrets.update(dataclasses.replace(
            secrets, hashes=(*new, *secrets.hashes)[:_HISTORY] if new else (), failures=0,
            tokens_since=now))

    def unlock(self, user_id: str) -> None:
        """Forget the failures of a user who is enabled again."""
        secrets = self.secrets.get(user_id)
        if secrets is not None:
            self.secrets.update(dataclasses.replace(
                secrets, failures=0, active_at=self.clock.time()))

    def end_tokens_of(self, user_id: str) -> None:
        """Every token that the user has now is no longer good."""
        secrets = self.secrets.get(user_id)
        if secrets is not None:
            self.secrets.update(dataclasses.replace(secrets, tokens_since=self.clock.time()))

    def user_deleted(self, user_id: str) -> None:
        super().user_deleted(user_id)
        self.secrets.delete(user_id)


def _digest(password: str) -> bytes:
    """bcrypt looks at 72 bytes and stops at a NUL, so it gets a digest of any length."""
    return base64.b64encode(hashlib.sha256(password.encode('utf-8', 'surrogatepass')).digest())


def _hash(password: str, rounds: int) -> str:
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(rounds)).decode('ascii')


def _verify(password: str, hashed: str) -> bool:
    return bcrypt.checkpw(_digest(password), hashed.encode('ascii'))
