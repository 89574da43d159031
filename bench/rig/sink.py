"""The plainest server that takes an upload as the image service does: eventlet reads it, hashes it
twice, and keeps nothing.
"""
from __future__ import annotations

import hashlib
import sys

from bench.rig import barest

_PIECE = 64 * 1024


def application(environ, start_response):
    """Hash the body."""
    md5, sha512 = hashlib.md5(usedforsecurity=False), hashlib.sha512()
    left = int(environ.get('CONTENT_LENGTH') or 0)
    while left:
        piece = environ['wsgi.input'].read(min(_PIECE, left))
        if not piece:
            break
        left -= len(piece)
        md5.update(piece)
        sha512.update(piece)
    start_response('200 OK', [('Content-Length', '0'), ('X-MD5', md5.hexdigest()),
                              ('X-SHA512', sha512.hexdigest())])
    return [b'']


if __name__ == '__main__':
    barest.serve(int(sys.argv[1]), application)
