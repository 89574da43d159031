"""Ironic's API as data, a file a family."""
from jumpgate.baremetal.endpoints import (
    agent,
    allocations,
    chassis,
    drivers,
    nodes,
    original,
    ports,
    templates,
    versions,
    volume,
)
from jumpgate.common.endpoints import EndpointMap

MAP = EndpointMap(
    *versions.GROUPS,
    *agent.GROUPS,
    *drivers.GROUPS,
    *ports.GROUPS,
    *volume.GROUPS,
    *templates.GROUPS,
    *allocations.GROUPS,
    *chassis.GROUPS,
    *nodes.GROUPS,
    *original.GROUPS,
)
