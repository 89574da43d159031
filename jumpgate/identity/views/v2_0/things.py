"""How tenants, users and roles look in v2.0."""
from jumpgate.common.view import Field, View

TENANT = View(Field('id'), Field('name'), Field('description'), Field('enabled'))
USER = View(
    Field('id'), Field('name'), Field('username', 'name'), Field('enabled'),
    Field('email', lambda user: user.extra.get('email')),
    Field('tenantId', 'default_project_id', when='default_project_id'))
ROLE = View(Field('id'), Field('name'), Field('description', when='description'))
