"""Groups of endpoints, and what is linked to projects, on SQL."""
from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import exc

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import endpoint_groups as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.drivers.sandbox.endpoints import EndpointShelf
from jumpgate.identity.drivers.sandbox.projects import ProjectShelf
from jumpgate.identity.models.endpoint_groups import (
    EndpointGroup,
    EndpointGroupChanges,
    NewEndpointGroup,
)
from jumpgate.identity.models.endpoints import Endpoint
from jumpgate.identity.models.projects import Project
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

TABLE = sa.Table(
    'identity_endpoint_groups', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    sa.Column('document', Document, nullable=False),
    **OPTIONS)

#: Endpoints and groups of them that projects are linked to.
LINKS = sa.Table(
    'identity_endpoint_links', METADATA,
    sa.Column('project_id', sa.String(64), primary_key=True),
    sa.Column('linked_id', sa.String(64), primary_key=True, index=True),
    sa.Column('kind', sa.String(8), nullable=False),
    **OPTIONS)
_ENDPOINT, _GROUP = 'endpoint', 'group'


class EndpointGroupShelf(EndpointShelf, ProjectShelf):
    """The tables of groups and links."""

    @functools.cached_property
    def endpoint_groups(self) -> Shelf[EndpointGroup]:
        return Shelf(self.store, TABLE, EndpointGroup)

    def find_endpoint_group(self, group_id: str) -> EndpointGroup:
        """:raises NotFound: if there is none with this id"""
        group = self.endpoint_groups.get(group_id)
        if group is None:
            raise base.not_found('Endpoint Group', group_id)
        return group

    def endpoints_by(self, filters: Mapping[str, object]) -> list[Endpoint]:
        """The endpoints whose attributes are as `filters` say."""
        return [endpoint for endpoint in self.endpoints.find()
                if all(getattr(endpoint, name, None) == wanted
                       for name, wanted in filters.items())]

    def linked_to(self, project_id: str, kind: str) -> list[str]:
        """What is linked to a project."""
        found = self.store.rows(sa.select(LINKS.c.linked_id).where(
            LINKS.c.project_id == project_id, LINKS.c.kind == kind).order_by(LINKS.c.linked_id))
        return [row[0] for row in found]

    def projects_linked_to(self, linked_id: str) -> list[Project]:
        """The projects that an endpoint or group is linked to."""
        found = self.store.rows(sa.select(LINKS.c.project_id).where(
            LINKS.c.linked_id == linked_id))
        return self.projects.find(id=tuple(row[0] for row in found))

    def link(self, project_id: str, linked_id: str, kind: str, conflict: str) -> None:
        """:raises Conflict: if they are linked already"""
        try:
            self.store.execute(LINKS.insert(), {
                'project_id': project_id, 'linked_id': linked_id, 'kind': kind})
        except exc.IntegrityError as error:
            raise errors.Conflict(conflict) from error

    def unlink(self, linked_id: str, project_id: str | None = None) -> bool:
        """Take away a link, or all; returns whether there was one."""
        statement = LINKS.delete().where(LINKS.c.linked_id == linked_id)
        if project_id is not None:
            statement = statement.where(LINKS.c.project_id == project_id)
        return self.store.execute(statement) > 0

    def endpoint_deleted(self, endpoint_id: str) -> None:
        self.unlink(endpoint_id)
        super().endpoint_deleted(endpoint_id)

    def project_deleted(self, project_id: str) -> None:
        self.store.execute(LINKS.delete().where(LINKS.c.project_id == project_id))
        super().project_deleted(project_id)


