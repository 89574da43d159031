"""Credentials of users on SQL."""
from __future__ import annotations

import dataclasses
import datetime
import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import credentials as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.scopes import Scopes
from jumpgate.identity.models.credentials import Credential, NewCredential
from jumpgate.identity.models.tokens import Principal, ScopeKind, ScopeWish
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

METHOD = 'ec2credential'
_MOST_AGED = datetime.timedelta(minutes=15)

TABLE = sa.Table(
    'identity_credentials', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('user_id', sa.String(255), nullable=False, index=True),
    sa.Column('project_id', sa.String(64), index=True),
    sa.Column('type', sa.String(255), nullable=False),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


class Credentials(Scopes, interface.Credentials):
    """Credentials."""

    @functools.cached_property
    def credentials(self) -> Shelf[Credential]:
        return Shelf(self.store, TABLE, Credential, ('user_id', 'project_id', 'type'))

    def list_credentials(self, context: RequestContext, query: Query) -> Page[Credential]:
        wanted = {one.name: one.value for one in query.filters if one.op == 'eq'}
        return Page.whole(self.credentials.find(**wanted), applied=tuple(
            name for name in wanted
            if all(one.op == 'eq' for one in query.filters if one.name == name)))

    def get_credential(self, context: RequestContext, credential_id: str) -> Credential:
        found = self.credentials.get(credential_id)
        if found is None:
            raise base.not_found('credential', credential_id)
        return found

    @unit_of_work
    def create_credential(self, context: RequestContext, new: NewCredential) -> Credential:
        credential = Credential(
            id=new.id or base.new_id(), user_id=new.user_id, type=new.type, blob=new.blob,
            project_id=new.project_id, extra=new.extra)
        return self.credentials.insert(credential, (
            'Conflict occurred attempting to store credential - Duplicate entry found with ID '
            f'{credential.id}.'))

    @unit_of_work
    def update_credential(self, context: RequestContext, credential_id: str,
                          blob: str) -> Credential:
        old = self.get_credential(context, credential_id)
        return self.credentials.update(dataclasses.replace(old, blob=blob))

    def delete_credential(self, context: RequestContext, credential_id: str) -> None:
        if not self.credentials.delete(credential_id):
            raise base.not_found('credential', credential_id)

    def exchange_credential(self, context: RequestContext, credential: Credential,
                            signed_at: datetime.datetime | None) -> Principal:
        user = self.users.get(credential.user_id)
        if user is None or self.is_past(None if signed_at is None else signed_at + _MOST_AGED):
            raise errors.Unauthorized()
        self.refuse_disabled(user)
        principal = self.in_scope(
            user, ScopeWish(kind=ScopeKind.PROJECT, id=credential.project_id))
        return dataclasses.replace(principal, methods=(METHOD,))

    def user_deleted(self, user_id: str) -> None:
        self.credentials.delete_where(user_id=user_id)
        super().user_deleted(user_id)

    def project_deleted(self, project_id: str) -> None:
        self.credentials.delete_where(project_id=project_id)
        super().project_deleted(project_id)
