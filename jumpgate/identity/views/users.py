"""How a user looks."""
from jumpgate.common.view import Field, Link, Nested, Spread, Time, View

USER = View(
    Spread('extra'),
    Field('id'), Field('name'), Field('domain_id'), Field('enabled'),
    Field('description', when='description'),
    Field('default_project_id', when='default_project_id'),
    Field('options'), Field('password_expires_at', Time('keystone', 'password_expires_at')),
    Field('links', Nested(Field('self', Link('v3_user', user_id='id')))),
)
