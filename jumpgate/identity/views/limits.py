"""How limits and registered limits look."""
from jumpgate.common.view import Field, Link, Nested, View

REGISTERED_LIMIT = View(
    Field('id'), Field('service_id'), Field('region_id'), Field('resource_name'),
    Field('default_limit'), Field('description'),
    Field('links', Nested(Field('self', Link('v3_registered_limit', registered_limit_id='id')))),
)
LIMIT = View(
    Field('id'), Field('project_id'), Field('domain_id'), Field('resource_limit'),
    Field('description'), Field('service_id'), Field('region_id'), Field('resource_name'),
    Field('links', Nested(Field('self', Link('v3_limit', limit_id='id')))),
)
