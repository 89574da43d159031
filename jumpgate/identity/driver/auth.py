"""Logging in, and whether a token still counts."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.identity.models.domains import Domain
from jumpgate.identity.models.projects import Project
from jumpgate.identity.models.tokens import Claim, Login, Principal


class Auth(Driver):
    """What every identity driver has: who is it, and are they still."""

    @optional
    def authenticate(self, context: RequestContext, login: Login) -> Principal:
        """Check what somebody shows, and return who they are in the scope they ask for.

        Raises:
            Unauthorized: anything about it is wrong; say nothing that tells which.
            Forbidden: a token may not be exchanged for that scope.
            NotFound: an application credential or trust does not exist.
        """

    @optional
    def check(self, claim: Claim) -> Principal:
        """Return what is now true of somebody who has a token; called for every token that a
        worker has not seen since anything changed.

        Raises:
            Unauthorized: the user, scope or last role is gone or disabled.
            CloudUnavailable: it could not be found out.
        """

    @optional
    def list_auth_projects(self, context: RequestContext) -> list[Project]:
        """Return the projects that the caller could scope a token to."""

    @optional
    def list_auth_domains(self, context: RequestContext) -> list[Domain]:
        """Return the domains that the caller could scope a token to."""

    @optional
    def has_auth_system(self, context: RequestContext) -> bool:
        """Return whether the caller could scope a token to the system."""
