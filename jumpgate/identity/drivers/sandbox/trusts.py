"""Trusts on SQL, and acting by one."""
from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Mapping

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page, Query
from jumpgate.common.model import model
from jumpgate.identity.driver import trusts as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.scopes import Scopes, role_refs
from jumpgate.identity.models.application_credentials import RoleWish
from jumpgate.identity.models.roles import Role
from jumpgate.identity.models.tokens import Principal, TrustRef
from jumpgate.identity.models.trusts import NewTrust, Trust
from jumpgate.identity.models.users import User
from jumpgate.store.clock import to_datetime
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import in_unit, unit_of_work

#: How often a trust may be passed on.
MAX_REDELEGATION = 3

TABLE = sa.Table(
    'identity_trusts', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('trustor_user_id', sa.String(64), nullable=False, index=True),
    sa.Column('trustee_user_id', sa.String(64), nullable=False, index=True),
    sa.Column('project_id', sa.String(64), index=True),
    sa.Column('redelegated_trust_id', sa.String(64), index=True),
    sa.Column('is_deleted', sa.Boolean, nullable=False),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


@model
class StoredTrust:
    """A trust as the table has it."""

    id: str
    trustor_user_id: str
    trustee_user_id: str
    impersonation: bool
    project_id: str | None = None
    role_ids: tuple[str, ...] = ()
    expires_at: datetime.datetime | None = None
    deleted_at: datetime.datetime | None = None
    remaining_uses: int | None = None
    redelegated_trust_id: str | None = None
    redelegation_count: int = 0
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Trusts(Scopes, interface.Trusts):
    """Trusts."""

    @functools.cached_property
    def trusts(self) -> Shelf[StoredTrust]:
        return Shelf(
            self.store, TABLE, StoredTrust,
            ('trustor_user_id', 'trustee_user_id', 'project_id', 'redelegated_trust_id'),
            computed={'is_deleted': lambda trust: trust.deleted_at is not None})

    # --- the interface

    def list_trusts(self, context: RequestContext, query: Query) -> Page[Trust]:
        sides = {one.name: one.value for one in query.filters}
        found = self.trusts.find(is_deleted=False, **sides)
        return Page.whole([self._to_trust(one) for one in found], applied=tuple(sides))

    def get_trust(self, context: RequestContext, trust_id: str) -> Trust:
        stored = self._find_trust(trust_id)
        if stored.remaining_uses == 0:
            raise base.not_found('trust', trust_id)
        self._refuse_broken_chain(stored)
        return self._to_trust(stored)

    @unit_of_work
    def create_trust(self, context: RequestContext, new: NewTrust) -> Trust:
        self.refuse_past(new.expires_at)
        if new.trustor_user_id != context.user_id:
            raise _forbidden('The authenticated user should match the trustor')
        self.find_user(new.trustee_user_id)
        parent = None if context.trust_id is None else self._find_trust(context.trust_id)
        trust = StoredTrust(
            id=base.new_id(), trustor_user_id=new.trustor_user_id,
            trustee_user_id=new.trustee_user_id, impersonation=new.impersonation,
            project_id=new.project_id, role_ids=self._trust_roles(new, parent),
            expires_at=new.expires_at, remaining_uses=new.remaining_uses,
            redelegation_count=_redelegations(new, parent), extra=new.extra)
        if parent is not None:
            _refuse_more(trust, parent)
            trust = dataclasses.replace(
                trust, redelegated_trust_id=parent.id,
                expires_at=trust.expires_at or parent.expires_at)
        return self._to_trust(self.trusts.insert(trust))

    @unit_of_work
    def delete_trust(self, context: RequestContext, trust_id: str) -> None:
        trust = self.trusts.first(id=trust_id, is_deleted=False)
        if trust is None:
            raise base.not_found('trust', trust_id)
        self._drop_trust(trust)

    def _drop_trust(self, trust: StoredTrust) -> None:
        for child in self.trusts.find(redelegated_trust_id=trust.id, is_deleted=False):
            self._drop_trust(child)
        self.trusts.update(dataclasses.replace(
            trust, deleted_at=to_datetime(self.clock.time())))
        self.end_remembered_tokens()

    # --- acting by one

    def use_trust(self, user: User, trust_id: str) -> Principal:
        """What a trustee is who asks for a token of a trust; it has one use less then.

        :raises Unauthorized: if there is no such trust, or it has run out
        :raises Forbidden: if it is not for this user, or the trustor may not do that any more
        """
        def use() -> Principal:
            try:
                self._lock_trust(trust_id)
                trust = self._find_trust(trust_id)
            except errors.NotFound:
                raise errors.Unauthorized() from None
            if trust.remaining_uses == 0:
                raise errors.Unauthorized()
            principal = self._as_trustee(user, trust)
            if trust.remaining_uses is not None:
                self.trusts.update(dataclasses.replace(
                    trust, remaining_uses=trust.remaining_uses - 1))
            return principal
        return in_unit(self.store, use)

    def of_trust(self, user: User, trust_id: str, issued_at: float) -> Principal:
        """What a trustee is now who has a token of a trust.

        :raises Unauthorized: if that is no longer good
        """
        try:
            trust = self._find_trust(trust_id)
            secrets = self.secrets.get(trust.trustor_user_id)
            if secrets is not None and issued_at < secrets.tokens_since:
                raise errors.Unauthorized()
            return self._as_trustee(user, trust)
        except (errors.NotFound, errors.Forbidden):
            raise errors.Unauthorized() from None

    def _as_trustee(self, user: User, trust: StoredTrust) -> Principal:
        if user.id != trust.trustee_user_id:
            raise errors.Forbidden('User is not a trustee.')
        self._refuse_broken_chain(trust)
        trustor = self.users.get(trust.trustor_user_id)
        if trustor is None or not trustor.enabled:
            raise errors.Forbidden('Trustor is disabled.')
        principal = Principal(
            user=self.user_ref(trustor if trust.impersonation else user),
            expires_at=None if trust.expires_at is None else trust.expires_at.timestamp(),
            trust=TrustRef(id=trust.id, trustor_user_id=trust.trustor_user_id,
                           trustee_user_id=trust.trustee_user_id,
                           impersonation=trust.impersonation))
        if trust.project_id is None:
            return principal
        project = self.projects.get(trust.project_id)
        if project is None or not project.enabled:
            raise errors.Unauthorized()
        roles = self.with_implied(trust.role_ids)
        if not {role.id for role in roles} <= self._roles_of_origin(trust):
            raise errors.Forbidden('Trustee has no delegated roles.')
        return dataclasses.replace(
            principal, project=self.project_ref(project), roles=role_refs(roles))

    # --- pieces

    def _find_trust(self, trust_id: str) -> StoredTrust:
        """:raises NotFound: if there is none with this id, or its time is over"""
        trust = self.trusts.first(id=trust_id, is_deleted=False)
        if trust is None or self.is_past(trust.expires_at):
            raise base.not_found('trust', trust_id)
        return trust

    def _lock_trust(self, trust_id: str) -> None:
        """Let nobody else count a use until this unit of work ends: a write that changes nothing
        locks the row in every database.
        """
        self.store.execute(TABLE.update().where(TABLE.c.id == trust_id).values(
            is_deleted=TABLE.c.is_deleted))

    def _refuse_broken_chain(self, trust: StoredTrust) -> None:
        """:raises Forbidden: if a trust that this one was made by is gone, or who passed it on"""
        while trust.redelegated_trust_id is not None:
            parent = self.trusts.first(id=trust.redelegated_trust_id, is_deleted=False)
            agent = None if parent is None else self.users.get(parent.trustee_user_id)
            if parent is None or agent is None or not agent.enabled:
                raise errors.Forbidden('One of the trust agents is disabled or deleted')
            trust = parent

    def _origin(self, trust: StoredTrust) -> StoredTrust:
        """The first trust of a chain."""
        while trust.redelegated_trust_id is not None:
            parent = self.trusts.get(trust.redelegated_trust_id)
            if parent is None:
                break
            trust = parent
        return trust

    def _roles_of_origin(self, trust: StoredTrust) -> set[str]:
        """The ids of the roles that who made the first trust of a chain has now."""
        project = self.find_project(trust.project_id or '')
        return {role.id for role in self.roles_on_project(
            self._origin(trust).trustor_user_id, project)}

    def _trust_roles(self, new: NewTrust, parent: StoredTrust | None) -> tuple[str, ...]:
        """:raises NotFound: if there is no such role, or the trustor has it not"""
        wanted = [self._role_id(wish) for wish in new.roles]
        if new.project_id is None:
            return ()
        project = self.find_project(new.project_id)
        trustor_id = new.trustor_user_id if parent is None else (
            self._origin(parent).trustor_user_id)
        theirs = {role.id for role in self.roles_on_project(trustor_id, project)}
        for role_id in wanted:
            if role_id not in theirs:
                raise base.not_found('role', role_id)
        return tuple(dict.fromkeys(wanted))

    def _role_id(self, wish: RoleWish) -> str:
        if wish.id is not None:
            return wish.id
        role = self.roles.first(owner_id='', name=wish.name)
        if role is None:
            raise errors.NotFound(f'Role {wish.name} is not defined')
        return role.id

    def _to_trust(self, stored: StoredTrust) -> Trust:
        roles: list[Role] = self.roles.find(id=stored.role_ids)
        return Trust(
            id=stored.id, trustor_user_id=stored.trustor_user_id,
            trustee_user_id=stored.trustee_user_id, impersonation=stored.impersonation,
            project_id=stored.project_id, roles=tuple(roles), expires_at=stored.expires_at,
            deleted_at=stored.deleted_at, remaining_uses=stored.remaining_uses,
            redelegated_trust_id=stored.redelegated_trust_id,
            redelegation_count=stored.redelegation_count, extra=stored.extra)

    # --- what they rely on

    def user_deleted(self, user_id: str) -> None:
        for side in ('trustor_user_id', 'trustee_user_id'):
            self._drop_trusts(**{side: user_id})
        super().user_deleted(user_id)

    def project_deleted(self, project_id: str) -> None:
        self._drop_trusts(project_id=project_id)
        super().project_deleted(project_id)

    def _drop_trusts(self, **wanted: str) -> None:
        for trust in self.trusts.find(is_deleted=False, **wanted):
            self._drop_trust(trust)


def _redelegations(new: NewTrust, parent: StoredTrust | None) -> int:
    """How often the new trust may be passed on.

    :raises Invalid: if its uses are counted too
    :raises Forbidden: if it is asked to be too often
    """
    if not new.allow_redelegation or new.redelegation_count == 0:
        return 0
    wanted = new.redelegation_count
    if wanted is not None and wanted > MAX_REDELEGATION:
        raise errors.Forbidden(f'Requested redelegation depth of {wanted} is greater than allowed '
                               f'{MAX_REDELEGATION}')
    if new.remaining_uses is not None:
        raise errors.Invalid('remaining_uses must not be set if redelegation is allowed')
    if parent is None:
        return wanted or MAX_REDELEGATION
    left = parent.redelegation_count - 1
    if wanted is not None and wanted != left:
        raise errors.Forbidden('Modifying "redelegation_count" upon redelegation is forbidden. '
                               'Omitting this parameter is advised.')
    return max(left, 0)


def _refuse_more(trust: StoredTrust, parent: StoredTrust) -> None:
    """:raises Forbidden: if a trust would be more than the one that it is made by"""
    if parent.redelegation_count < 1:
        raise errors.Forbidden(f'Remaining redelegation depth of {parent.redelegation_count} out '
                               f'of allowed range of [0..{MAX_REDELEGATION}]')
    if trust.remaining_uses is not None:
        raise errors.Forbidden(f'Field "remaining_uses" is set to {trust.remaining_uses} while it '
                               'must not be set in order to redelegate a trust')
    if trust.expires_at is not None and parent.expires_at is not None and (
            trust.expires_at > parent.expires_at):
        raise errors.Forbidden('Requested expiration time is more than redelegated trust can '
                               'provide')
    if trust.project_id != parent.project_id or not set(trust.role_ids) <= set(parent.role_ids):
        raise errors.Forbidden('Some of requested roles are not in redelegated trust')
    if trust.impersonation and not parent.impersonation:
        raise errors.Forbidden('Impersonation is not allowed because redelegated trust does not '
                               f'specify impersonation. Redelegated trust id: {parent.id}')


def _forbidden(why: str) -> errors.Forbidden:
    return errors.Forbidden(f'You are not authorized to perform the requested action: {why}.')
