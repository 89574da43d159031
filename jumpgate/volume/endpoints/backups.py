"""Backups."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import Actions, declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_backups', '/backups',
                 GET=declared('List backups', role='reader'),
                 POST=declared('Create backup', role='member', code=202)),
        Endpoint('v3_backups_detail', '/backups/detail',
                 GET=declared('List backups with details', role='reader')),
        Endpoint('v3_backups_import_record', '/backups/import_record',
                 POST=declared('Import backup record', role='admin', code=201)),
        Endpoint('v3_backup', '/backups/{backup_id}',
                 GET=declared('Show backup', role='reader'),
                 PUT=declared('Update backup', role='member', since='3.9'),
                 DELETE=declared('Delete backup', role='member', code=202)),
        Endpoint('v3_backup_action', '/backups/{backup_id}/action',
                 POST=Actions({
                     'os-force_delete': declared('Force delete', role='admin', code=202),
                     'os-reset_status': declared('Force resource status', role='admin', code=202),
                 })),
        Endpoint('v3_backup_export_record', '/backups/{backup_id}/export_record',
                 GET=declared('Export backup record', role='admin')),
        Endpoint('v3_backup_restore', '/backups/{backup_id}/restore',
                 POST=declared('Restore backup to volume', role='member', code=202)),
    )),
)
