"""The raw target of a request: the bytes that the client wrote, less our mount."""
from __future__ import annotations

from urllib.parse import quote, unquote

from jumpgate.common.http import Environ

#: What may stand in a target unquoted; the rest of a decoded path is quoted again.
_SAFE = "/:@!$&'()*+,;=~-._"


def raw_target(environ: Environ) -> tuple[str, str]:
    """The path below the mount and the query with its ``?``, both exactly as they were sent.

    Servers keep the raw form under names of their own: eventlet ``RAW_PATH_INFO``, uWSGI and
    mod_wsgi ``REQUEST_URI``, gunicorn ``RAW_URI``. Where none of them did, the path is quoted
    anew.
    """
    raw = (environ.get('REQUEST_URI') or environ.get('RAW_URI') or environ.get('RAW_PATH_INFO')
           or '')
    path, mark, query = raw.partition('?')
    if not mark:
        query = environ.get('QUERY_STRING', '')
        # an empty query is one only where the question mark can be seen
        mark = '?' if query else ''
    if path and not path.startswith('/'):
        path = _of_absolute(path)
    below = _below(path, environ.get('SCRIPT_NAME', ''))
    if below is None:
        decoded = environ.get('PATH_INFO', '')
        below = quote(decoded.encode('latin-1', 'replace'), safe=_SAFE)
    return below or '/', mark + query


def _of_absolute(path: str) -> str:
    """The path of an absolute-form target, ``http://host/path``."""
    return '/' + path.partition('://')[2].partition('/')[2]


def _below(path: str, script_name: str) -> str | None:
    """What follows the mount; None where the raw path does not show it."""
    if not path:
        return None
    if not script_name:
        return path if path.startswith('/') else None
    if path.startswith(script_name) and path[len(script_name):len(script_name) + 1] in ('', '/'):
        return path[len(script_name):]
    # the mount itself may have been written with percent signs
    segments = path.split('/')
    depth = script_name.count('/') + 1
    if unquote('/'.join(segments[:depth]), encoding='latin-1') == script_name:
        return ''.join(f'/{segment}' for segment in segments[depth:])
    return None
