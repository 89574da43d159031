"""Users."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import users

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_users', '/users', head=True,
                 GET=users.index, POST=users.create),
        Endpoint('v3_user', '/users/{user_id}', head=True,
                 GET=users.show, PATCH=users.update, DELETE=users.delete),
        Endpoint('v3_user_groups', '/users/{user_id}/groups', head=True,
                 GET=users.groups),
        Endpoint('v3_user_password', '/users/{user_id}/password',
                 POST=users.change_password),
        Endpoint('v3_user_projects', '/users/{user_id}/projects', head=True,
                 GET=users.projects),
        Endpoint('v3_user_tokens', '/users/{user_id}/tokens',
                 DELETE=users.revoke_tokens),
    )),
)
