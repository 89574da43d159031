"""How an endpoint looks."""
from jumpgate.common.view import Field, Link, Nested, Spread, View

ENDPOINT = View(
    Spread('extra'),
    Field('id'), Field('interface'), Field('region_id'), Field('service_id'), Field('url'),
    Field('enabled'), Field('region', 'region_id'),
    Field('links', Nested(Field('self', Link('v3_endpoints_with_id', endpoint_id='id')))),
)
