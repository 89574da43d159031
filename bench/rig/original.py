"""The method of the original of 2014: a fresh ``requests.request`` for every call, with the body
and the headers of the client, and the whole answer read before any of it is passed on.
"""
from __future__ import annotations

import sys

from bench.rig import barest

_HOP_BY_HOP = frozenset(('connection', 'keep-alive', 'transfer-encoding', 'date',
                         'content-length', 'content-encoding'))


def application(port: int):
    """Pass every request on to the backend."""
    # only now: importing `barest` has patched the standard library
    import requests

    def answer(environ, start_response):
        headers = {key[5:].replace('_', '-').title(): value for key, value in environ.items()
                   if key.startswith('HTTP_') and key != 'HTTP_HOST'}
        if environ.get('CONTENT_TYPE'):
            headers['Content-Type'] = environ['CONTENT_TYPE']
        length = int(environ.get('CONTENT_LENGTH') or 0)
        url = f'http://127.0.0.1:{port}{environ["PATH_INFO"]}'
        if environ.get('QUERY_STRING'):
            url += '?' + environ['QUERY_STRING']
        response = requests.request(
            environ['REQUEST_METHOD'], url, data=environ['wsgi.input'].read(length),
            headers=headers)
        start_response(f'{response.status_code} {response.reason}', [
            *((name, value) for name, value in response.headers.items()
              if name.lower() not in _HOP_BY_HOP),
            ('Content-Length', str(len(response.content)))])
        return [response.content]
    return answer


if __name__ == '__main__':
    barest.serve(int(sys.argv[1]), application(int(sys.argv[2])))
