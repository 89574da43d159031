"""How application credentials and access rules look."""
from jumpgate.common.view import Const, Each, Field, Link, Nested, Time, View

_RULE = (Field('id'), Field('service'), Field('path'), Field('method'))
_ROLE = (Field('id'), Field('name'), Field('domain_id'), Field('description'), Field('options'))

APPLICATION_CREDENTIAL = View(
    Field('id'), Field('name'), Field('description'), Field('user_id'), Field('project_id'),
    Field('system', Const(None)), Field('expires_at', Time('cinder', 'expires_at')),
    Field('unrestricted'), Field('roles', Each('roles', *_ROLE)),
    Field('access_rules', Each('access_rules', *_RULE), when='access_rules'),
    Field('links', Nested(Field('self', Link(
        'v3_user_application_credential', user_id='user_id', application_credential_id='id')))),
)
