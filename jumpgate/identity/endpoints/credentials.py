"""Credentials, application credentials, access rules and trusts."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import (
    access_rules,
    application_credentials,
    credentials,
    ec2_credentials,
    trusts,
)

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_user_access_rules', '/users/{user_id}/access_rules', head=True,
                 GET=access_rules.index),
        Endpoint('v3_user_access_rule', '/users/{user_id}/access_rules/{access_rule_id}', head=True,
                 GET=access_rules.show, DELETE=access_rules.delete),
        Endpoint('v3_user_application_credentials', '/users/{user_id}/application_credentials',
                 head=True,
                 GET=application_credentials.index, POST=application_credentials.create),
        Endpoint('v3_user_application_credential',
                 '/users/{user_id}/application_credentials/{application_credential_id}', head=True,
                 GET=application_credentials.show, DELETE=application_credentials.delete),
        Endpoint('v3_user_credentials_os_ec2', '/users/{user_id}/credentials/OS-EC2', head=True,
                 GET=ec2_credentials.index, POST=ec2_credentials.create),
        Endpoint('v3_user_credential_os_ec2', '/users/{user_id}/credentials/OS-EC2/{credential_id}',
                 head=True,
                 GET=ec2_credentials.show, DELETE=ec2_credentials.delete),
        Endpoint('v3_credentails', '/credentials', aliases={'v3_credentials': '/credentials'},
                 head=True,
                 GET=credentials.index, POST=credentials.create),
        Endpoint('v3_credentail', '/credentials/{credential_id}',
                 aliases={'v3_credential': '/credentials/{credential_id}'}, head=True,
                 GET=credentials.show, PATCH=credentials.update, DELETE=credentials.delete),
        Endpoint('v3_os_trust_trusts', '/OS-TRUST/trusts', head=True,
                 GET=trusts.index, POST=trusts.create),
        Endpoint('v3_os_trust_trust', '/OS-TRUST/trusts/{trust_id}', head=True,
                 GET=trusts.show, DELETE=trusts.delete),
    )),
)
