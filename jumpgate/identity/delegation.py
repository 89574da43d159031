"""What a token must not do that somebody got by delegation: make more out of itself."""
from __future__ import annotations

from jumpgate.common import errors
from jumpgate.common.controller import Call

#: Ways to log in that prove less than the user.
_METHODS = frozenset(('application_credential', 'oauth1', 'ec2credential'))
_ACTION = 'You are not authorized to perform the requested action: {}.'


def is_delegated(call: Call) -> bool:
    """Whether the caller's token was got by delegation other than a trust."""
    return not _METHODS.isdisjoint(call.context.methods)


def refuse_trusts(call: Call) -> None:
    """:raises Forbidden: if the token must not manage trusts"""
    if is_delegated(call):
        raise errors.Forbidden(_ACTION.format('Delegated tokens cannot manage trusts.'))


def refuse_credentials(call: Call) -> None:
    """:raises Forbidden: if the token must not see credentials"""
    if call.context.trust_id is not None or is_delegated(call):
        raise errors.Forbidden(
            _ACTION.format('Delegated tokens cannot access credentials directly'))


def refuse_application_credentials(call: Call, *, managing: bool = False) -> None:
    """:param managing: makes or deletes, for which an application credential must be unrestricted

    :raises Forbidden: if the token must not manage application credentials
    """
    credential_id = call.context.application_credential_id
    if credential_id is None:
        if call.context.trust_id is not None or is_delegated(call):
            raise errors.Forbidden('Cannot manage application credentials with a token issued via '
                                   'delegation.')
    elif managing and not call.driver.get_application_credential(
            call.context, credential_id).unrestricted:
        raise errors.Forbidden(_ACTION.format(
            "Using method 'application_credential' is not allowed for managing additional "
            'application credentials.'))
