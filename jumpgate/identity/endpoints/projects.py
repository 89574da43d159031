"""Projects and their tags."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_projects', '/projects', head=True,
                 GET=declared('List projects', role='admin'),
                 POST=declared('Create project', role='admin', code=201)),
        Endpoint('v3_projects_with_id', '/projects/{project_id}', head=True,
                 GET=declared('Show project', role='project'),
                 PATCH=declared('Update project', role='admin'),
                 DELETE=declared('Delete project', role='admin', code=204)),
        Endpoint('v3_project_tags', '/projects/{project_id}/tags', head=True,
                 GET=declared('List project tags', role='project'),
                 PUT=declared('Replace project tags', role='admin'),
                 DELETE=declared('Remove all project tags', role='admin', code=204)),
        Endpoint('v3_project_tag', '/projects/{project_id}/tags/{value}', head=True,
                 GET=declared('Check project has tag', role='project', code=204),
                 PUT=declared('Add tag to project', role='admin', code=201),
                 DELETE=declared('Remove tag from project', role='admin', code=204)),
        Endpoint('v3_project_role', '/projects/{project_id}/{role_id}', status='original',
                 GET=declared('Show role in project', role='admin')),
    )),
)
