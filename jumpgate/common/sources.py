"""Who answers: the choice, made once per (endpoint, verb, action) when the map is frozen."""
from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.common.driver import Driver
from jumpgate.common.endpoints import VERBS, Row, variables
from jumpgate.common.operation import Actions, Operation

HANDLER = 'handler'
DRIVER = 'driver'
UPSTREAM = 'upstream'
NONE = 'none'
#: The actions of one URL have different sources: the body decides.
MIXED = 'mixed'


@dataclasses.dataclass(frozen=True, slots=True)
class Handler:
    """A responder of a hand-written handler, and what it wants to be called with.

    :param keywords: keyword → our variable
    """

    responder: Callable[..., Any]
    keywords: tuple[tuple[str, str], ...]

    def kwargs(self, found: Mapping[str, Any]) -> dict[str, Any]:
        return {keyword: found[ours] for keyword, ours in self.keywords if ours in found}


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What happens to one verb of one endpoint.

    :param operation: what the contract says; None where only a handler or an upstream knows it
    :param actions: the answers by action, where they have different sources
    """

    source: str
    operation: Operation | None = None
    handler: Handler | None = None
    actions: Mapping[str, Answer] | None = None


class BadDriver(errors.BadSetup):
    """A driver or map that cannot work; the message says what to change."""


def decide(row: Row, name: str, handler: object | None, driver: Driver | None,
           upstream: object | None, *, tenant_is_ours: bool) -> dict[str, Answer]:
    """The answer for each verb of `row`.

    :param name: the name by which the handler was set
    :param tenant_is_ours: whether ``tenant_id`` is the caller's project (it is an ordinary
        variable in identity)
    """
    endpoint = row.endpoint
    chosen: dict[str, Answer] = {}
    for verb in VERBS:
        operation = endpoint.verbs.get(verb)
        responder = getattr(handler, f'on_{verb.lower()}', None)
        if responder is None and verb == 'HEAD':
            responder = getattr(handler, 'on_get', None)
            if responder is not None:
                operation = operation or endpoint.verbs.get('GET')
        if responder is not None:
            asked = operation if isinstance(operation, Operation) else None
            chosen[verb] = Answer(HANDLER, asked, _handler(
                responder, row, name, tenant_is_ours=tenant_is_ours))
        elif isinstance(operation, Actions):
            chosen[verb] = _actions(operation, driver, upstream)
        elif operation is not None:
            chosen[verb] = _one(operation, driver, upstream)
    return chosen


def _one(operation: Operation, driver: Driver | None, upstream: object | None) -> Answer:
    if driver is not None and not operation.is_declared_only and all(
            driver.implements(method) for method in operation.needs):
        return Answer(DRIVER, operation)
    return Answer(UPSTREAM if upstream is not None else NONE, operation)


def _actions(actions: Actions, driver: Driver | None, upstream: object | None) -> Answer:
    answers = {action: _one(operation, driver, upstream) for action, operation in actions.items()}
    if all(answer.source == UPSTREAM for answer in answers.values()):
        return Answer(UPSTREAM)
    return Answer(MIXED, actions=answers)


def _handler(responder: Callable[..., Any], row: Row, name: str, *,
             tenant_is_ours: bool) -> Handler:
    """Look up once which keywords `responder` takes, and under which names."""
    endpoint = row.endpoint
    theirs = dict(endpoint.param_aliases)
    if name in endpoint.aliases:
        theirs.update(zip(endpoint.variables, variables(endpoint.aliases[name]), strict=True))
    parameters = inspect.signature(responder).parameters
    takes_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    keywords = []
    wanted = list(dict.fromkeys((*_root_variables(row), *endpoint.variables)))
    if tenant_is_ours and 'tenant_id' not in wanted:
        wanted.append('tenant_id')
    for ours in wanted:
        original = theirs.get(ours, ours)
        if original in parameters:
            keywords.append((original, ours))
        elif ours in parameters:
            keywords.append((ours, ours))
        elif takes_all and (ours != 'tenant_id' or not tenant_is_ours):
            keywords.append((original, ours))
        elif ours != 'tenant_id' or not tenant_is_ours:
            raise BadDriver(
                f'{type(getattr(responder, "__self__", responder)).__name__}.'
                f'{getattr(responder, "__name__", responder)} must take the path variable '
                f'{original} of the endpoint {name}')
    return Handler(responder, tuple(keywords))


def _root_variables(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(
        variable for root in row.group.roots for variable in variables(root)))


def named_action(body: Any, actions: Mapping[str, Any]) -> str | None:
    """The one of `actions` that a request body is about, if it is about exactly one."""
    known = [key for key in body if key in actions] if isinstance(body, dict) else []
    return known[0] if len(known) == 1 else None


def check_handler(name: str, handler: object) -> None:
    """:raises BadDriver: for a handler that could never answer"""
    if not any(callable(getattr(handler, f'on_{verb.lower()}', None)) for verb in VERBS):
        raise BadDriver(f'the handler {type(handler).__name__} of the endpoint {name} has no '
                        'method on_get, on_post, on_put, on_patch, on_delete or on_head')


def check_row(row: Row, operation: Operation, interface: frozenset[str]) -> None:
    """:raises BadDriver: where the map, the controllers and the driver interface disagree"""
    if operation.function is None:
        return
    unknown = set(operation.needs) - interface
    if unknown:
        raise BadDriver(f'the operation {operation.name} of the endpoint {row.endpoint.name} needs '
                        f'driver methods that the interface has not: {", ".join(sorted(unknown))}')
    parameters = inspect.signature(operation.function).parameters
    missing = set(row.endpoint.variables) - set(parameters) - {'tenant_id'}
    if missing and not any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        raise BadDriver(f'{operation.function.__name__} of the endpoint {row.endpoint.name} must '
                        f'take the path variables {", ".join(sorted(missing))}')
