"""What a cloud can do with trusts."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.trusts import NewTrust, Trust


class Trusts(Driver):
    """Trusts."""

    @optional
    def list_trusts(self, context: RequestContext, query: Query) -> Page[Trust]:
        """Return all trusts that were not deleted; those that have run out are among them."""

    @optional
    def get_trust(self, context: RequestContext, trust_id: str) -> Trust:
        """Return one trust that can be used.

        Raises:
            NotFound: there is none with this id, or it has run out.
            Forbidden: somebody it was passed on by is disabled.
        """

    @optional
    def create_trust(self, context: RequestContext, new: NewTrust) -> Trust:
        """Make a trust; with a token of a trust, pass that on.

        Raises:
            Invalid: an end in the past; uses are counted and it may be passed on.
            NotFound: the trustee, project or role does not exist, or the trustor has not the role.
            Forbidden: what is passed on may not be, or would become more.
        """

    @optional
    def delete_trust(self, context: RequestContext, trust_id: str) -> None:
        """Delete a trust and those that it was passed on as; their tokens end.

        Raises:
            NotFound: there is none with this id.
        """
