"""How a group looks."""
from jumpgate.common.view import Const, Field, Link, Nested, Spread, View

GROUP = View(
    Spread('extra'),
    Field('id'), Field('name'), Field('domain_id'), Field('description'),
    Field('links', Nested(Field('self', Link('v3_group', group_id='id')))),
)
#: As a group of one user; a membership here has no end.
OF_USER = View(*GROUP.parts, Field('membership_expires_at', Const(None)))
