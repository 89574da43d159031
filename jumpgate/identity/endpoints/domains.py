"""Domains and their configuration."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.identity.controllers import domains

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_domains', '/domains', head=True,
                 GET=domains.index, POST=domains.create),
        Endpoint('v3_domains_config_default', '/domains/config/default', head=True,
                 GET=declared('Show default domain config', role='admin')),
        Endpoint('v3_domains_config_group_default', '/domains/config/{group}/default', head=True,
                 GET=declared('Show default config group', role='admin')),
        Endpoint('v3_domains_config_group_option_default',
                 '/domains/config/{group}/{option}/default', head=True,
                 GET=declared('Show default config option', role='admin')),
        Endpoint('v3_domains_with_id', '/domains/{domain_id}', head=True,
                 GET=domains.show, PATCH=domains.update, DELETE=domains.delete),
        Endpoint('v3_domain_config', '/domains/{domain_id}/config', head=True,
                 GET=declared('Show domain config', role='admin'),
                 PUT=declared('Create domain config', role='admin', code=201),
                 PATCH=declared('Update domain config', role='admin'),
                 DELETE=declared('Delete domain config', role='admin', code=204)),
        Endpoint('v3_domain_config_group', '/domains/{domain_id}/config/{group}', head=True,
                 GET=declared('Show domain config group', role='admin'),
                 PATCH=declared('Update domain config group', role='admin'),
                 DELETE=declared('Delete domain config group', role='admin', code=204)),
        Endpoint('v3_domain_config_group_option', '/domains/{domain_id}/config/{group}/{option}',
                 head=True,
                 GET=declared('Show domain config option', role='admin'),
                 PATCH=declared('Update domain config option', role='admin'),
                 DELETE=declared('Delete domain config option', role='admin', code=204)),
    )),
)