class EndpointGroups(EndpointGroupShelf, interface.EndpointGroups):
    """Groups of endpoints."""

    def list_endpoint_groups(self, context: RequestContext, query: Query) -> Page[EndpointGroup]:
        return Page.whole(self.endpoint_groups.find())

    def get_endpoint_group(self, context: RequestContext, endpoint_group_id: str) -> EndpointGroup:
        return self.find_endpoint_group(endpoint_group_id)

    def create_endpoint_group(self, context: RequestContext,
                              new: NewEndpointGroup) -> EndpointGroup:
        return self.endpoint_groups.insert(EndpointGroup(
            id=base.new_id(), name=new.name, filters=new.filters, description=new.description))

    @unit_of_work
    def update_endpoint_group(self, context: RequestContext, endpoint_group_id: str,
                              changes: EndpointGroupChanges) -> EndpointGroup:
        old = self.find_endpoint_group(endpoint_group_id)
        return self.endpoint_groups.update(dataclasses.replace(
            old,
            name=old.name if changes.name is UNSET else changes.name,
            filters=old.filters if changes.filters is UNSET else changes.filters,
            description=old.description if changes.description is UNSET else changes.description))

    @unit_of_work
    def delete_endpoint_group(self, context: RequestContext, endpoint_group_id: str) -> None:
        self.find_endpoint_group(endpoint_group_id)
        self.unlink(endpoint_group_id)
        self.endpoint_groups.delete(endpoint_group_id)

    def list_endpoints_in_group(self, context: RequestContext,
                                endpoint_group_id: str) -> list[Endpoint]:
        return self.endpoints_by(self.find_endpoint_group(endpoint_group_id).filters)

    def list_projects_of_endpoint_group(self, context: RequestContext,
                                        endpoint_group_id: str) -> list[Project]:
        return self.projects_linked_to(endpoint_group_id)

    def list_endpoint_groups_for_project(self, context: RequestContext,
                                         project_id: str) -> list[EndpointGroup]:
        self.find_project(project_id)
        return self.endpoint_groups.find(id=tuple(self.linked_to(project_id, _GROUP)))

    def check_endpoint_group_in_project(self, context: RequestContext, endpoint_group_id: str,
                                        project_id: str) -> None:
        self._find_group_ends(endpoint_group_id, project_id)
        if endpoint_group_id not in self.linked_to(project_id, _GROUP):
            raise errors.NotFound('Endpoint Group Project Association not found')

    @unit_of_work
    def add_endpoint_group_to_project(self, context: RequestContext, endpoint_group_id: str,
                                      project_id: str) -> None:
        self._find_group_ends(endpoint_group_id, project_id)
        self.link(project_id, endpoint_group_id, _GROUP,
                  'Conflict occurred attempting to store project_endpoint_group - Duplicate '
                  'entry.')

    @unit_of_work
    def remove_endpoint_group_from_project(self, context: RequestContext, endpoint_group_id: str,
                                           project_id: str) -> None:
        self.check_endpoint_group_in_project(context, endpoint_group_id, project_id)
        self.unlink(endpoint_group_id, project_id)

    def _find_group_ends(self, endpoint_group_id: str, project_id: str) -> None:
        self.find_project(project_id)
        self.find_endpoint_group(endpoint_group_id)


class ProjectEndpoints(EndpointGroupShelf, interface.ProjectEndpoints):
    """Single endpoints that are linked to projects."""

    def list_endpoints_for_project(self, context: RequestContext,
                                   project_id: str) -> list[Endpoint]:
        self.find_project(project_id)
        found = self.endpoints.get_many(self.linked_to(project_id, _ENDPOINT))
        groups = self.endpoint_groups.find(id=tuple(self.linked_to(project_id, _GROUP)))
        for group in groups:
            found.update((endpoint.id, endpoint) for endpoint in self.endpoints_by(group.filters))
        return list(found.values())

    def list_projects_for_endpoint(self, context: RequestContext,
                                   endpoint_id: str) -> list[Project]:
        self.find_endpoint(endpoint_id)
        return self.projects_linked_to(endpoint_id)

    def check_endpoint_in_project(self, context: RequestContext, endpoint_id: str,
                                  project_id: str) -> None:
        self._find_endpoint_ends(endpoint_id, project_id)
        if endpoint_id not in self.linked_to(project_id, _ENDPOINT):
            raise _not_linked(endpoint_id, project_id)

    @unit_of_work
    def add_endpoint_to_project(self, context: RequestContext, endpoint_id: str,
                                project_id: str) -> None:
        self._find_endpoint_ends(endpoint_id, project_id)
        self.link(project_id, endpoint_id, _ENDPOINT,
                  'Conflict occurred attempting to store project_endpoint - Duplicate entry.')

    def remove_endpoint_from_project(self, context: RequestContext, endpoint_id: str,
                                     project_id: str) -> None:
        if not self.unlink(endpoint_id, project_id):
            raise _not_linked(endpoint_id, project_id)

    def _find_endpoint_ends(self, endpoint_id: str, project_id: str) -> None:
        self.find_endpoint(endpoint_id)
        self.find_project(project_id)


def _not_linked(endpoint_id: str, project_id: str) -> errors.NotFound:
    return errors.NotFound(f'Endpoint {endpoint_id} not found in project {project_id}')
