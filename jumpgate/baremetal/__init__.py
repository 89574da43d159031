"""Ironic's API: baremetal."""
from jumpgate.baremetal.driver import BaremetalDriver
from jumpgate.baremetal.endpoints import MAP
from jumpgate.common import errors
from jumpgate.common.service import PROJECT_PERSONAS, Service
from jumpgate.common.versions import Negotiation

SERVICE = Service(
    name='baremetal', project='ironic', types=('baremetal',), catalog_path='', port=6385,
    map=MAP, driver=BaremetalDriver,
    negotiation=Negotiation('1.1', '1.115', header_type='baremetal',
                            legacy_header='X-OpenStack-Ironic-API-Version',
                            malformed=errors.NotAcceptable),
    trailing_slash=True,
    personas={
        **PROJECT_PERSONAS,
        'admin-system': 'role:admin and system_scope:all',
    })
