"""Groups."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import group_users, groups

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_groups', '/groups', head=True,
                 GET=groups.index, POST=groups.create),
        Endpoint('v3_group', '/groups/{group_id}', head=True,
                 GET=groups.show, PATCH=groups.update, DELETE=groups.delete),
        Endpoint('v3_group_users', '/groups/{group_id}/users', head=True,
                 GET=group_users.index),
        Endpoint('v3_group_user', '/groups/{group_id}/users/{user_id}', head=True,
                 GET=group_users.check, PUT=group_users.add, DELETE=group_users.remove),
    )),
)
