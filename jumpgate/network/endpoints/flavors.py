"""Flavors and the providers of services."""
from jumpgate.common.endpoints import Endpoint, Group
from jumpgate.common.operation import declared

GROUPS = (
    Group(roots=('/v2.0',), endpoints=(
        Endpoint('v2_flavors', '/flavors', extension='flavors',
                 GET=declared('List flavors', role='reader'),
                 POST=declared('Create flavor', role='admin', code=201)),
        Endpoint('v2_flavor', '/flavors/{flavor_id}', extension='flavors',
                 GET=declared('Show flavor', role='reader'),
                 PUT=declared('Update flavor', role='admin'),
                 DELETE=declared('Delete flavor', role='admin', code=204)),
        Endpoint('v2_flavor_service_profiles', '/flavors/{flavor_id}/service_profiles',
                 extension='flavors',
                 POST=declared('Link service profile to flavor', role='admin', code=201)),
        Endpoint('v2_flavor_service_profile', '/flavors/{flavor_id}/service_profiles/{profile_id}',
                 extension='flavors',
                 DELETE=declared('Unlink service profile from flavor', role='admin', code=204)),
        Endpoint('v2_service_providers', '/service-providers', extension='service-type',
                 GET=declared('List service providers', role='reader')),
        Endpoint('v2_service_profiles', '/service_profiles', extension='flavors',
                 GET=declared('List service profiles', role='admin'),
                 POST=declared('Create service profile', role='admin', code=201)),
        Endpoint('v2_service_profile', '/service_profiles/{profile_id}', extension='flavors',
                 GET=declared('Show service profile', role='admin'),
                 PUT=declared('Update service profile', role='admin'),
                 DELETE=declared('Delete service profile', role='admin', code=204)),
    )),
)
