"""``jumpgate.wsgi:application`` for mod_wsgi, uWSGI, gunicorn and their like.

The environment says what to load: ``JUMPGATE_CONFIG`` the configuration file, and
``JUMPGATE_PASTE_APP`` the section of the Paste Deploy file (``main``). The state folder and the
database are prepared beforehand, by ``jumpgate db upgrade``.
"""
from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from typing import Any

from oslo_log import log

from jumpgate import config, deploy

try:
    import uwsgi  # there is such a module only inside of uWSGI
except ImportError:
    uwsgi = None


class _Chunks(io.RawIOBase):
    """A body of unknown length, which uWSGI hands out by a function of its own only."""

    def __init__(self) -> None:
        self._rest = b''

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or uwsgi.chunked_read()
        part = self._rest[:len(buffer)]
        self._rest = self._rest[len(part):]
        buffer[:len(part)] = part
        return len(part)


def _reading_chunks(app: deploy.App) -> deploy.App:
    """The application, given bodies of unknown length as other servers give them."""
    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get('HTTP_TRANSFER_ENCODING', '').lower() == 'chunked':
            environ['wsgi.input'] = io.BufferedReader(_Chunks(), 64 * 1024)
            environ['wsgi.input_terminated'] = True
        return app(environ, start_response)
    return serve


log.setup(config.load(), 'jumpgate')
application = deploy.load_app(name=os.environ.get('JUMPGATE_PASTE_APP', 'main'))
if uwsgi is not None:
    application = _reading_chunks(application)
