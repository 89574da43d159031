"""Services, hosts and zones."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared
from jumpgate.volume.endpoints import roots

GROUPS = (
    Group(roots=roots.V3, endpoints=(
        Endpoint('v3_os_availability_zone', '/os-availability-zone',
                 GET=declared('List availability zones', role='none')),
        Endpoint('v3_os_hosts', '/os-hosts', GET=declared('List hosts', role='admin')),
        Endpoint('v3_os_host', '/os-hosts/{host_name}',
                 GET=declared('Show host', role='admin'),
                 PUT=declared('Update host', role='admin')),
        Endpoint('v3_os_services', '/os-services', GET=declared('List services', role='admin')),
        Endpoint('v3_os_services_disable', '/os-services/disable',
                 PUT=declared('Disable a service', role='admin')),
        Endpoint('v3_os_services_disable_log_reason', '/os-services/disable-log-reason',
                 PUT=declared('Disable service with reason', role='admin')),
        Endpoint('v3_os_services_enable', '/os-services/enable',
                 PUT=declared('Enable a service', role='admin')),
        Endpoint('v3_os_services_failover_host', '/os-services/failover_host',
                 PUT=declared('Fail over a replicated backend', role='admin', code=202)),
        Endpoint('v3_os_services_freeze', '/os-services/freeze',
                 PUT=declared('Freeze a backend host', role='admin')),
        Endpoint('v3_os_services_get_log', '/os-services/get-log',
                 PUT=declared('Show log levels of services', role='admin', since='3.32')),
        Endpoint('v3_os_services_set_log', '/os-services/set-log',
                 PUT=declared('Set log levels of services', role='admin', code=202, since='3.32')),
        Endpoint('v3_os_services_thaw', '/os-services/thaw',
                 PUT=declared('Thaw a backend host', role='admin')),
    )),
)
