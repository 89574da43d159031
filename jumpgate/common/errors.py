"""What can go wrong, in words that know no HTTP library.

Drivers and controllers raise these; `common.faults` renders them in the dialect of the service.

    Error                      500  a bug, or a cloud that answered nonsense
      Invalid                  400  the request makes no sense
        MarkerNotFound         400  a page marker that names nothing (404 but in Nova and Glance)
      Unauthorized             401  no token, or one that is no longer good
      Forbidden                403  policy says no
        QuotaExceeded          403  the tenant may not have more (413 in Cinder, 409 in Neutron)
      NotFound                 404  the cloud's own word that a thing is absent; never a guess
      MethodNotAllowed         405  the path is known, the verb is not
      NotAcceptable            406  a version that we do not speak
      RequestTimeout           408  the client was too slow to send its body
      Conflict                 409  the thing is in the wrong state, or in use, or exists already
      Gone                     410  an API that was removed
      TooLarge                 413  the body is over the limit
      UnsupportedMediaType     415
      RangeNotSatisfiable      416
      RateLimited              429  with Retry-After
      NotSupported             501  nobody behind the gateway does this
      BadGateway               502  the cloud answered, but not in a way that can be understood
      CloudUnavailable         503  the cloud could not be asked, with Retry-After
      CloudTimeout             504  the cloud was asked, and the outcome is unknown
"""
from __future__ import annotations

from collections.abc import Iterable


class BadSetup(Exception):
    """The gateway cannot start like this; the message says what to change."""


class Error(Exception):
    """The root of everything that a client is told.

    :param message: the sentence for the client; `None` takes the class's own
    :param kind: the service's own name of this error where its dialect has one, such as
        Neutron's ``NetworkInUse``
    """

    code = 500
    title = 'Internal Server Error'
    message = 'The server could not complete the request.'

    def __init__(self, message: str | None = None, *, kind: str | None = None) -> None:
        if message is not None:
            self.message = message
        self.kind = kind
        super().__init__(self.message)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Response headers that belong to this error."""
        return ()


class Invalid(Error):
    code = 400
    title = 'Bad Request'
    message = 'The request is malformed.'


class MarkerNotFound(Invalid):
    """The marker of a page names nothing that the caller can see."""

    def __init__(self, marker: str) -> None:
        super().__init__(f'marker [{marker}] not found')
        self.marker = marker


class Unauthorized(Error):
    code = 401
    title = 'Unauthorized'
    message = 'The request you have made requires authentication.'


class Forbidden(Error):
    code = 403
    title = 'Forbidden'
    message = 'You are not authorized to perform the requested action.'


class QuotaExceeded(Forbidden):
    message = 'Quota exceeded.'


class NotFound(Error):
    code = 404
    title = 'Not Found'
    message = 'The resource could not be found.'


class MethodNotAllowed(Error):
    """The path is known; these verbs are served there."""

    code = 405
    title = 'Method Not Allowed'
    message = 'The method is not allowed for this resource.'

    def __init__(self, allow: Iterable[str], message: str | None = None) -> None:
        super().__init__(message)
        self.allow = tuple(allow)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return (('Allow', ', '.join(self.allow)),)


class NotAcceptable(Error):
    code = 406
    title = 'Not Acceptable'
    message = 'The requested version is not supported.'


class RequestTimeout(Error):
    code = 408
    title = 'Request Timeout'
    message = 'The request body did not arrive in time.'


class Conflict(Error):
    code = 409
    title = 'Conflict'
    message = 'There was a conflict with the state of the resource.'


class Gone(Error):
    code = 410
    title = 'Gone'
    message = 'This API has been removed.'


class TooLarge(Error):
    code = 413
    title = 'Request Entity Too Large'
    message = 'Request is too large.'


class UnsupportedMediaType(Error):
    code = 415
    title = 'Unsupported Media Type'
    message = 'The media type of the request body is not supported.'


class RangeNotSatisfiable(Error):
    """The requested range lies outside of the data.

    :param length: the whole length in bytes
    """

    code = 416
    title = 'Requested Range Not Satisfiable'
    message = 'The requested range cannot be satisfied.'

    def __init__(self, length: int, message: str | None = None) -> None:
        super().__init__(message)
        self.length = length

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return (('Content-Range', f'bytes */{self.length}'),)


class _Later(Error):
    """An error that tells the client when to come back.

    :param retry_after: seconds
    """

    def __init__(self, message: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return (('Retry-After', str(self.retry_after)),)


class RateLimited(_Later):
    code = 429
    title = 'Too Many Requests'
    message = 'Too many requests; try again later.'


class NotSupported(Error):
    code = 501
    title = 'Not Implemented'
    message = 'This operation is not supported by the cloud behind this endpoint.'


class BadGateway(Error):
    code = 502
    title = 'Bad Gateway'
    message = 'The cloud behind this endpoint gave an answer that could not be understood.'


class CloudUnavailable(_Later):
    code = 503
    title = 'Service Unavailable'
    message = 'The cloud behind this endpoint could not be reached.'


class CloudTimeout(Error):
    code = 504
    title = 'Gateway Timeout'
    message = 'The cloud behind this endpoint did not answer in time.'
