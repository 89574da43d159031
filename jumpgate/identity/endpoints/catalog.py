"""Regions, services and endpoints."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_services', '/services', head=True,
                 GET=declared('List services', role='admin'),
                 POST=declared('Create service', role='admin', code=201)),
        Endpoint('v3_services_with_id', '/services/{service_id}', head=True,
                 GET=declared('Show service', role='admin'),
                 PATCH=declared('Update service', role='admin'),
                 DELETE=declared('Delete service', role='admin', code=204)),
        Endpoint('v3_endpoints', '/endpoints', head=True,
                 GET=declared('List endpoints', role='admin'),
                 POST=declared('Create endpoint', role='admin', code=201)),
        Endpoint('v3_endpoints_with_id', '/endpoints/{endpoint_id}', head=True,
                 GET=declared('Show endpoint', role='admin'),
                 PATCH=declared('Update endpoint', role='admin'),
                 DELETE=declared('Delete endpoint', role='admin', code=204)),
        Endpoint('v3_regions', '/regions', head=True,
                 GET=declared('List regions', role='none'),
                 POST=declared('Create region', role='admin', code=201)),
        Endpoint('v3_region', '/regions/{region_id}', head=True,
                 GET=declared('Show region', role='none'),
                 PUT=declared('Create region with given id', role='admin', code=201),
                 PATCH=declared('Update region', role='admin'),
                 DELETE=declared('Delete region', role='admin', code=204)),
    )),
)
