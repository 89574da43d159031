"""Projects and domains; a domain is a project that acts as one."""
from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable

import sqlalchemy as sa

from jumpgate.clouds.sandbox.shelf import Shelf
from jumpgate.common import errors
from jumpgate.common.context import RequestContext
from jumpgate.common.driver import UNSET
from jumpgate.common.listing import Page, Query
from jumpgate.identity.driver import projects as interface
from jumpgate.identity.drivers.sandbox import base
from jumpgate.identity.models.projects import NewProject, Project, ProjectChanges
from jumpgate.store.tables import METADATA, OPTIONS, Document
from jumpgate.store.unit_of_work import unit_of_work

#: How deep a tree may be, the domain not counted.
MAX_DEPTH = 5

TABLE = sa.Table(
    'identity_projects', METADATA,
    sa.Column('id', sa.String(64), primary_key=True),
    # '' for what acts as a domain, so that their names are unique too
    sa.Column('owner_id', sa.String(64), nullable=False),
    sa.Column('name', sa.String(255), nullable=False),
    sa.Column('parent_id', sa.String(64), index=True),
    sa.Column('is_domain', sa.Boolean, nullable=False),
    sa.Column('document', Document, nullable=False),
    sa.UniqueConstraint('owner_id', 'name', name='uq_identity_projects_name'),
    **OPTIONS)


class ProjectShelf(base.Base):
    """The table of projects, for every noun that looks into it."""

    @functools.cached_property
    def projects(self) -> Shelf[Project]:
        return Shelf(self.store, TABLE, Project, ('name', 'parent_id', 'is_domain'),
                     computed={'owner_id': lambda project: project.domain_id or ''})

    def find_project(self, project_id: str) -> Project:
        """:raises NotFound: if there is none with this id"""
        project = self.projects.get(project_id)
        if project is None:
            raise base.not_found('project', project_id)
        return project

    def find_domain(self, domain_id: str) -> Project:
        """The project that acts as this domain.

        :raises NotFound: if there is none with this id
        """
        project = self.projects.first(id=domain_id, is_domain=True)
        if project is None:
            raise base.not_found('domain', domain_id)
        return project

    def ancestors(self, project: Project) -> list[Project]:
        """The projects above one, the nearest first; the last is the domain."""
        found = []
        while project.parent_id is not None:
            above = self.projects.get(project.parent_id)
            if above is None:
                break
            found.append(above)
            project = above
        return found

    def subtree(self, project_id: str) -> list[Project]:
        """All projects below one, level by level."""
        found: list[Project] = []
        level: tuple[str, ...] = (project_id,)
        while level:
            children = self.projects.find(parent_id=level)
            found += children
            level = tuple(child.id for child in children)
        return found


