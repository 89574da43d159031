"""What a cloud can do with domains."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.domains import Domain, DomainChanges, NewDomain


class Domains(Driver):
    """Domains."""

    @optional
    def list_domains(self, context: RequestContext, query: Query) -> Page[Domain]:
        """Return all domains."""

    @optional
    def get_domain(self, context: RequestContext, domain_id: str) -> Domain:
        """Return one domain.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_domain(self, context: RequestContext, new: NewDomain) -> Domain:
        """Make a domain.

        Raises:
            Conflict: the name or id is taken.
        """

    @optional
    def update_domain(self, context: RequestContext, domain_id: str,
                      changes: DomainChanges) -> Domain:
        """Change a domain. Disabling one ends its users' tokens.

        Raises:
            NotFound: there is none with this id.
            Conflict: the name is taken.
        """

    @optional
    def delete_domain(self, context: RequestContext, domain_id: str) -> None:
        """Delete a disabled domain and everything that it owns.

        Raises:
            NotFound: there is none with this id.
            Forbidden: it is enabled, or it is the default domain.
        """
