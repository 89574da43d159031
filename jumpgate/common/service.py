"""What a service is: the constants that the machinery needs to serve it."""
from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jumpgate.common.driver import Driver
from jumpgate.common.endpoints import EndpointMap
from jumpgate.common.versions import Negotiation

#: The personas of services whose things belong to projects; `none` asks for no role, only that the
#: thing is in the caller's project. A policy file overrides operations, not these.
PROJECT_PERSONAS: Mapping[str, str] = {
    'none': 'project_id:%(project_id)s or role:admin',
    'reader': '(role:reader and project_id:%(project_id)s) or role:admin',
    'member': '(role:member and project_id:%(project_id)s) or role:admin',
    'manager': '(role:manager and project_id:%(project_id)s) or role:admin',
    'service': 'role:service or role:admin',
    'admin': 'role:admin',
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One OpenStack service as the gateway serves it.

    :param name: our name: ``compute``; also the configuration group and the mount
    :param project: the OpenStack project: ``nova``; names the fault dialect
    :param types: the types it has in a catalog, the main one first
    :param catalog_path: what follows the mount in a catalog URL; ``{project_id}`` may stand in it
    :param port: OpenStack's own port, where each service listens on one of its own
    :param negotiation: how versions are asked for; None where there are none
    :param tenant_in_path: whether a project in the path must be the caller's (400 otherwise)
    :param trailing_slash: whether a path with one reaches the same endpoint
    :param unknown_is_404: whether an unknown id is 404 for everybody; otherwise only for those
        whom policy lets ask about anything
    :param personas: role name → check string, the vocabulary of the operations' `role`
    """

    name: str
    project: str
    types: tuple[str, ...]
    catalog_path: str
    port: int
    map: EndpointMap
    driver: type[Driver]
    negotiation: Negotiation | None = None
    tenant_in_path: bool = False
    trailing_slash: bool = False
    unknown_is_404: bool = False
    personas: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def mount(self) -> str:
        return '/' + self.name
