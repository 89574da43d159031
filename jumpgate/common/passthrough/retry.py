"""How long and how often a question that may be repeated is repeated."""
from __future__ import annotations

import dataclasses
import email.utils
import random
import time
from collections.abc import Callable


@dataclasses.dataclass(frozen=True, slots=True)
class Patience:
    """The bounds, shared by all requests.

    :param retries: repetitions at most
    :param seconds: all waiting of one request together, for connections too: after that long
        nothing is begun anew
    :param first: seconds before the first repetition, doubled for each further one
    """

    retries: int = 3
    seconds: float = 5.0
    first: float = 0.1
    sleep: Callable[[float], None] | None = None
    clock: Callable[[], float] = time.monotonic

    def budget(self) -> Budget:
        return Budget(self)


class Budget:
    """What is left of it for one request."""

    __slots__ = ('_next', '_patience', '_retries', '_slept', '_start')

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._retries = patience.retries
        self._start = patience.clock()
        self._slept = 0.0
        self._next = patience.first

    def wait(self, retry_after: str | None = None) -> bool:
        """Sleep before the next try; False, at once, where the budget does not allow one.

        :param retry_after: that header of the answer; it is obeyed or, where it asks for longer
            than is left, the answer stands
        """
        patience = self._patience
        if not self._retries:
            return False
        spent = max(self._slept, patience.clock() - self._start)
        pause = _seconds(retry_after)
        if pause is None:
            pause = self._next * random.uniform(0.5, 1.0)  # noqa: S311 - spreads, hides nothing
        if spent + pause > patience.seconds:
            return False
        self._retries -= 1
        self._slept += pause
        self._next *= 2
        # looked up late: under the eventlet server it is the green one
        (patience.sleep or time.sleep)(pause)
        return True


def _seconds(retry_after: str | None) -> float | None:
    """What a ``Retry-After`` header asks for: seconds, or the time until a date."""
    if not retry_after:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
