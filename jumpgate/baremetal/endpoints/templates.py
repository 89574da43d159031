"""Deploy templates, runbooks and inspection rules."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v1',), endpoints=(
        Endpoint('v1_deploy_templates', '/deploy_templates',
                 GET=declared('List deploy templates', role='admin-system', since='1.55'),
                 POST=declared('Create deploy template', role='admin-system', code=201,
                               since='1.55')),
        Endpoint('v1_deploy_template', '/deploy_templates/{deploy_template_id}',
                 GET=declared('Show deploy template', role='admin-system', since='1.55'),
                 PATCH=declared('Update deploy template', role='admin-system', since='1.55'),
                 DELETE=declared('Delete deploy template', role='admin-system', code=204,
                                 since='1.55')),
        Endpoint('v1_runbooks', '/runbooks',
                 GET=declared('List runbooks', role='reader', since='1.92'),
                 POST=declared('Create runbook', role='manager', code=201, since='1.92')),
        Endpoint('v1_runbook', '/runbooks/{runbook_id}',
                 GET=declared('Show runbook', role='reader', since='1.92'),
                 PATCH=declared('Update runbook', role='manager', since='1.92'),
                 DELETE=declared('Delete runbook', role='manager', code=204, since='1.92')),
        Endpoint('v1_inspection_rules', '/inspection_rules',
                 GET=declared('List inspection rules', role='admin-system', since='1.96'),
                 POST=declared('Create inspection rule', role='admin-system', code=201,
                               since='1.96'),
                 DELETE=declared('Delete all inspection rules', role='admin-system', code=204,
                                 since='1.96')),
        Endpoint('v1_inspection_rule', '/inspection_rules/{rule_id}',
                 GET=declared('Show inspection rule', role='admin-system', since='1.96'),
                 PATCH=declared('Update inspection rule', role='admin-system', since='1.96'),
                 DELETE=declared('Delete inspection rule', role='admin-system', code=204,
                                 since='1.96')),
    )),
)
