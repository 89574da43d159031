"""What a cloud can do about the configuration of single domains."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.identity.models.domain_configs import DomainConfig, Groups


class DomainConfigs(Driver):
    """Options of single domains."""

    @optional
    def get_domain_config(self, context: RequestContext, domain_id: str) -> DomainConfig:
        """Return what is configured for a domain; nothing, too, if there is no such domain."""

    @optional
    def create_domain_config(self, context: RequestContext, domain_id: str,
                             groups: Groups) -> bool:
        """Configure a domain so and not otherwise; return whether nothing was before.

        Raises:
            NotFound: there is no such domain.
        """

    @optional
    def update_domain_config(self, context: RequestContext, domain_id: str,
                             groups: Groups) -> DomainConfig:
        """Change these options of a domain.

        Raises:
            NotFound: there is no such domain.
        """

    @optional
    def delete_domain_config(self, context: RequestContext, domain_id: str,
                             group: str | None = None, option: str | None = None) -> None:
        """Forget what is configured for a domain: everything, one group or one option."""
