"""How a policy looks."""
from jumpgate.common.view import Field, Link, Nested, Spread, View

POLICY = View(
    Spread('extra'),
    Field('id'), Field('blob'), Field('type'),
    Field('links', Nested(Field('self', Link('v3_policy', policy_id='id')))),
)
