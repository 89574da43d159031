"""What a cloud can do with credentials."""
from __future__ import annotations

import datetime

from jumpgate.common.context import RequestContext
from jumpgate.common.driver import Driver, optional
from jumpgate.common.listing import Page, Query
from jumpgate.identity.models.credentials import Credential, NewCredential
from jumpgate.identity.models.tokens import Principal


class Credentials(Driver):
    """Credentials of users."""

    @optional
    def list_credentials(self, context: RequestContext, query: Query) -> Page[Credential]:
        """Return all credentials."""

    @optional
    def get_credential(self, context: RequestContext, credential_id: str) -> Credential:
        """Return one credential.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def create_credential(self, context: RequestContext, new: NewCredential) -> Credential:
        """Make a credential; that its user and project exist is not asked.

        Raises:
            Conflict: the id is taken.
        """

    @optional
    def update_credential(self, context: RequestContext, credential_id: str,
                          blob: str) -> Credential:
        """Give a credential another blob.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def delete_credential(self, context: RequestContext, credential_id: str) -> None:
        """Delete a credential.

        Raises:
            NotFound: there is none with this id.
        """

    @optional
    def exchange_credential(self, context: RequestContext, credential: Credential,
                            signed_at: datetime.datetime | None) -> Principal:
        """Return who signed with an access key, in its project; the signature is right.

        Raises:
            Unauthorized: the user or project is gone or disabled, the user has no role there, or
                it was signed too long ago.
        """
