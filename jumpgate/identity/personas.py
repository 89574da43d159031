"""The default policy of identity: who may do what, in check strings of oslo.policy.

The names and the targets are those of Keystone's own rules, so that a policy file written for it
means the same here.
"""
from __future__ import annotations

ADMIN = 'role:admin'
SYSTEM_READER = '(role:reader and system_scope:all)'
OWNER = 'user_id:%(user_id)s'
SERVICE = 'role:service'
ANYBODY = ''

ADMIN_OR_SYSTEM_READER = f'{ADMIN} or {SYSTEM_READER}'
ADMIN_OR_OWNER = f'{ADMIN} or {OWNER}'
ADMIN_OR_SYSTEM_READER_OR_OWNER = f'{ADMIN_OR_SYSTEM_READER} or {OWNER}'
SERVICE_OR_ADMIN = f'{SERVICE} or {ADMIN}'

SUBJECT = 'user_id:%(target.token.user_id)s'
VALIDATE_TOKEN = f'{ADMIN_OR_SYSTEM_READER} or {SERVICE} or {SUBJECT}'
REVOKE_TOKEN = f'{ADMIN} or {SUBJECT}'
