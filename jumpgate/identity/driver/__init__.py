"""What a cloud may do about identity: one interface a noun."""
from __future__ import annotations

from jumpgate.identity.driver.application_credentials import ApplicationCredentials
from jumpgate.identity.driver.assignments import Assignments
from jumpgate.identity.driver.auth import Auth
from jumpgate.identity.driver.credentials import Credentials
from jumpgate.identity.driver.domain_configs import DomainConfigs
from jumpgate.identity.driver.domains import Domains
from jumpgate.identity.driver.endpoint_groups import EndpointGroups, ProjectEndpoints
from jumpgate.identity.driver.endpoints import Endpoints
from jumpgate.identity.driver.groups import Groups
from jumpgate.identity.driver.limits import Limits
from jumpgate.identity.driver.policies import Policies
from jumpgate.identity.driver.projects import Projects
from jumpgate.identity.driver.regions import Regions
from jumpgate.identity.driver.roles import Roles
from jumpgate.identity.driver.services import Services
from jumpgate.identity.driver.trusts import Trusts
from jumpgate.identity.driver.users import Users


class IdentityDriver(ApplicationCredentials, Credentials, Trusts, Auth, Domains, Projects, Users,
                     Groups, Roles, Assignments, Regions, Services, Endpoints, EndpointGroups,
                     ProjectEndpoints, Policies, Limits, DomainConfigs):
    """The whole identity interface."""
