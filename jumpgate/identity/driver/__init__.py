"""What a cloud may do about identity: one interface a noun."""
from __future__ import annotations

from jumpgate.identity.driver.assignments import Assignments
from jumpgate.identity.driver.auth import Auth
from jumpgate.identity.driver.domains import Domains
from jumpgate.identity.driver.groups import Groups
from jumpgate.identity.driver.projects import Projects
from jumpgate.identity.driver.roles import Roles
from jumpgate.identity.driver.users import Users


class IdentityDriver(Auth, Domains, Projects, Users, Groups, Roles, Assignments):
    """The whole identity interface."""
