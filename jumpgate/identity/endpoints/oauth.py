"""OAuth 1 and 2."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_user_os_oauth1_access_tokens', '/users/{user_id}/OS-OAUTH1/access_tokens',
                 head=True,
                 GET=declared('List user access tokens', role='admin')),
        Endpoint('v3_user_os_oauth1_access_token',
                 '/users/{user_id}/OS-OAUTH1/access_tokens/{access_token_id}', head=True,
                 GET=declared('Show user access token', role='admin'),
                 DELETE=declared('Delete user access token', role='admin', code=204)),
        Endpoint('v3_user_os_oauth1_access_token_roles',
                 '/users/{user_id}/OS-OAUTH1/access_tokens/{access_token_id}/roles', head=True,
                 GET=declared('List access token roles', role='admin')),
        Endpoint('v3_user_os_oauth1_access_token_role',
                 '/users/{user_id}/OS-OAUTH1/access_tokens/{access_token_id}/roles/{role_id}',
                 head=True,
                 GET=declared('Show access token role', role='admin')),
        Endpoint('v3_os_oauth1_access_token', '/OS-OAUTH1/access_token',
                 POST=declared('Create OAuth1 access token', public=True, code=201)),
        Endpoint('v3_os_oauth1_authorize_request_token', '/OS-OAUTH1/authorize/{request_token_id}',
                 PUT=declared('Authorize OAuth1 request token', role='admin')),
        Endpoint('v3_os_oauth1_consumers', '/OS-OAUTH1/consumers', head=True,
                 GET=declared('List consumers', role='admin'),
                 POST=declared('Create consumer', role='admin', code=201)),
        Endpoint('v3_os_oauth1_consumer', '/OS-OAUTH1/consumers/{consumer_id}', head=True,
                 GET=declared('Show consumer', role='admin'),
                 PATCH=declared('Update consumer', role='admin'),
                 DELETE=declared('Delete consumer', role='admin', code=204)),
        Endpoint('v3_os_oauth1_request_token', '/OS-OAUTH1/request_token',
                 POST=declared('Create OAuth1 request token', public=True, code=201)),
        Endpoint('v3_os_oauth2_token', '/OS-OAUTH2/token',
                 POST=declared('Issue OAuth2 access token', public=True)),
    )),
)
