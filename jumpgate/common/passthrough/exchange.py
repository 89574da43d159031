"""One question to the upstream and its answer, repeated where that is safe."""
from __future__ import annotations

import time

from jumpgate.common import errors
from jumpgate.common.http import Headers
from jumpgate.common.passthrough import request
from jumpgate.common.passthrough.connection import Connection, Lost, Refused
from jumpgate.common.passthrough.pool import Pool
from jumpgate.common.passthrough.request import Body
from jumpgate.common.passthrough.response import Response
from jumpgate.common.passthrough.retry import Patience

#: Answers that say "not now".
TRANSIENT = frozenset((429, 502, 503, 504))
#: Seconds that an upstream gets to answer ``Expect: 100-continue``; many never do.
_CONTINUE = 1.0
#: Pieces of a body that are sent before the other requests get their turn.
_TURN = 16
#: Pieces that are sent before the upstream's word is looked for.
_LOOK = 4


def send(pool: Pool, patience: Patience, verb: str, target: str, headers: Headers,
         body: Body | None = None) -> Response:
    """Ask, and return the answer with its body unread.

    A GET or HEAD without a body is asked again, within the budget, when no connection could be
    made, when it broke before the answer, and on 429, 502, 503 and 504. Nothing else is ever sent
    twice, since it may have been done.

    :raises errors.CloudUnavailable: the upstream could not be reached, or broke off
    :raises errors.CloudTimeout: it did not answer in time
    :raises errors.BadGateway: its answer is not HTTP
    :raises errors.Invalid: the client's own body broke off
    """
    head = request.head(verb, target, pool.address.authority, headers, body)
    if verb not in ('GET', 'HEAD') or (body is not None and not body.is_empty):
        return _once(pool, verb, head, body)
    budget = patience.budget()
    new = False
    while True:
        try:
            response = _once(pool, verb, head, None, new=new)
            if response.is_small:
                _load(response)
        except Refused:
            if not budget.wait():
                raise
            continue
        except Lost as lost:
            # one that had been idle says nothing about the upstream: it is tried anew at once
            if (new or not lost.reused) and not budget.wait():
                raise
            new = True
            continue
        if response.status not in TRANSIENT or not budget.wait(response.get('retry-after')):
            return response
        response.close()


def _load(response: Response) -> None:
    try:
        response.load()
    except BaseException:
        response.close()
        raise


def _once(pool: Pool, verb: str, head: bytes, body: Body | None, *, new: bool = False) -> Response:
    small = body.read() if body is not None and body.is_small else None
    connection = pool.take(new=new)
    try:
        if body is None or small is not None:
            connection.send(head + small if small else head)
        else:
            connection.send(head)
            _stream(connection, body)
        return Response(connection, pool, verb)
    except BaseException as error:
        connection.close()
        if isinstance(error, Lost):
            error.reused = connection.reused
        raise


def _stream(connection: Connection, body: Body) -> None:
    """Send the body, until its end or until the upstream has answered without it."""
    connection.spoiled = True
    if body.expects and connection.wait(_CONTINUE) and connection.has_answered():
        return
    try:
        for sent, data in enumerate(body.pieces()):
            if sent % _TURN == _TURN - 1:
                # under eventlet: sockets that are always ready would never let others run
                time.sleep(0)
            if sent % _LOOK == 0 and connection.has_answered():
                # before its time, most likely a refusal: hand it through
                return
            if body.length is None:
                data = b'%x\r\n%b\r\n' % (len(data), data)
            connection.send(data)
        if body.length is None:
            connection.send(b'0\r\n\r\n')
    except Lost:
        # it may have said why before it closed: Response reads that, or finds nothing
        return
    connection.spoiled = False


def ask(pool: Pool, patience: Patience, verb: str, target: str, headers: Headers,
        limit: int) -> tuple[Response, bytes]:
    """A question of our own: the answer and its whole body.

    :param limit: bytes of body that are taken
    :raises errors.BadGateway: where it is longer
    :raises errors.CloudUnavailable, errors.CloudTimeout: as `send`
    """
    response = send(pool, patience, verb, target, headers)
    data = response.read(limit)
    if data is None:
        raise errors.BadGateway()
    return response, data
