"""How a group looks."""
from jumpgate.common.view import Field, Link, Nested, Spread, View

GROUP = View(
    Spread('extra'),
    Field('id'), Field('name'), Field('domain_id'), Field('description'),
    Field('links', Nested(Field('self', Link('v3_group', group_id='id')))),
)
