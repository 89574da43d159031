"""What a cloud can do with application credentials."""
from __future__ import annotations

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.application_credentials import (
    AccessRule,
    ApplicationCredential,
    NewApplicationCredential,
)


class ApplicationCredentials(Driver):
    """Application credentials, and the access rules of users."""

    @optional
    def list_application_credentials(self, context: RequestContext, user_id: str,
                                     query: Query) -> Page[ApplicationCredential]:
        """Return those of a user."""

    @optional
    def get_application_credential(self, context: RequestContext,
                                   credential_id: str) -> ApplicationCredential:
        """Return one, whoever's it is.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_application_credential(self, context: RequestContext,
                                      new: NewApplicationCredential) -> ApplicationCredential:
        """Make one for the caller, on the project of the token.

        Raises:
            Invalid: a role that the token has not, or an end in the past.
            NotFound: no role has this name, no rule of the user this id.
            Conflict: the user has one of this name.
        """

    @optional
    def delete_application_credential(self, context: RequestContext, credential_id: str) -> None:
        """Delete one; its tokens end.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def list_access_rules(self, context: RequestContext, user_id: str,
                          query: Query) -> Page[AccessRule]:
        """Return the rules of a user's application credentials, present and past."""

    @optional
    def get_access_rule(self, context: RequestContext, user_id: str, rule_id: str) -> AccessRule:
        """Return one rule of a user.

        Raises:
            NotFound: the user has none with this id.
        """

    @optional
    def delete_access_rule(self, context: RequestContext, user_id: str, rule_id: str) -> None:
        """Delete a rule that no application credential has.

        Raises:
            NotFound: the user has none with this id.
            Forbidden: it is in use.
        """
