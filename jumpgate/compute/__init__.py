"""Nova's API: compute."""
from jumpgate.common.service import PROJECT_PERSONAS, Service
from jumpgate.common.versions import Negotiation
from jumpgate.compute.driver import ComputeDriver
from jumpgate.compute.endpoints import MAP

SERVICE = Service(
    name='compute', project='nova', types=('compute',), catalog_path='/v2.1', port=8774,
    map=MAP, driver=ComputeDriver,
    negotiation=Negotiation('2.1', '2.104', header_type='compute',
                            legacy_header='X-OpenStack-Nova-API-Version'),
    tenant_in_path=True,
    personas=PROJECT_PERSONAS)
