"""Tokens and what one may have a token for."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import auth, ec2_credentials, revocations, tokens

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_auth_catalog', '/auth/catalog', head=True,
                 GET=auth.catalog),
        Endpoint('v3_auth_domains', '/auth/domains', head=True,
                 GET=auth.domains),
        Endpoint('v3_auth_projects', '/auth/projects', head=True,
                 GET=auth.projects),
        Endpoint('v3_auth_system', '/auth/system', head=True,
                 GET=auth.system),
        Endpoint('v3_auth_tokens', '/auth/tokens', head=True,
                 GET=tokens.show, POST=tokens.create, DELETE=tokens.delete),
        Endpoint('v3_auth_tokens_os_pki_revoked', '/auth/tokens/OS-PKI/revoked', status='removed',
                 head=True,
                 GET=revocations.pki_list),
        Endpoint('v3_ec2tokens', '/ec2tokens',
                 POST=ec2_credentials.exchange),
        Endpoint('v3_s3tokens', '/s3tokens',
                 POST=ec2_credentials.exchange_s3),
        Endpoint('v3_token', '/tokens/{token_id}', status='seed',
                 GET=tokens.show_by_id,
                 POST=tokens.refresh_by_id,
                 DELETE=tokens.delete_by_id),
        Endpoint('v3_os_revoke_events', '/OS-REVOKE/events', head=True,
                 GET=revocations.events),
        Endpoint('v3_os_simple_cert_ca', '/OS-SIMPLE-CERT/ca', status='removed', head=True,
                 GET=revocations.certificate),
        Endpoint('v3_os_simple_cert_certificates', '/OS-SIMPLE-CERT/certificates', status='removed',
                 head=True,
                 GET=revocations.certificate),
    )),
)
