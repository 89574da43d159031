"""One operation of an API: what the contract says about it, beside the function that does it."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jumpgate.common.versions import ALWAYS, Versioned, Window

Schema = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A record, not a wrapper: `common.controller` reads it and runs the steps.

    :param name: names the policy rule (``<service>:<name>``) and, unless `needs` says otherwise,
        the driver method
    :param function: ``function(call, **path_variables)``; None where no controller does it yet
    :param needs: driver methods without which a driver cannot answer this
    :param body: JSON schema of the request body; None: no JSON body is read
    :param query: JSON schema of the query parameters, each a list of strings
    :param reply: JSON schema of the response body
    :param code: the status of success
    :param public: whether a caller without a token may ask
    :param role: the persona of the service that is needed (`policy` overrides it)
    :param policy: an oslo.policy check string, for rules that no persona says
    :param attributes: parts of request or answer with a rule of their own (``<rule>:<attribute>``)
        → the persona or check string; of any other that is asked for, the admin decides
    :param target: ``target(call, **path_variables) -> (target dict, thing)``: fetches the object
        that policy decides by; the thing is kept as `call.thing`
    :param window: the microversions at which it exists
    :param status: as of its endpoint, where it differs: ``removed`` or ``seed``
    """

    name: str
    function: Callable[..., Any] | None = None
    needs: tuple[str, ...] = ()
    body: Schema | Versioned[Any] | None = None
    query: Schema | Versioned[Any] | None = None
    reply: Schema | Versioned[Any] | None = None
    code: int | Versioned[int] = 200
    public: bool = False
    role: str | None = None
    policy: str | None = None
    attributes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    target: Callable[..., Any] | None = None
    window: Window = ALWAYS
    summary: str = ''
    status: str | None = None

    @property
    def is_declared_only(self) -> bool:
        """Whether only the map knows it: no controller of ours has it."""
        return self.function is None


def operation(name: str, *, needs: tuple[str, ...] | None = None, since: str | None = None,
              until: str | None = None,
              **contract: Any) -> Callable[[Callable[..., Any]], Operation]:
    """Make a controller function an `Operation`; the keywords are its fields.

    >>> @operation('list_keypairs', role='reader')
    ... def index(call): ...
    """
    def make(function: Callable[..., Any]) -> Operation:
        return Operation(
            name=name, function=function, needs=(name,) if needs is None else needs,
            window=Window(since, until), summary=(function.__doc__ or '').strip().split('\n')[0],
            **contract)
    return make


def declared(summary: str = '', *, role: str | None = None, since: str | None = None,
             until: str | None = None, code: int = 200, public: bool = False,
             status: str | None = None, name: str = '') -> Operation:
    """An operation that the API has and no controller of ours does.

    A handler or an upstream may answer it. The endpoint map names it after its verb and row.
    """
    return Operation(name=name, summary=summary, role=role, code=code, public=public,
                     status=status, window=Window(since, until))


class Actions(Mapping[str, Operation]):
    """The operations behind one verb, chosen by the only key of the body."""

    __slots__ = ('_operations',)

    def __init__(self, operations: Mapping[str, Operation] | None = None,
                 **more: Operation) -> None:
        self._operations = {**(operations or {}), **more}

    def __getitem__(self, action: str) -> Operation:
        return self._operations[action]

    def __iter__(self) -> Iterator[str]:
        return iter(self._operations)

    def __len__(self) -> int:
        return len(self._operations)
