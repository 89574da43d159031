"""Cinder's API: volume."""
from jumpgate.common.service import PROJECT_PERSONAS, Service
from jumpgate.common.versions import Negotiation
from jumpgate.volume.driver import VolumeDriver
from jumpgate.volume.endpoints import MAP

SERVICE = Service(
    name='volume', project='cinder', types=('volumev3', 'block-storage'),
    catalog_path='/v3/{project_id}', port=8776,
    map=MAP, driver=VolumeDriver,
    negotiation=Negotiation('3.0', '3.71', header_type='volume'),
    tenant_in_path=True,
    personas=PROJECT_PERSONAS)
