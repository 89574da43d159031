"""How each OpenStack service words an error: the six dialects.

`render` turns an error into what the client of that service expects. The shapes are those of the
real services, since clients have grown around them: Nova's and Cinder's one-key object, Keystone's
``error``, Neutron's ``NeutronError``, Glance's negotiated page, Ironic's JSON text inside JSON.
"""
from __future__ import annotations

import dataclasses
import html
import http
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jumpgate.common import errors
from jumpgate.common.service import Service

Headers = list[tuple[str, str]]
Rendered = tuple[int, Headers, bytes]

#: Where the auth filter leaves the function that tells, from the environ, the URL that a 401 sends
#: its client to: few requests ever need it.
IDENTITY_URL_KEY = 'jumpgate.identity_url'
#: Where the dispatcher leaves what the endpoint map says about the request.
MATCH_KEY = 'jumpgate.match'

_JSON = 'application/json'
_UNEXPECTED = ('An unexpected error prevented the server from fulfilling your request. '
               'The log has the details under {}.')


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """What a dialect needs to know about one error.

    :param kind: the name that the service itself has for it, if any
    :param retry_after: seconds, or None
    :param unrouted: whether the endpoint map does not know the path
    """

    code: int
    title: str
    message: str
    kind: str | None = None
    retry_after: str | None = None
    unrouted: bool = False


def render(error: errors.Error, service: Service | None, environ: Mapping[str, Any]) -> Rendered:
    """The status, headers and body that tell the client of `service` about `error`.

    :param service: None where no service is reached; that is answered as Keystone does
    """
    project = _project(service)
    code = status(error, project)
    headers = list(error.headers)
    if project == 'cinder' and isinstance(error, errors.QuotaExceeded):
        headers.append(('Retry-After', '0'))
    fault = Fault(code, error.title if code == error.code else title(code), str(error.message),
                  kind=error.kind or _kind(error), retry_after=dict(headers).get('Retry-After'),
                  unrouted=isinstance(error, errors.NotFound) and _unrouted(environ))
    return _answer(fault, headers, project, environ)


def render_unexpected(service: Service | None, environ: Mapping[str, Any],
                      request_id: str) -> Rendered:
    """A 500 that says where to look, and nothing of what went wrong."""
    fault = Fault(500, title(500), _UNEXPECTED.format(request_id), kind='HTTPInternalServerError')
    return _answer(fault, [], _project(service), environ)


def render_status(code: int, service: Service | None, environ: Mapping[str, Any],
                  message: str | None = None, headers: Iterable[tuple[str, str]] = ()) -> Rendered:
    """A bare status that a filter gave, in the words of the service.

    :param code: 400 to 599
    :param headers: headers of the bare answer that stay (none about its body)
    """
    kept = list(headers)
    fault = Fault(code, title(code), message or _MESSAGES.get(code, title(code)),
                  kind=f'HTTP{title(code).replace(" ", "")}',
                  retry_after=dict(kept).get('Retry-After'))
    return _answer(fault, kept, _project(service), environ)


def status(error: errors.Error, project: str) -> int:
    """The status code that `project` has for this error."""
    for kind, code in _CODES.get(project, ()):
        if isinstance(error, kind):
            return code
    return error.code


def title(code: int) -> str:
    """The words that go with a status code, as the services write them."""
    if code in _TITLES:
        return _TITLES[code]
    try:
        return http.HTTPStatus(code).phrase
    except ValueError:
        return 'Error'


def _errors() -> Iterable[type[errors.Error]]:
    return (value for value in vars(errors).values()
            if isinstance(value, type) and issubclass(value, errors.Error))


_TITLES = {kind.code: kind.title for kind in _errors()}
#: Where classes share a code, the first of them speaks for it, which is the more general one.
_MESSAGES = {kind.code: kind.message for kind in reversed(tuple(_errors()))}

#: Where a service has a status code of its own for something.
_CODES: Mapping[str, tuple[tuple[type[errors.Error], int], ...]] = {
    'keystone': ((errors.MarkerNotFound, 404),),
    'cinder': ((errors.QuotaExceeded, 413), (errors.MarkerNotFound, 404)),
    'neutron': ((errors.QuotaExceeded, 409), (errors.MarkerNotFound, 404)),
    'ironic': ((errors.MarkerNotFound, 404),),
}


def _project(service: Service | None) -> str:
    return 'keystone' if service is None else service.project


def _unrouted(environ: Mapping[str, Any]) -> bool:
    match = environ.get(MATCH_KEY)
    return match is not None and getattr(match, 'endpoint', None) is None


def _answer(fault: Fault, headers: Headers, project: str, environ: Mapping[str, Any]) -> Rendered:
    content_type, body = DIALECTS.get(project, keystone)(fault, environ)
    headers += [('Content-Type', content_type), ('Content-Length', str(len(body)))]
    if fault.code == 401:
        headers.append(('WWW-Authenticate', _challenge(environ)))
    if environ.get('REQUEST_METHOD') == 'HEAD':
        body = b''
    return fault.code, headers, body


def _challenge(environ: Mapping[str, Any]) -> str:
    find_url = environ.get(IDENTITY_URL_KEY)
    url = find_url(environ) if find_url else None
    return f'Keystone uri="{url}"' if url else 'Keystone'


