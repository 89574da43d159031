"""Projects and their tags."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.identity.controllers import project_tags, projects

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_projects', '/projects', head=True,
                 GET=projects.index, POST=projects.create),
        Endpoint('v3_projects_with_id', '/projects/{project_id}', head=True,
                 GET=projects.show, PATCH=projects.update, DELETE=projects.delete),
        Endpoint('v3_project_tags', '/projects/{project_id}/tags', head=True,
                 GET=project_tags.index, PUT=project_tags.replace, DELETE=project_tags.clear),
        Endpoint('v3_project_tag', '/projects/{project_id}/tags/{value}', head=True,
                 GET=project_tags.show, PUT=project_tags.add, DELETE=project_tags.remove),
        Endpoint('v3_project_role', '/projects/{project_id}/{role_id}', status='original',
                 GET=declared('Show role in project', role='admin')),
    )),
)
