"""What a cloud can do with policies."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.endpoints import Endpoint
from jumpgate.identity.models.policies import NewPolicy, Policy, PolicyChanges, PolicyTarget


class Policies(Driver):
    """Policies, and what they are bound to.

    Everything that is given an id raises NotFound if nothing has it.
    """

    @optional
    def list_policies(self, context: RequestContext, query: Query) -> Page[Policy]:
        """Return all policies."""

    @optional
    def get_policy(self, context: RequestContext, policy_id: str) -> Policy:
        """Return one policy."""

    @optional
    def create_policy(self, context: RequestContext, new: NewPolicy) -> Policy:
        """Make a policy."""

    @optional
    def update_policy(self, context: RequestContext, policy_id: str,
                      changes: PolicyChanges) -> Policy:
        """Change a policy."""

    @optional
    def delete_policy(self, context: RequestContext, policy_id: str) -> None:
        """Delete a policy; it is bound to nothing any more."""

    @optional
    def bind_policy(self, context: RequestContext, policy_id: str, target: PolicyTarget) -> None:
        """Bind a policy to something, in the place of another that may be bound to it."""

    @optional
    def check_policy(self, context: RequestContext, policy_id: str, target: PolicyTarget) -> None:
        """Return if a policy is bound to just this.

        Raises:
            NotFound: it is not.
        """

    @optional
    def unbind_policy(self, context: RequestContext, policy_id: str,
                      target: PolicyTarget) -> None:
        """Bind a policy to something no more; if it was not, nothing happens."""

    @optional
    def list_endpoints_for_policy(self, context: RequestContext,
                                  policy_id: str) -> list[Endpoint]:
        """Return the endpoints of everything that a policy is bound to."""

    @optional
    def get_policy_for_endpoint(self, context: RequestContext, endpoint_id: str) -> Policy:
        """Return the policy of an endpoint: its own, else that of its service in its region or
        one above, else that of its service.

        Raises:
            NotFound: there is none.
        """
