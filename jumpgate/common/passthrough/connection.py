"""One connection to the upstream: opening it, reading from it, knowing whether it is still good."""
from __future__ import annotations

import fcntl
import socket
import ssl
import struct
import termios

from jumpgate.common import errors
from jumpgate.common.passthrough.address import Address

_READ = 64 * 1024
_MAX_HEAD = 128 * 1024
_MAX_LINE = 8 * 1024
_ESTABLISHED = 1
_NO_INT = struct.pack('i', 0)


class Refused(errors.CloudUnavailable):
    """No connection could be made, so nothing was asked."""


class Lost(errors.CloudUnavailable):
    """The connection broke before an answer came; whether the request was done is unknown."""

    message = 'The connection to the cloud behind this endpoint broke before it answered.'
    #: whether the connection had served other requests before
    reused = False


class Connection:
    """A socket with what was read ahead from it.

    All waiting is bounded by the read timeout that it is opened with. Every method raises
    `Lost` where the connection breaks and `errors.CloudTimeout` where the upstream is too slow.
    """

    __slots__ = ('_ahead', '_sock', 'idle_since', 'reused', 'spoiled')

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._ahead = b''
        self.idle_since = 0.0
        self.reused = False
        #: set where the upstream was not sent a whole request: the next one could not follow
        self.spoiled = False

    @classmethod
    def open(cls, address: Address, tls: ssl.SSLContext | None, *, connect_timeout: float,
             read_timeout: float) -> Connection:
        """Connect, with TLS if a context is given.

        :raises Refused: saying what went wrong
        """
        sock = None
        try:
            sock = socket.create_connection((address.host, address.port), connect_timeout)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                sock = tls.wrap_socket(sock, server_hostname=address.host)
            sock.settimeout(read_timeout)
        except (OSError, ValueError) as error:
            # ssl.SSLError and the errors of name resolution are OSErrors too
            if sock is not None:
                sock.close()
            raise Refused(f'The cloud behind this endpoint could not be reached '
                          f'({_reason(error)}).') from error
        return cls(sock)

    def is_fresh(self) -> bool:
        """Whether the kernel knows of nothing that arrived since, data or the other end's close.

        Asked of the kernel, since waiting zero seconds in select is a trip through the event
        loop under eventlet, and is not possible on its sockets in other ways.
        """
        if self._ahead or (isinstance(self._sock, ssl.SSLSocket) and self._sock.pending()):
            return False
        try:
            state = self._sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
            if state[0] != _ESTABLISHED:
                return False
            unread = fcntl.ioctl(self._sock.fileno(), termios.FIONREAD, _NO_INT)
        except OSError:
            return False
        return unread == _NO_INT

    def send(self, data: bytes) -> None:
        try:
            self._sock.sendall(data)
        except TimeoutError:
            raise errors.CloudTimeout() from None
        except OSError as error:
            raise Lost() from error

    def receive(self, limit: int) -> bytes:
        """At least one byte and at most `limit`; ``b''`` where the upstream has closed."""
        if self._ahead:
            data, self._ahead = self._ahead[:limit], self._ahead[limit:]
            return data
        return self._receive(limit)

    def head(self) -> bytes:
        """All up to the next empty line, which is left out.

        :raises errors.BadGateway: where none comes within 128 KiB
        """
        data = self._ahead or self._receive(_READ)
        while True:
            end = data.find(b'\r\n\r\n')
            if end >= 0:
                self._ahead = data[end + 4:]
                return data[:end]
            if len(data) > _MAX_HEAD:
                raise errors.BadGateway()
            more = self._receive(_READ)
            if not more:
                self._ahead = b''
                raise Lost()
            data += more

    def line(self) -> bytes:
        """The next line without its end, as chunked bodies have them.

        :raises errors.BadGateway: where it is longer than 8 KiB
        """
        data = self._ahead
        while True:
            end = data.find(b'\n')
            if end >= 0:
                self._ahead = data[end + 1:]
                return data[:end].rstrip(b'\r')
            if len(data) > _MAX_LINE:
                raise errors.BadGateway()
            more = self._receive(_READ)
            if not more:
                raise Lost()
            data += more

    def wait(self, seconds: float) -> bool:
        """Whether the upstream says something, or closes, within so many seconds."""
        if self._ahead:
            return True
        usual = self._sock.gettimeout()
        self._sock.settimeout(seconds)
        try:
            self._ahead = self._sock.recv(_READ)
        except (TimeoutError, BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError as error:
            raise Lost() from error
        finally:
            self._sock.settimeout(usual)
        return True

    def has_answered(self) -> bool:
        """Whether a final answer, or the end, has come already; interim ones are passed over."""
        while not self.is_fresh() and self.wait(0):
            if not self._ahead.startswith((b'HTTP/1.1 1', b'HTTP/1.0 1')):
                return True
            self.head()
        return False

    def close(self) -> None:
        self._sock.close()

    def _receive(self, limit: int) -> bytes:
        try:
            return self._sock.recv(limit)
        except TimeoutError:
            raise errors.CloudTimeout() from None
        except OSError as error:
            raise Lost() from error


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return 'connecting timed out'
    if isinstance(error, ConnectionRefusedError):
        return 'connection refused'
    if isinstance(error, ssl.SSLError):
        return f'TLS: {getattr(error, "verify_message", "") or error.reason}'
    if isinstance(error, socket.gaierror):
        return 'its name is not known'
    return type(error).__name__
