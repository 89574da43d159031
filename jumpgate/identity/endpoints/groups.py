"""Groups."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_groups', '/groups', head=True,
                 GET=declared('List groups', role='admin'),
                 POST=declared('Create group', role='admin', code=201)),
        Endpoint('v3_group', '/groups/{group_id}', head=True,
                 GET=declared('Show group', role='admin'),
                 PATCH=declared('Update group', role='admin'),
                 DELETE=declared('Delete group', role='admin', code=204)),
        Endpoint('v3_group_users', '/groups/{group_id}/users', head=True,
                 GET=declared('List users in group', role='admin')),
        Endpoint('v3_group_user', '/groups/{group_id}/users/{user_id}', head=True,
                 GET=declared('Check user is in group', role='admin', code=204),
                 PUT=declared('Add user to group', role='admin', code=204),
                 DELETE=declared('Remove user from group', role='admin', code=204)),
    )),
)
