"""TLS of the built-in server."""
from __future__ import annotations

import _socket
import contextlib
import logging
import ssl
from typing import Any

from oslo_config import cfg

LOG = logging.getLogger(__name__)


class BadCertificate(Exception):
    """A certificate or key that cannot be used; the message says what to change."""


def server_context(conf: cfg.ConfigOpts) -> ssl.SSLContext | None:
    """What connections are encrypted with; None where no certificate is configured.

    :raises BadCertificate: it is not there, not readable, or the key belongs to another one
    """
    server = conf.server
    if not server.cert_file:
        if server.key_file:
            raise BadCertificate('[server] key_file is set, but cert_file is not')
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(server.cert_file, server.key_file or None)
    except OSError as error:
        reason = error.strerror or error.args[-1]
        raise BadCertificate(f'[server] cert_file = {server.cert_file}, key_file = '
                             f'{server.key_file}: {reason}') from error
    context.set_alpn_protocols(['http/1.1'])
    return context


def handshake(sock: Any) -> bool:
    """Begin to speak TLS with a client; False (and the socket closed) where it does not."""
    try:
        sock.do_handshake()
    except (OSError, EOFError, ValueError) as error:
        LOG.debug('no TLS with a client: %s', error)
        with contextlib.suppress(OSError):
            sock.close()
        return False
    return True


def shut_down(sock: Any, how: int) -> None:
    """Shut the connection down below TLS, whose own `shutdown` would pull the rug from readers.

    :param sock: a green socket, with or without TLS
    :param how: ``socket.SHUT_RD`` and so on
    """
    with contextlib.suppress(OSError):
        _socket.socket.shutdown(getattr(sock, 'fd', sock), how)
