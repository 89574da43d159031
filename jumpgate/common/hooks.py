"""Functions that run before and after every request."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

BeforeHook = Callable[[Any, Any, dict[str, Any]], None]
AfterHook = Callable[[Any, Any], None]


class Hooks:
    """The hooks of a dispatcher, or of the whole gateway.

    ``before(req, resp, kwargs)`` runs once it is known which endpoint is asked for, and before
    anybody is refused for having no token: it may set ``req.env['tenant_id']`` or the context.
    ``after(req, resp)`` runs on every answer, faults too.
    """

    def __init__(self) -> None:
        self.before: list[BeforeHook] = []
        self.after: list[AfterHook] = []

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    def add_before_hook(self, hook: BeforeHook) -> None:
        """Let ``hook(req, resp, kwargs)`` run before each request."""
        self.before.append(hook)

    def add_after_hook(self, hook: AfterHook) -> None:
        """Let ``hook(req, resp)`` run on each answer; the last one added runs first."""
        self.after.append(hook)


class HookChain:
    """The gateway's hooks around those of one dispatcher."""

    def __init__(self, outer: Hooks, inner: Hooks) -> None:
        self._outer = outer
        self._inner = inner

    def __bool__(self) -> bool:
        return bool(self._outer) or bool(self._inner)

    def run_before(self, req: Any, resp: Any, kwargs: dict[str, Any]) -> None:
        for hook in (*self._outer.before, *self._inner.before):
            hook(req, resp, kwargs)

    def run_after(self, req: Any, resp: Any) -> None:
        for hook in self._backwards():
            hook(req, resp)

    def _backwards(self) -> Iterator[AfterHook]:
        yield from reversed((*self._outer.after, *self._inner.after))
