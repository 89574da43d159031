"""How a service looks."""
from jumpgate.common.view import Field, Link, Nested, Spread, View

SERVICE = View(
    Spread('extra'),
    Field('id'), Field('type'), Field('name'), Field('enabled'),
    Field('description', when='description'),
    Field('links', Nested(Field('self', Link('v3_services_with_id', service_id='id')))),
)
