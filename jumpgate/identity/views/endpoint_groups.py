"""How an endpoint group looks."""
from jumpgate.common.view import Field, Link, Nested, View

ENDPOINT_GROUP = View(
    Field('id'), Field('name'), Field('description'), Field('filters'),
    Field('links', Nested(Field('self', Link(
        'v3_os_ep_filter_endpoint_group', endpoint_group_id='id')))),
)
