"""Policies and what they are bound to, on SQL."""
from __future__ import annotations

import dataclasses
import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import policies as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.endpoints import EndpointShelf
from jumpgate.identity.models.endpoints import Endpoint
from jumpgate.identity.models.policies import NewPolicy, Policy, PolicyChanges, PolicyTarget
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_policies', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)

#: One policy a target; what a target does not name is ''.
BINDINGS = sa.Table(
    'identity_policy_bindings', METADATA,
    sa.Column('endpoint_id', sa.String(64), primary_key=True),
    sa.Column('service_id', sa.String(64), primary_key=True),
    sa.Column('region_id', sa.String(255), primary_key=True),
    sa.Column('policy_id', sa.String(64), nullable=False, index=True),
    **OPTIONS)
_COLUMNS = ('endpoint_id', 'service_id', 'region_id')


class Policies(EndpointShelf, interface.Policies):
    """Policies."""

    @functools.cached_property
    def policies(self) -> Shelf[Policy]:
        return Shelf(self.store, TABLE, Policy)

    def find_policy(self, policy_id: str) -> Policy:
        """:raises NotFound: if there is none with this id"""
        policy = self.policies.get(policy_id)
        if policy is None:
            raise base.not_found('policy', policy_id)
        return policy

    def list_policies(self, context: RequestContext, query: Query) -> Page[Policy]:
        return Page.whole(self.policies.find())

    def get_policy(self, context: RequestContext, policy_id: str) -> Policy:
        return self.find_policy(policy_id)

    def create_policy(self, context: RequestContext, new: NewPolicy) -> Policy:
        return self.policies.insert(Policy(
            id=base.new_id(), blob=new.blob, type=new.type, extra=new.extra))

    @unit_of_work
    def update_policy(self, context: RequestContext, policy_id: str,
                      changes: PolicyChanges) -> Policy:
        old = self.find_policy(policy_id)
        return self.policies.update(dataclasses.replace(
            old,
            blob=old.blob if changes.blob is UNSET else changes.blob,
            type=old.type if changes.type is UNSET else changes.type,
            extra=base.added(old.extra, changes.extra)))

    @unit_of_work
    def delete_policy(self, context: RequestContext, policy_id: str) -> None:
        self.find_policy(policy_id)
        self.policies.delete(policy_id)
        self.store.execute(BINDINGS.delete().where(BINDINGS.c.policy_id == policy_id))

    # --- what it is bound to

    @unit_of_work
    def bind_policy(self, context: RequestContext, policy_id: str, target: PolicyTarget) -> None:
        self._find_policy_ends(policy_id, target)
        values = _values(target)
        self._unbind(**values)
        try:
            self.store.execute(BINDINGS.insert(), {**values, 'policy_id': policy_id})
        except exc.IntegrityError as error:
            raise errors.Conflict('Something is being bound to the same in this moment.') from error

    def check_policy(self, context: RequestContext, policy_id: str, target: PolicyTarget) -> None:
        self._find_policy_ends(policy_id, target)
        if self._bound_policy(target) != policy_id:
            raise errors.NotFound('Could not find policy association.')

    @unit_of_work
    def unbind_policy(self, context: RequestContext, policy_id: str,
                      target: PolicyTarget) -> None:
        self._find_policy_ends(policy_id, target)
        self._unbind(policy_id=policy_id, **_values(target))

    def list_endpoints_for_policy(self, context: RequestContext,
                                  policy_id: str) -> list[Endpoint]:
        self.find_policy(policy_id)
        found: dict[str, Endpoint] = {}
        for row in self.store.rows(sa.select(BINDINGS).where(BINDINGS.c.policy_id == policy_id)):
            wanted: dict[str, Any] = {}
            if row.endpoint_id:
                wanted['id'] = row.endpoint_id
            if row.service_id:
                wanted['service_id'] = row.service_id
            if row.region_id:
                wanted['region_id'] = tuple(self.region_and_below(row.region_id))
            found.update((endpoint.id, endpoint) for endpoint in self.endpoints.find(**wanted))
        return list(found.values())

    def get_policy_for_endpoint(self, context: RequestContext, endpoint_id: str) -> Policy:
        endpoint = self.find_endpoint(endpoint_id)
        service_id = endpoint.service_id
        targets = (
            PolicyTarget(endpoint_id=endpoint_id),
            *(PolicyTarget(service_id=service_id, region_id=region_id)
              for region_id in self.region_and_above(endpoint.region_id)),
            PolicyTarget(service_id=service_id))
        for target in targets:
            policy_id = self._bound_policy(target)
            if policy_id is not None:
                return self.find_policy(policy_id)
        raise errors.NotFound(f'No policy is associated with endpoint {endpoint_id}.')

    def _find_policy_ends(self, policy_id: str, target: PolicyTarget) -> None:
        """:raises NotFound: if the policy or something of the target does not exist"""
        self.find_policy(policy_id)
        if target.endpoint_id is not None:
            self.find_endpoint(target.endpoint_id)
        if target.service_id is not None:
            self.find_service(target.service_id)
        if target.region_id is not None:
            self.find_region(target.region_id)

    def _bound_policy(self, target: PolicyTarget) -> str | None:
        row = self.store.row(sa.select(BINDINGS.c.policy_id).where(
            *(BINDINGS.c[name] == value for name, value in _values(target).items())))
        return None if row is None else str(row[0])

    def _unbind(self, **values: str) -> None:
        self.store.execute(BINDINGS.delete().where(
            *(BINDINGS.c[name] == value for name, value in values.items())))

    def endpoint_deleted(self, endpoint_id: str) -> None:
        self._unbind(endpoint_id=endpoint_id)
        super().endpoint_deleted(endpoint_id)

    def service_deleted(self, service_id: str) -> None:
        self._unbind(service_id=service_id)
        super().service_deleted(service_id)

    def region_deleted(self, region_id: str) -> None:
        self._unbind(region_id=region_id)
        super().region_deleted(region_id)


def _values(target: PolicyTarget) -> dict[str, str]:
    return {name: getattr(target, name) or '' for name in _COLUMNS}
