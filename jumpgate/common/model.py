"""What a model is: a frozen, slotted dataclass that is built by keyword."""
from __future__ import annotations

import dataclasses
import typing

T = typing.TypeVar('T')


@typing.dataclass_transform(frozen_default=True, kw_only_default=True)
def model(cls: type[T]) -> type[T]:
    """Make `cls` a model: a wrong or missing field fails where it is built, in the driver."""
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(cls)
