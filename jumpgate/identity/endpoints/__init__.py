"""Keystone's API as data, a file a family."""
from jumpgate.common.endpoints import EndpointMap
from jumpgate.identity.endpoints import (
    assignments,
    auth,
    catalog,
    credentials,
    domains,
    endpoint_filter,
    federation,
    groups,
    inherit,
    limits,
    oauth,
    projects,
    users,
    v2,
    versions,
)

MAP = EndpointMap(
    *versions.GROUPS,
    *v2.GROUPS,
    *federation.GROUPS,
    *oauth.GROUPS,
    *inherit.GROUPS,
    *endpoint_filter.GROUPS,
    *auth.GROUPS,
    *catalog.GROUPS,
    *assignments.GROUPS,
    *domains.GROUPS,
    *projects.GROUPS,
    *credentials.GROUPS,
    *users.GROUPS,
    *groups.GROUPS,
    *limits.GROUPS,
)
