"""How a project looks."""
from jumpgate.common.view import Each, Field, Link, Nested, Spread, View

PROJECT = View(
    Spread('extra'),
    Field('id'), Field('name'), Field('domain_id'), Field('description'), Field('enabled'),
    Field('parent_id'), Field('is_domain'), Field('tags', Each('tags')), Field('options'),
    Field('links', Nested(Field('self', Link('v3_projects_with_id', project_id='id')))),
)