def _dump(body: Mapping[str, Any]) -> tuple[str, bytes]:
    return _JSON, json.dumps(body).encode()


# --- Keystone, and the middleware of its that guards every other service ---

def keystone(fault: Fault, environ: Mapping[str, Any]) -> tuple[str, bytes]:
    body: dict[str, Any] = {
        'error': {'code': fault.code, 'message': fault.message, 'title': fault.title}}
    if fault.code == 405:
        # Keystone's web framework answers most of these itself, with this key alone.
        body['message'] = fault.message
    return _dump(body)


def _guarded(dialect: Callable[[Fault, Mapping[str, Any]], tuple[str, bytes]]) -> Callable[
        [Fault, Mapping[str, Any]], tuple[str, bytes]]:
    """A 401 comes from keystonemiddleware, before the service itself is reached."""
    def either(fault: Fault, environ: Mapping[str, Any]) -> tuple[str, bytes]:
        return (keystone if fault.code == 401 else dialect)(fault, environ)
    return either


# --- Nova and Cinder ---

_NOVA_KEYS = {
    400: 'badRequest', 401: 'unauthorized', 403: 'forbidden', 404: 'itemNotFound',
    405: 'badMethod', 409: 'conflictingRequest', 413: 'overLimit', 415: 'badMediaType',
    429: 'overLimit', 501: 'notImplemented', 503: 'serviceUnavailable',
}


def nova(fault: Fault, environ: Mapping[str, Any]) -> tuple[str, bytes]:
    if fault.unrouted:
        return _dump(_webob(fault, fault.message))
    body: dict[str, Any] = {'code': fault.code, 'message': fault.message}
    if fault.code in (413, 429) and fault.retry_after is not None:
        body['retryAfter'] = fault.retry_after
    return _dump({_NOVA_KEYS.get(fault.code, 'computeFault'): body})


# --- Glance: a page in whatever form the client accepts ---

_PAGE = ('<html>\n <head>\n  <title>{status}</title>\n </head>\n <body>\n  <h1>{status}</h1>\n'
         '  {message}<br /><br />\n\n\n\n </body>\n</html>')


def glance(fault: Fault, environ: Mapping[str, Any]) -> tuple[str, bytes]:
    offer = _accepted(environ.get('HTTP_ACCEPT', ''))
    if offer == _JSON:
        return _dump(_webob(fault, f'{fault.message}<br /><br />\n\n\n'))
    line = f'{fault.code} {fault.title}'
    if offer == 'text/html':
        page = _PAGE.format(status=html.escape(line), message=html.escape(fault.message))
    else:
        page = f'{line}\n\n{fault.message}\n\n\n'
    return f'{offer}; charset=UTF-8', page.encode()


def _webob(fault: Fault, message: str) -> dict[str, Any]:
    """WebOb's own JSON, which shows wherever a service has none."""
    return {'message': message, 'code': f'{fault.code} {fault.title}', 'title': fault.title}


def _accepted(accept: str) -> str:
    """HTML, JSON or plain text: the first two by the client's wish, HTML at a draw."""
    wanted = [_range(part) for part in accept.split(',') if part.strip()]
    best, chosen = 0.0, 'text/plain'
    for offer in ('text/html', _JSON):
        quality = max((pair for pair in wanted if _covers(pair[0], offer)),
                      key=lambda pair: _specific(pair[0]), default=('', 0.0))[1]
        if quality > best:
            best, chosen = quality, offer
    return chosen


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip().lower() for word in part.split(';'))
    for parameter in parameters:
        found = re.fullmatch(r'q\s*=\s*([01](?:\.[0-9]{0,3})?)', parameter)
        if found:
            return name, float(found[1])
    return name, 1.0


def _covers(media_range: str, offer: str) -> bool:
    return media_range in (offer, '*/*', offer.partition('/')[0] + '/*')


def _specific(media_range: str) -> int:
    return -media_range.count('*')


# --- Neutron ---

_NEUTRON_KINDS: tuple[tuple[type[errors.Error], str], ...] = (
    (errors.MarkerNotFound, 'HTTPNotFound'),
    (errors.QuotaExceeded, 'OverQuota'),
    (errors.Forbidden, 'PolicyNotAuthorized'),
    (errors.Conflict, 'Conflict'),
)


def _kind(error: errors.Error) -> str:
    for kind, name in _NEUTRON_KINDS:
        if isinstance(error, kind):
            return name
    return f'HTTP{error.title.replace(" ", "")}'


def neutron(fault: Fault, environ: Mapping[str, Any]) -> tuple[str, bytes]:
    return _dump({'NeutronError': {'type': fault.kind, 'message': fault.message, 'detail': ''}})


# --- Ironic ---

def ironic(fault: Fault, environ: Mapping[str, Any]) -> tuple[str, bytes]:
    text = json.dumps({'faultcode': 'Server' if fault.code >= 500 else 'Client',
                       'faultstring': fault.message, 'debuginfo': None})
    return _dump({'error_message': text})


#: OpenStack project → its dialect: `(fault, environ) -> (content type, body)`.
DIALECTS: Mapping[str, Callable[[Fault, Mapping[str, Any]], tuple[str, bytes]]] = {
    'keystone': keystone,
    'nova': _guarded(nova),
    'glance': glance,
    'neutron': _guarded(neutron),
    'cinder': _guarded(nova),
    'ironic': _guarded(ironic),
}
