"""What a driver is: a class whose overridden methods say what its cloud can do."""
from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from jumpgate.common import errors

F = TypeVar('F', bound=Callable[..., Any])


class Unset(enum.Enum):
    """The type of `UNSET`, so that a checker knows it from `None`."""

    UNSET = 'UNSET'

    def __repr__(self) -> str:
        return 'UNSET'

    def __bool__(self) -> bool:
        return False


#: A field of a change that the caller did not mention; `None` means "set it to null".
UNSET: Final = Unset.UNSET


def optional(method: F) -> F:
    """Mark an interface method that a driver may leave out.

    Called all the same, it answers as a cloud that cannot do it.
    """
    def unsupported(self: Driver, *args: Any, **kwargs: Any) -> Any:
        raise errors.NotSupported()

    unsupported.__doc__ = method.__doc__
    unsupported.__name__ = method.__name__
    unsupported.__wrapped__ = method  # type: ignore[attr-defined]
    unsupported._optional = True  # type: ignore[attr-defined]
    return cast(F, unsupported)


class Driver:
    """The root of every service's driver interface."""

    def implements(self, method: str) -> bool:
        """Whether this driver has a `method` of its own.

        A driver that is composed at run time may override this to narrow or widen the answer.
        """
        found = getattr(type(self), method, None)
        return found is not None and not getattr(found, '_optional', False)


def interface_methods(interface: type[Driver]) -> frozenset[str]:
    """The names of all optional methods that `interface` declares."""
    return frozenset(
        name for name in dir(interface) if getattr(getattr(interface, name), '_optional', False)
    )
