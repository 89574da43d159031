"""When something ends, as clients say it."""
from __future__ import annotations

import datetime
import re

from jumpgate.common import errors, formats

#: A date alone is no moment, and other offsets than Z are refused, as in Keystone.
_FORM = re.compile(r'[0-9-]+T[0-9:.]+Z?')


def parse(text: str | None) -> datetime.datetime | None:
    """A moment in UTC. None: it does not end.

    :raises Invalid: if it is none
    """
    if not text:
        return None
    try:
        if not _FORM.fullmatch(text):
            raise ValueError(text)
        return formats.parse_datetime(text)
    except ValueError:
        raise errors.Invalid(
            'Timestamp not in expected format. The server could not comply with the request since '
            'it is either malformed or otherwise incorrect. The client is assumed to be in '
            'error.') from None


def parse_seconds(text: str | None) -> datetime.datetime | None:
    """The same in whole seconds: what follows them is dropped."""
    found = parse(text)
    return None if found is None else found.replace(microsecond=0)
