"""Flavors and their extra specs."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import Actions, declared
from jumpgate.compute.endpoints import roots

# The original named the same resource twice, once per kind of root.
_LIST = declared('List flavors', role='none', name='get_v2_flavors')
_CREATE = declared('Create flavor', role='admin', name='post_v2_flavors')
_DETAIL = declared('List flavors with details', role='reader', name='get_v2_flavors_detail')
_SHOW = declared('Show flavor', role='reader', name='get_v2_flavor')
_UPDATE = declared('Update flavor', role='admin', since='2.55', name='put_v2_flavor')
_DELETE = declared('Delete flavor', role='admin', code=202, name='delete_v2_flavor')

GROUPS = (
    Group(roots=roots.BARE, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_flavors', '/flavors', GET=_LIST, POST=_CREATE),
        Endpoint('v2_flavors_detail', '/flavors/detail', GET=_DETAIL),
        Endpoint('v2_flavor', '/flavors/{flavor_id}', GET=_SHOW, PUT=_UPDATE, DELETE=_DELETE),
    )),
    Group(roots=roots.TENANT, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_tenant_flavors', '/flavors', GET=_LIST, POST=_CREATE),
        Endpoint('v2_tenant_flavors_detail', '/flavors/detail', GET=_DETAIL),
        Endpoint('v2_tenant_flavor', '/flavors/{flavor_id}',
                 GET=_SHOW, PUT=_UPDATE, DELETE=_DELETE),
    )),
    Group(roots=roots.ALL, unversioned=roots.LEGACY, endpoints=(
        Endpoint('v2_flavor_action', '/flavors/{flavor_id}/action',
                 POST=Actions(
                     addTenantAccess=declared('Grant project access to flavor', role='admin'),
                     removeTenantAccess=declared('Revoke project access to flavor', role='admin'))),
        Endpoint('v2_os_extra_specs_flavor', '/flavors/{flavor_id}/os-extra_specs',
                 GET=declared('List flavor extra specs', role='reader'),
                 POST=declared('Create flavor extra spec', role='admin')),
        Endpoint('v2_os_extra_specs_flavor_key', '/flavors/{flavor_id}/os-extra_specs/{key_id}',
                 GET=declared('Show flavor extra spec', role='reader'),
                 PUT=declared('Update flavor extra spec', role='admin'),
                 DELETE=declared('Delete flavor extra spec', role='admin')),
        Endpoint('v2_flavor_os_flavor_access', '/flavors/{flavor_id}/os-flavor-access',
                 GET=declared('List projects allowed on flavor', role='admin')),
    )),
)
