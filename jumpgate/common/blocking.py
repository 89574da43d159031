"""Where CPU-heavy or blocking work goes, so that it does not hold up an event loop."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec('P')
T = TypeVar('T')


def _straight(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


_runner: Callable[..., Any] = _straight


def run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `function`: in the caller's thread, or where the server's runner puts it."""
    result: T = _runner(function, *args, **kwargs)
    return result


def set_runner(runner: Callable[..., Any]) -> None:
    """Let `runner(function, *args, **kwargs)` do the calls, as `serve` does with a thread pool."""
    global _runner
    _runner = runner
