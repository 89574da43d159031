"""One line a request, written in batches: a line through the whole logging chain costs more
than many an answer (docs/decisions/server-protocol.rst has the figures).
"""
from __future__ import annotations

import copy
import logging
import logging.handlers
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from oslo_config import cfg
from oslo_log import handlers as oslo_handlers

#: Seconds that a line may wait for others.
DELAY = 0.2
_MAX_LINES = 500

#: Path segments after which an identity of value follows: /v2.0/tokens/{token_id}.
_TOKEN_PATH = re.compile(r'(/(?:tokens|os-console-auth-tokens|access_tokens)/)([^/?]+)')
#: Query fields whose values are nobody's business.
_SECRET_FIELD = re.compile(
    r'token|passw|secret|signature|credential|^(?:code|assertion|(?:api|access)_?key)$',
    re.IGNORECASE)
_CONTROL = re.compile(r'[\x00-\x20\x7f-\uffff"\\]')

Environ = dict[str, Any]
Schedule = Callable[[float, Callable[[], None]], object]


class AccessLog:
    """Collects lines and hands them to the log.

    :param logger: where the lines go
    :param schedule: ``(seconds, function)``: calls the function later
    :param batch: whether several lines may go as one record
    """

    def __init__(self, logger: logging.Logger, schedule: Schedule, *, batch: bool) -> None:
        self._logger = logger
        self._schedule = schedule
        self._limit = _MAX_LINES if batch else 1
        self._lines: list[str] = []
        self._second = 0
        self._stamp = ''

    def log(self, environ: Environ, status: int, length: int, seconds: float) -> None:
        """Note one answered request; `length` is that of the body sent."""
        context = environ.get('jumpgate.context')
        request_id = environ.get('openstack.request_id') or '-'
        user = project = '-'
        if context is not None:
            user = context.user_id or '-'
            project = context.project_id or '-'
        line = (f'{environ.get("REMOTE_ADDR") or "unix"} [{request_id} {user} {project}] '
                f'"{environ["REQUEST_METHOD"]} {target(environ)}" '
                f'status: {status} len: {length} time: {seconds:.6f}')
        if self._limit == 1:
            self._logger.info('%s', line)
            return
        if not self._lines:
            self._schedule(DELAY, self.flush)
        self._lines.append(f'{self._now()} {line}')
        if len(self._lines) >= self._limit:
            self.flush()

    def flush(self) -> None:
        """Hand over what was collected."""
        if self._lines:
            lines, self._lines = self._lines, []
            self._logger.info('%s', '\n'.join(lines))

    def _now(self) -> str:
        now = time.time()
        second = int(now)
        if second != self._second:
            self._second = second
            self._stamp = time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(second))
        return f'{self._stamp}.{int((now - second) * 1000):03d}'


def target(environ: Environ) -> str:
    """Path and query as the client sent them, with what is secret in them left out."""
    path: str = environ['RAW_PATH_INFO']
    query: str = environ['QUERY_STRING']
    if 'tok' in path or '%' in path:
        path = _without_token(path)
    if not query:
        return path
    return f'{path}?{"&".join(map(_without_secret, query.split("&")))}'


def _without_token(path: str) -> str:
    decoded = unquote_to_bytes(path.encode('latin-1')).decode('latin-1')
    hidden = _TOKEN_PATH.sub(r'\1***', decoded)
    if hidden == decoded:
        return path
    return _CONTROL.sub(lambda found: f'%{ord(found[0]):02X}', hidden)


def _without_secret(field: str) -> str:
    name, equals, _ = field.partition('=')
    return f'{name}=***' if equals and _SECRET_FIELD.search(unquote(name)) else field


def make(conf: cfg.ConfigOpts, schedule: Schedule) -> AccessLog:
    """The access log for how oslo.log was set up.

    Where that writes plain lines to a stream or file, so does the access log, several at once. To
    any other place (syslog, the journal, JSON, rotated files, a logging configuration of the
    operator's own) each line goes as a record of its own, through oslo.log's whole chain.
    """
    logger = logging.getLogger('jumpgate.access')
    root = logging.getLogger()
    batch = bool(root.handlers) and not conf.log_config_append and not conf.use_json and all(
        type(handler) in _PLAIN for handler in root.handlers)
    if batch:
        logger.handlers = [_plain(handler) for handler in root.handlers]
        logger.propagate = False
        logger.setLevel(logging.INFO)
    return AccessLog(logger, schedule, batch=batch)


_PLAIN = (logging.StreamHandler, logging.FileHandler, logging.handlers.WatchedFileHandler,
          oslo_handlers.ColorHandler)


def _plain(handler: logging.Handler) -> logging.Handler:
    """A handler to the same place that adds nothing to a line."""
    plain = copy.copy(handler)
    plain.formatter = logging.Formatter('%(message)s')
    return plain
