"""Which options a domain may have of its own, and what they are for everybody else."""
from __future__ import annotations

from collections.abc import Mapping

#: Group → option → default, as Keystone has them.
DEFAULTS: Mapping[str, Mapping[str, object]] = {
    'identity': {'driver': 'sql', 'list_limit': None},
    'ldap': {
        'url': 'ldap://localhost', 'user': None, 'suffix': 'cn=example,cn=com',
        'query_scope': 'one', 'page_size': 0, 'alias_dereferencing': 'default',
        'debug_level': None, 'chase_referrals': None,
        'user_tree_dn': None, 'user_filter': None, 'user_objectclass': 'inetOrgPerson',
        'user_id_attribute': 'cn', 'user_name_attribute': 'sn', 'user_mail_attribute': 'mail',
        'user_description_attribute': 'description', 'user_pass_attribute': 'userPassword',
        'user_enabled_attribute': 'enabled', 'user_enabled_invert': False,
        'user_enabled_mask': 0, 'user_enabled_default': 'True',
        'user_attribute_ignore': ['default_project_id'],
        'user_default_project_id_attribute': None, 'user_enabled_emulation': False,
        'user_enabled_emulation_dn': None, 'user_enabled_emulation_use_group_config': False,
        'user_additional_attribute_mapping': [],
        'group_tree_dn': None, 'group_filter': None, 'group_objectclass': 'groupOfNames',
        'group_id_attribute': 'cn', 'group_name_attribute': 'ou',
        'group_members_are_ids': False, 'group_member_attribute': 'member',
        'group_desc_attribute': 'description', 'group_attribute_ignore': [],
        'group_additional_attribute_mapping': [],
        'tls_cacertfile': None, 'tls_cacertdir': None, 'use_tls': False,
        'tls_req_cert': 'demand', 'use_pool': True, 'pool_size': 10, 'pool_retry_max': 3,
        'pool_retry_delay': 0.1, 'pool_connection_timeout': -1,
        'pool_connection_lifetime': 600, 'use_auth_pool': True, 'auth_pool_size': 100,
        'auth_pool_connection_lifetime': 60,
    },
}
#: Options that may be set and are never shown.
SECRET: Mapping[str, frozenset[str]] = {'ldap': frozenset(('password',))}
#: The group of which everybody may read what a password must be like.
COMPLIANCE = 'security_compliance'
COMPLIANCE_OPTIONS = ('password_regex', 'password_regex_description')


def is_known(group: str, option: str) -> bool:
    """Whether a domain may have the option of its own."""
    return option in DEFAULTS[group] or option in SECRET.get(group, ())


def shown(groups: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """Options without those that are secret, and without groups that are empty then."""
    found = {group: {name: value for name, value in options.items()
                     if name not in SECRET.get(group, ())} for group, options in groups.items()}
    return {group: options for group, options in found.items() if options}
