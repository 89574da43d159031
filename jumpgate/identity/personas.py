"""The default policy of identity: who may do what, in check strings of oslo.policy.

The names of the rules and of the targets are those of Keystone's own, so that a policy file written
for it means the same here. Keystone's administrator is one in any scope.
"""
from __future__ import annotations

ADMIN = 'role:admin'
SYSTEM_READER = '(role:reader and system_scope:all)'
OWNER = 'user_id:%(user_id)s'
SERVICE = 'role:service'
#: Who has a token.
ANYBODY = '@'

ADMIN_OR_SYSTEM_READER = f'{ADMIN} or {SYSTEM_READER}'
ADMIN_OR_OWNER = f'{ADMIN} or {OWNER}'
ADMIN_OR_SYSTEM_READER_OR_OWNER = f'{ADMIN_OR_SYSTEM_READER} or {OWNER}'
SERVICE_OR_ADMIN = f'{ADMIN} or {SERVICE}'

_CREDENTIAL_OWNER = 'user_id:%(target.credential.user_id)s'
READ_CREDENTIAL = f'{ADMIN_OR_SYSTEM_READER} or {_CREDENTIAL_OWNER}'
WRITE_CREDENTIAL = f'{ADMIN} or {_CREDENTIAL_OWNER}'

_SUBJECT = 'user_id:%(target.token.user_id)s'
VALIDATE_TOKEN = f'{ADMIN_OR_SYSTEM_READER} or {SERVICE} or {_SUBJECT}'
REVOKE_TOKEN = f'{ADMIN} or {_SUBJECT}'


def in_domain(role: str, *nouns: str) -> str:
    """Who has `role` on the domain that all of the nouns belong to."""
    owned = ' and '.join(f'domain_id:%(target.{noun})s' for noun in nouns)
    return f'(role:{role} and {owned})'


def _not_of_a_domain(check: str, noun: str) -> str:
    """What acts as a domain itself belongs to none: nobody manages that from inside one."""
    return f'({check} and not None:%(target.{noun})s)'


LIST_IN_DOMAIN = f'{ADMIN_OR_SYSTEM_READER} or (role:reader and domain_id:%(target.domain_id)s)'

GET_DOMAIN = (f'{ADMIN_OR_SYSTEM_READER} or domain_id:%(target.domain.id)s '
              'or project_domain_id:%(target.domain.id)s')
LIST_DOMAINS = f'{ADMIN_OR_SYSTEM_READER} or {in_domain("reader", "domain.id")}'

_PROJECT_READER = _not_of_a_domain(in_domain('reader', 'project.domain_id'), 'project.domain_id')
_PROJECT_MANAGER = _not_of_a_domain(in_domain('manager', 'project.domain_id'), 'project.domain_id')
GET_PROJECT = (f'{ADMIN_OR_SYSTEM_READER} or {_PROJECT_READER} '
               'or project_id:%(target.project.id)s')
MANAGE_PROJECT = f'{ADMIN} or {_PROJECT_MANAGER}'
LIST_USER_PROJECTS = (f'{ADMIN_OR_SYSTEM_READER} or {in_domain("reader", "user.domain_id")} '
                      f'or {OWNER}')

GET_USER = LIST_USER_PROJECTS
MANAGE_USER = f'{ADMIN} or {in_domain("manager", "user.domain_id")}'

GET_GROUP = f'{ADMIN_OR_SYSTEM_READER} or {in_domain("reader", "group.domain_id")}'
MANAGE_GROUP = f'{ADMIN} or {in_domain("manager", "group.domain_id")}'
LIST_USER_GROUPS = f'{ADMIN_OR_SYSTEM_READER} or {in_domain("reader", "user.domain_id")} or {OWNER}'
_BOTH = ('group.domain_id', 'user.domain_id')
CHECK_MEMBER = f'{ADMIN_OR_SYSTEM_READER} or {in_domain("reader", *_BOTH)}'
MANAGE_MEMBER = f'{ADMIN} or {in_domain("manager", *_BOTH)}'

_MANAGED_ROLES = ('(' + ' or '.join(f"'{name}':%(target.role.name)s"
                                    for name in ('manager', 'member', 'reader')) + ')')
GET_ROLE = f'{ADMIN_OR_SYSTEM_READER} or (role:manager and {_MANAGED_ROLES})'
LIST_ROLES = f'{ADMIN_OR_SYSTEM_READER} or (role:manager and not domain_id:None)'


def _grants_of(role: str) -> str:
    """Who has `role` on the domain of both ends of a grant."""
    return '(' + ' or '.join(
        in_domain(role, f'{actor}.domain_id', target)
        for actor in ('user', 'group') for target in ('project.domain_id', 'domain.id')) + ')'


_OWN_ROLE = '(domain_id:%(target.role.domain_id)s or None:%(target.role.domain_id)s)'
LIST_GRANTS = f'{ADMIN_OR_SYSTEM_READER} or {_grants_of("reader")}'
CHECK_GRANT = f'{ADMIN_OR_SYSTEM_READER} or ({_grants_of("reader")} and {_OWN_ROLE})'
MANAGE_GRANT = (f'{ADMIN} or ({_grants_of("admin")} and {_OWN_ROLE}) '
                f'or ({_grants_of("manager")} and {_MANAGED_ROLES})')
LIST_ASSIGNMENTS = (f'{ADMIN_OR_SYSTEM_READER} or (role:reader and '
                    'domain_id:%(target.domain_id)s and not None:%(target.domain_id)s)')
