"""How a domain looks."""
from jumpgate.common.view import Each, Field, Link, Nested, Spread, View

DOMAIN = View(
    Spread('extra'),
    Field('id'), Field('name'), Field('description'), Field('enabled'),
    Field('tags', Each('tags')), Field('options'),
    Field('links', Nested(Field('self', Link('v3_domains_with_id', domain_id='id')))),
)
