"""What every noun of the embedded identity service stands on."""
from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Protocol

from oslo_config import cfg

from jumpgate.common import errors
from jumpgate.common.driver import UNSET, Unset
from jumpgate.identity.models.assignments import Grant
from jumpgate.store.clock import StoredClock
from jumpgate.store.engine import Store, open_store
from jumpgate.store.revocations import Revocations

#: The domain that is always there.
DEFAULT_DOMAIN = 'default'


class HasOptions(Protocol):
    """A thing that an option may protect."""

    @property
    def id(self) -> str: ...

    @property
    def options(self) -> Mapping[str, object]: ...


class Base:
    """The configuration, the store and the clock."""

    def __init__(self, conf: cfg.ConfigOpts, store: Store | None = None) -> None:
        self.conf = conf
        self.store = open_store(conf) if store is None else store
        self.clock = StoredClock(self.store)
        self.revocations = Revocations(self.store)

    def end_remembered_tokens(self) -> None:
        """Let every process look again at the tokens that it remembers.

        Called in the unit of work of whatever may have ended some.
        """
        self.revocations.bump()

    def is_past(self, moment: datetime.datetime | None) -> bool:
        """Whether the moment at which something ends is over; None: it does not end."""
        return moment is not None and moment.timestamp() <= self.clock.time()

    def refuse_past(self, expires_at: datetime.datetime | None) -> None:
        """:raises Invalid: if something new would be over already"""
        if self.is_past(expires_at):
            raise errors.Invalid(
                "The 'expires_at' must not be before now. The server could not comply with the "
                'request since it is either malformed or otherwise incorrect. The client is '
                'assumed to be in error.')

    # What a noun has to do when something that it refers to goes. A noun extends those it needs
    # and calls the next by super(); all run in the unit of work of the deletion.

    def domain_deleted(self, domain_id: str) -> None:
        """A domain goes, with everything that it owns."""

    def project_deleted(self, project_id: str) -> None:
        """A project goes."""

    def user_deleted(self, user_id: str) -> None:
        """A user goes."""

    def user_disabled(self, user_id: str) -> None:
        """A user may do nothing any more, for now."""

    def group_deleted(self, group_id: str) -> None:
        """A group goes."""

    def role_deleted(self, role_id: str) -> None:
        """A role goes."""

    def grant_deleted(self, grant: Grant) -> None:
        """A role is taken away from somebody."""

    def region_deleted(self, region_id: str) -> None:
        """A region goes."""

    def service_deleted(self, service_id: str) -> None:
        """A service goes."""

    def endpoint_deleted(self, endpoint_id: str) -> None:
        """An endpoint goes."""


def new_id() -> str:
    return uuid.uuid4().hex


def not_found(noun: str, identifier: str) -> errors.NotFound:
    """The words of the real service."""
    return errors.NotFound(f'Could not find {noun}: {identifier}.')


def duplicate(noun: str, name: str, domain_id: str | None = None) -> str:
    """The words of the real service for a name that is taken."""
    where = f' at domain ID {domain_id}' if domain_id else ''
    return (f'Conflict occurred attempting to store {noun} - Duplicate entry found with name '
            f'{name}{where}.')


def refuse_immutable_update(noun: str, thing: HasOptions,
                            options: Mapping[str, object] | Unset = UNSET) -> None:
    """:raises Forbidden: if an option protects `thing`, and the new options do not lift it"""
    lifted = options is not UNSET and 'immutable' in options and not options['immutable']
    if thing.options.get('immutable') and not lifted:
        raise errors.Forbidden(f'The {noun} {thing.id} is immutable: set its option "immutable" '
                               'to false before it is changed.')


def refuse_immutable_delete(noun: str, thing: HasOptions) -> None:
    """:raises Forbidden: if an option protects `thing`"""
    if thing.options.get('immutable'):
        raise errors.Forbidden(f'The {noun} {thing.id} is immutable: set its option "immutable" '
                               'to false before it is deleted.')


def merged(old: Mapping[str, object],
           new: Mapping[str, object] | Unset) -> dict[str, object]:
    """Options after a change: a null takes one away."""
    if new is UNSET:
        return dict(old)
    return {name: value for name, value in {**old, **new}.items() if value is not None}


def added(old: Mapping[str, object],
          new: Mapping[str, object] | Unset) -> dict[str, object]:
    """Unknown attributes after a change: those that are not mentioned stay."""
    return dict(old) if new is UNSET else {**old, **new}
