"""Neutron's API: network."""
from jumpgate.common.service import PROJECT_PERSONAS, Service
from jumpgate.network.driver import NetworkDriver
from jumpgate.network.endpoints import MAP

SERVICE = Service(
    name='network', project='neutron', types=('network',), catalog_path='', port=9696,
    map=MAP, driver=NetworkDriver,
    trailing_slash=True,
    personas=PROJECT_PERSONAS)
