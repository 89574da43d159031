"""When something ends, as clients say it."""
from __future__ import annotations

import datetime

from jumpgate.common import errors, formats


def parse(text: str | None) -> datetime.datetime | None:
    """A moment in whole seconds; without an offset it is taken for UTC. None: it does not end.

    :raises Invalid: if it is none
    """
    if not text:
        return None
    try:
        return formats.parse_datetime(text).replace(microsecond=0)
    except ValueError:
        raise errors.Invalid(
            'Timestamp not in expected format. The server could not comply with the request since '
            'it is either malformed or otherwise incorrect. The client is assumed to be in '
            'error.') from None