class Projects(ProjectShelf, interface.Projects):
    """Projects on SQL."""

    def list_projects(self, context: RequestContext, query: Query) -> Page[Project]:
        return Page.whole(self.projects.find(is_domain=bool(query.value('is_domain', False))),
                          applied=('is_domain',))

    def get_project(self, context: RequestContext, project_id: str) -> Project:
        return self.find_project(project_id)

    def list_project_parents(self, context: RequestContext, project_id: str) -> list[Project]:
        above = self.ancestors(self.find_project(project_id))
        return [project for project in above if not project.is_domain]

    def list_project_subtree(self, context: RequestContext, project_id: str) -> list[Project]:
        return self.subtree(project_id)

    @unit_of_work
    def create_project(self, context: RequestContext, new: NewProject) -> Project:
        domain_id, parent_id = self._place(new)
        project = Project(
            id=base.new_id(), name=new.name, domain_id=domain_id, parent_id=parent_id,
            is_domain=new.is_domain, description=new.description, enabled=new.enabled,
            tags=_sorted(new.tags), options=base.merged({}, new.options), extra=new.extra)
        return self.projects.insert(project, _duplicate(project))

    def _place(self, new: NewProject) -> tuple[str | None, str | None]:
        """The domain and parent of a new project.

        :raises Invalid: if they do not exist, or do not fit each other
        :raises Forbidden: if the tree would be too deep, or the parent is disabled
        """
        if new.is_domain:
            if new.parent_id or new.domain_id:
                raise errors.Invalid('only root projects are allowed to act as domains.')
            return None, None
        parent = self.projects.get(new.parent_id) if new.parent_id else None
        if new.parent_id and parent is None:
            raise errors.Invalid(f'Could not find project: {new.parent_id}.')
        domain_id = new.domain_id
        if domain_id is None and parent is not None:
            domain_id = parent.id if parent.is_domain else parent.domain_id
        if domain_id is None or not self.projects.has(id=domain_id, is_domain=True):
            raise errors.Invalid(f'Could not find domain: {domain_id}.')
        if parent is None:
            return domain_id, domain_id
        self._check_parent(parent, domain_id)
        return domain_id, parent.id

    def _check_parent(self, parent: Project, domain_id: str) -> None:
        if (parent.id if parent.is_domain else parent.domain_id) != domain_id:
            raise errors.Invalid(
                f"Cannot create project, since it specifies its domain_id {domain_id}, but "
                f'specifies a parent in a different domain ({parent.domain_id}).')
        above = self.ancestors(parent)
        if len([project for project in (parent, *above) if not project.is_domain]) >= MAX_DEPTH:
            raise errors.Forbidden(f'Max hierarchy depth reached for {parent.id} branch.')
        for project in (parent, *above):
            if not project.enabled:
                raise errors.Invalid('cannot create a project in a branch containing a disabled '
                                     f'project: {project.id}')

    @unit_of_work
    def update_project(self, context: RequestContext, project_id: str,
                       changes: ProjectChanges) -> Project:
        old = self.find_project(project_id)
        base.refuse_immutable_update('project', old, changes.options)
        for name in ('parent_id', 'domain_id', 'is_domain'):
            wanted = getattr(changes, name)
            if wanted is not UNSET and wanted != getattr(old, name):
                kind = errors.Forbidden if name == 'parent_id' else errors.Invalid
                raise kind(f'Update of `{name}` is not allowed.')
        self._check_enabled(old, changes)
        new = dataclasses.replace(
            old,
            name=old.name if changes.name is UNSET else changes.name,
            description=old.description if changes.description is UNSET else changes.description,
            enabled=old.enabled if changes.enabled is UNSET else changes.enabled,
            tags=old.tags if changes.tags is UNSET else _sorted(changes.tags),
            options=base.merged(old.options, changes.options),
            extra=base.added(old.extra, changes.extra))
        self.projects.update(new, _duplicate(new))
        if (old.enabled, old.name) != (new.enabled, new.name):
            self.end_remembered_tokens()
        return new

    def _check_enabled(self, old: Project, changes: ProjectChanges) -> None:
        if changes.enabled is UNSET or old.is_domain:
            return
        if changes.enabled and not all(above.enabled for above in self.ancestors(old)):
            raise errors.Forbidden(f'Cannot enable project {old.id} since it has disabled '
                                   'parents.')
        if not changes.enabled and any(below.enabled for below in self.subtree(old.id)):
            raise errors.Forbidden(f'Cannot disable project {old.id} since its subtree contains '
                                   'enabled projects.')

    @unit_of_work
    def delete_project(self, context: RequestContext, project_id: str) -> None:
        project = self.find_project(project_id)
        base.refuse_immutable_delete('project', project)
        if project.is_domain and project.enabled:
            raise errors.Invalid(f'cannot delete an enabled project acting as a domain. Please '
                                 f'disable the project {project_id} first.')
        if self.projects.has(parent_id=project_id):
            raise errors.Forbidden(f'Cannot delete the project {project_id} since it is not a '
                                   'leaf in the hierarchy. Use the cascade option if you want to '
                                   'delete a whole subtree.')
        self._drop(project_id)

    def _drop(self, project_id: str) -> None:
        self.projects.delete(project_id)
        self.project_deleted(project_id)
        self.end_remembered_tokens()

    def domain_deleted(self, domain_id: str) -> None:
        super().domain_deleted(domain_id)
        for project in reversed(self.subtree(domain_id)):
            self._drop(project.id)
        self._drop(domain_id)

    @unit_of_work
    def set_project_tags(self, context: RequestContext, project_id: str,
                         tags: tuple[str, ...]) -> Project:
        old = self.find_project(project_id)
        base.refuse_immutable_update('project', old)
        return self.projects.update(dataclasses.replace(old, tags=_sorted(tags)))


def _sorted(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(tags)))


def _duplicate(project: Project) -> str:
    owner = None if project.is_domain else project.domain_id
    return base.duplicate('domain' if project.is_domain else 'project', project.name, owner)
