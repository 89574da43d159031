"""Domains on the table of projects."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import domains as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.models.domains import Domain, DomainChanges, NewDomain
from jumpgate.identity.models.projects import Project
from jumpgate.store.unit_of_work import unit_of_work


class Domains(ProjectShelf, interface.Domains):
    """Domains on SQL."""

    def list_domains(self, context: RequestContext, query: Query) -> Page[Domain]:
        return Page.whole([to_domain(one) for one in self.projects.find(is_domain=True)])

    def get_domain(self, context: RequestContext, domain_id: str) -> Domain:
        return to_domain(self.find_domain(domain_id))

    @unit_of_work
    def create_domain(self, context: RequestContext, new: NewDomain) -> Domain:
        project = Project(
            id=new.id or base.new_id(), name=new.name, is_domain=True,
            description=new.description, enabled=new.enabled, tags=tuple(sorted(set(new.tags))),
            options=base.merged({}, new.options), extra=new.extra)
        if self.projects.has(id=project.id):
            raise errors.Conflict(f'Conflict occurred attempting to store domain - Duplicate ID, '
                                  f'{project.id}.')
        return to_domain(self.projects.insert(project, base.duplicate('domain', new.name)))

    @unit_of_work
    def update_domain(self, context: RequestContext, domain_id: str,
                      changes: DomainChanges) -> Domain:
        old = self.find_domain(domain_id)
        base.refuse_immutable_update('domain', old, changes.options)
        new = dataclasses.replace(
            old,
            name=old.name if changes.name is UNSET else changes.name,
            description=old.description if changes.description is UNSET else changes.description,
            enabled=old.enabled if changes.enabled is UNSET else changes.enabled,
            tags=old.tags if changes.tags is UNSET else tuple(sorted(set(changes.tags))),
            options=base.merged(old.options, changes.options),
            extra=base.added(old.extra, changes.extra))
        self.projects.update(new, base.duplicate('domain', new.name))
        if (old.enabled, old.name) != (new.enabled, new.name):
            self.end_remembered_tokens()
        return to_domain(new)

    @unit_of_work
    def delete_domain(self, context: RequestContext, domain_id: str) -> None:
        domain = self.find_domain(domain_id)
        base.refuse_immutable_delete('domain', domain)
        if domain.enabled:
            raise errors.Forbidden(
                'Cannot delete a domain that is enabled, please disable it first.')
        self.domain_deleted(domain_id)


def to_domain(project: Project) -> Domain:
    """The domain that a project acts as."""
    return Domain(id=project.id, name=project.name, description=project.description,
                  enabled=project.enabled, tags=project.tags, options=project.options,
                  extra=project.extra)
