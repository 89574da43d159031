"""Regions, services and endpoints."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.identity.controllers import endpoints, regions, services

GROUPS = (
    Group(roots=('/v3',), endpoints=(
        Endpoint('v3_services', '/services', head=True,
                 GET=services.index, POST=services.create),
        Endpoint('v3_services_with_id', '/services/{service_id}', head=True,
                 GET=services.show, PATCH=services.update, DELETE=services.delete),
        Endpoint('v3_endpoints', '/endpoints', head=True,
                 GET=endpoints.index, POST=endpoints.create),
        Endpoint('v3_endpoints_with_id', '/endpoints/{endpoint_id}', head=True,
                 GET=endpoints.show, PATCH=endpoints.update, DELETE=endpoints.delete),
        Endpoint('v3_regions', '/regions', head=True,
                 GET=regions.index, POST=regions.create),
        Endpoint('v3_region', '/regions/{region_id}', head=True,
                 GET=regions.show, PUT=regions.create, PATCH=regions.update,
                 DELETE=regions.delete),
    )),
)
