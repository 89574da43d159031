"""Metering and packet logs."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_log_loggable_resources', '/log/loggable-resources', extension='logging',
                 GET=declared('List loggable resource types', role='manager')),
        Endpoint('v2_log_logs', '/log/logs', extension='logging',
                 GET=declared('List logs', role='manager'),
                 POST=declared('Create log', role='manager', code=201)),
        Endpoint('v2_log_log', '/log/logs/{log_id}', extension='logging',
                 GET=declared('Show log', role='manager'),
                 PUT=declared('Update log', role='manager'),
                 DELETE=declared('Delete log', role='manager', code=204)),
        Endpoint('v2_metering_metering_label_rules', '/metering/metering-label-rules',
                 extension='metering',
                 GET=declared('List metering label rules', role='reader'),
                 POST=declared('Create metering label rule', role='manager', code=201)),
        Endpoint('v2_metering_metering_label_rule',
                 '/metering/metering-label-rules/{metering_label_rule_id}', extension='metering',
                 GET=declared('Show metering label rule', role='reader'),
                 DELETE=declared('Delete metering label rule', role='manager', code=204)),
        Endpoint('v2_metering_metering_labels', '/metering/metering-labels', extension='metering',
                 GET=declared('List metering labels', role='reader'),
                 POST=declared('Create metering label', role='manager', code=201)),
        Endpoint('v2_metering_metering_label', '/metering/metering-labels/{metering_label_id}',
                 extension='metering',
                 GET=declared('Show metering label', role='reader'),
                 DELETE=declared('Delete metering label', role='manager', code=204)),
    )),
)
