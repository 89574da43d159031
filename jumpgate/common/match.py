"""What a request is about."""
from __future__ import annotations

import dataclasses

from jumpgate.common import errors
from jumpgate.common.endpoints import Endpoint
from jumpgate.common.operation import Operation
from jumpgate.common.sources import Answer

#: Where the match rides on the WSGI environ.
MATCH_KEY = 'jumpgate.match'


@dataclasses.dataclass(slots=True)
class Match:
    """What a request is about. Made once a request, kept on its environ.

    :param endpoint: None where the map does not know the path
    :param root: the root that the request came in by
    :param answer: None where nobody here answers: an unknown path, or an unknown verb
    :param error: what is wrong with the path itself
    """

    verb: str
    endpoint: Endpoint | None = None
    root: str = ''
    versioned: bool = False
    variables: dict[str, str] = dataclasses.field(default_factory=dict)
    answer: Answer | None = None
    allow: tuple[str, ...] = ()
    error: errors.Error | None = None

    @property
    def source(self) -> str | None:
        return self.answer.source if self.answer else None

    @property
    def name(self) -> str | None:
        return self.endpoint.name if self.endpoint else None

    @property
    def is_public(self) -> bool:
        """Whether anybody may ask, without a token."""
        operation = self.answer.operation if self.answer else None
        return operation is not None and operation.public


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """One line of the truth about who answers what."""

    endpoint: Endpoint
    path: str
    verb: str
    action: str | None
    source: str
    operation: Operation | None
