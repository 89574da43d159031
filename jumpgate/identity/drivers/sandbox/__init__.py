"""The embedded identity service: complete, kept in a SQL database."""
from __future__ import annotations

from typing import TYPE_CHECKING

from oslo_config import cfg

from jumpgate.identity.driver import IdentityDriver
from jumpgate.identity.drivers.sandbox import bootstrap
from jumpgate.identity.drivers.sandbox.assignments import Assignments
from jumpgate.identity.drivers.sandbox.auth import Auth
from jumpgate.identity.drivers.sandbox.credentials import Credentials
from jumpgate.identity.drivers.sandbox.domain_configs import DomainConfigs
from jumpgate.identity.drivers.sandbox.domains import Domains
from jumpgate.identity.drivers.sandbox.endpoint_groups import EndpointGroups, ProjectEndpoints
from jumpgate.identity.drivers.sandbox.endpoints import Endpoints
from jumpgate.identity.drivers.sandbox.groups import Groups
from jumpgate.identity.drivers.sandbox.limits import Limits
from jumpgate.identity.drivers.sandbox.policies import Policies
from jumpgate.identity.drivers.sandbox.projects import Projects
from jumpgate.identity.drivers.sandbox.roles import Roles
from jumpgate.identity.drivers.sandbox.users import Users
from jumpgate.identity.keys import KeyRepository
from jumpgate.store import schema

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate
    from jumpgate.common.dispatcher import Dispatcher


class SandboxIdentity(Auth, Credentials, Assignments, Groups, Users, Domains, Projects, Roles,
                      EndpointGroups, ProjectEndpoints, Policies, Limits, DomainConfigs, Endpoints,
                      IdentityDriver):
    """Every noun on SQL."""


def setup_routes(app: Jumpgate, disp: Dispatcher) -> None:
    """:raises schema.OutdatedSchema: if `prepare` was not run for this release"""
    cloud = SandboxIdentity(app.config)
    schema.require_current(cloud.store)
    disp.set_driver(cloud)


def prepare(conf: cfg.ConfigOpts) -> None:
    """The token keys, and what the database begins with."""
    KeyRepository.of(conf).setup()
    bootstrap.bootstrap(SandboxIdentity(conf))
