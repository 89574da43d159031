"""Role assignments that projects inherit."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import grants

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_os_inherit_domain_group_roles_inherited_to_projects',
                 '/OS-INHERIT/domains/{domain_id}/groups/{group_id}/roles/inherited_to_projects',
                 head=True,
                 GET=grants.index),
        Endpoint('v3_os_inherit_domain_group_role_inherited_to_projects',
                 '/OS-INHERIT/domains/{domain_id}/groups/{group_id}/roles/{role_id}/inherited_to_projects',
                 head=True,
                 GET=grants.check, PUT=grants.create, DELETE=grants.delete),
        Endpoint('v3_os_inherit_domain_user_roles_inherited_to_projects',
                 '/OS-INHERIT/domains/{domain_id}/users/{user_id}/roles/inherited_to_projects',
                 head=True,
                 GET=grants.index),
        Endpoint('v3_os_inherit_domain_user_role_inherited_to_projects',
                 '/OS-INHERIT/domains/{domain_id}/users/{user_id}/roles/{role_id}/inherited_to_projects',
                 head=True,
                 GET=grants.check, PUT=grants.create, DELETE=grants.delete),
        Endpoint('v3_os_inherit_project_group_role_inherited_to_projects',
                 '/OS-INHERIT/projects/{project_id}/groups/{group_id}/roles/{role_id}/inherited_to_projects',
                 head=True,
                 GET=grants.check, PUT=grants.create, DELETE=grants.delete),
        Endpoint('v3_os_inherit_project_user_role_inherited_to_projects',
                 '/OS-INHERIT/projects/{project_id}/users/{user_id}/roles/{role_id}/inherited_to_projects',
                 head=True,
                 GET=grants.check, PUT=grants.create, DELETE=grants.delete),
    )),
)
