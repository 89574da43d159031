"""Users."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_users', '/users', head=True,
                 GET=declared('List users', role='admin'),
                 POST=declared('Create user', role='admin', code=201)),
        Endpoint('v3_user', '/users/{user_id}', head=True,
                 GET=declared('Show user', role='owner'),
                 PATCH=declared('Update user', role='admin'),
                 DELETE=declared('Delete user', role='admin', code=204)),
        Endpoint('v3_user_groups', '/users/{user_id}/groups', head=True,
                 GET=declared('List groups of user', role='owner')),
        Endpoint('v3_user_password', '/users/{user_id}/password',
                 POST=declared('Change own password', public=True, code=204)),
        Endpoint('v3_user_projects', '/users/{user_id}/projects', head=True,
                 GET=declared('List projects of user', role='owner')),
        Endpoint('v3_user_tokens', '/users/{user_id}/tokens',
                 DELETE=declared('Revoke all tokens of user', role='owner', code=204)),
    )),
)
