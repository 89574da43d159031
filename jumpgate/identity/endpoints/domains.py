"""Domains and their configuration."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import domain_configs, domains

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_domains', '/domains', head=True,
                 GET=domains.index, POST=domains.create),
        Endpoint('v3_domains_config_default', '/domains/config/default', head=True,
                 GET=domain_configs.default),
        Endpoint('v3_domains_config_group_default', '/domains/config/{group}/default', head=True,
                 GET=domain_configs.default),
        Endpoint('v3_domains_config_group_option_default',
                 '/domains/config/{group}/{option}/default', head=True,
                 GET=domain_configs.default),
        Endpoint('v3_domains_with_id', '/domains/{domain_id}', head=True,
                 GET=domains.show, PATCH=domains.update, DELETE=domains.delete),
        Endpoint('v3_domain_config', '/domains/{domain_id}/config', head=True,
                 GET=domain_configs.show, PUT=domain_configs.create, PATCH=domain_configs.update,
                 DELETE=domain_configs.delete),
        Endpoint('v3_domain_config_group', '/domains/{domain_id}/config/{group}', head=True,
                 GET=domain_configs.show, PATCH=domain_configs.update,
                 DELETE=domain_configs.delete),
        Endpoint('v3_domain_config_group_option', '/domains/{domain_id}/config/{group}/{option}',
                 head=True,
                 GET=domain_configs.show, PATCH=domain_configs.update,
                 DELETE=domain_configs.delete),
    )),
)
