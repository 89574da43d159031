"""Access keys: what is in the blob of an ``ec2`` credential."""
from __future__ import annotations

import hashlib
import json
from typing import Any

from jumpgate.common import errors

#: What says by whose right a key was made; it stays as it was.
_BOUND = ('trust_id', 'app_cred_id', 'access_token_id', 'access_id')


def parse(blob: str) -> dict[str, Any]:
    """The parts of a key.

    :raises Invalid: if it is none
    """
    try:
        found = json.loads(blob)
    except (ValueError, RecursionError):
        raise errors.Invalid('Invalid blob in credential') from None
    if not found or not isinstance(found, dict):
        raise _missing('blob')
    if not isinstance(found.get('access'), str):
        raise _missing('access')
    return found


def id_of(access: str) -> str:
    """The id of the credential that has this access key."""
    return hashlib.sha256(access.encode('utf-8', 'surrogatepass')).hexdigest()


def refuse_rebinding(old: str, new: str) -> None:
    """:raises Invalid: if a changed key is no key, or would belong to another trust and so on"""
    was, becomes = parse(old), parse(new)
    for name in _BOUND:
        if was.get(name) != becomes.get(name):
            raise errors.Invalid(f'{name} can not be updated for credential')


def is_bound(key: dict[str, Any]) -> bool:
    """Whether a key stands for less than its user."""
    return any(key.get(name) for name in _BOUND)


def _missing(name: str) -> errors.Invalid:
    return errors.Invalid(f'Expecting to find {name} in credential. The server could not comply '
                          'with the request since it is either malformed or otherwise incorrect. '
                          'The client is assumed to be in error.')
