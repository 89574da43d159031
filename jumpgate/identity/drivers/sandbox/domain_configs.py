"""The configuration of single domains on SQL: kept, and without effect on this cloud."""
from __future__ import annotations

import functools

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common.context import RequestContext
from jumpgate.identity.driver import domain_configs as interface
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.models.domain_configs import DomainConfig, Groups
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_domain_configs', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)


class DomainConfigs(ProjectShelf, interface.DomainConfigs):
    """Options of single domains."""

    @functools.cached_property
    def domain_configs(self) -> Shelf[DomainConfig]:
        return Shelf(self.store, TABLE, DomainConfig)

    def get_domain_config(self, context: RequestContext, domain_id: str) -> DomainConfig:
        return self.domain_configs.get(domain_id) or DomainConfig(id=domain_id)

    @unit_of_work
    def create_domain_config(self, context: RequestContext, domain_id: str,
                             groups: Groups) -> bool:
        self.find_domain(domain_id)
        return not self._put(DomainConfig(id=domain_id, groups=groups))

    @unit_of_work
    def update_domain_config(self, context: RequestContext, domain_id: str,
                             groups: Groups) -> DomainConfig:
        self.find_domain(domain_id)
        old = self.get_domain_config(context, domain_id).groups
        new = DomainConfig(id=domain_id, groups={**old, **{
            name: {**old.get(name, {}), **options} for name, options in groups.items()}})
        self._put(new)
        return new

    @unit_of_work
    def delete_domain_config(self, context: RequestContext, domain_id: str,
                             group: str | None = None, option: str | None = None) -> None:
        left = {name: dict(options) for name, options in
                self.get_domain_config(context, domain_id).groups.items()}
        if group is None:
            left = {}
        elif option is None:
            left.pop(group, None)
        else:
            left.get(group, {}).pop(option, None)
        left = {name: options for name, options in left.items() if options}
        self._put(DomainConfig(id=domain_id, groups=left))

    def _put(self, config: DomainConfig) -> bool:
        """Returns whether there was one before."""
        was_there = self.domain_configs.delete(config.id)
        if config.groups:
            self.domain_configs.insert(config)
        return was_there

    def domain_deleted(self, domain_id: str) -> None:
        self.domain_configs.delete(domain_id)
        super().domain_deleted(domain_id)
