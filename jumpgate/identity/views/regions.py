"""How a region looks."""
from jumpgate.common.view import Field, Link, Nested, Spread, View

REGION = View(
    Spread('extra'),
    Field('id'), Field('description'), Field('parent_region_id'),
    Field('links', Nested(Field('self', Link('v3_region', region_id='id')))),
)
