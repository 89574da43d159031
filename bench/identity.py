"""Tokens: issuing, validating and the catalog, through the whole pipeline in this process.

Without a socket the requests are cheaper than a client sees them, so the share that validating
takes of one is larger here than there.
"""
from __future__ import annotations

import io
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.rig.report import Report

#: Share of an empty authenticated request that validating a remembered token may take.
TARGET = 0.15
SECONDS = 0.5
_SCOPE = {'project': {'name': 'admin', 'domain': {'id': 'default'}}}


class _Pipeline:
    """A gateway on its first start, as WSGI."""

    def __init__(self, folder: Path) -> None:
        from jumpgate import api, config, deploy
        from jumpgate.store import prepare

        config_file = folder / 'jumpgate.conf'
        config_file.write_text(f'[DEFAULT]\nstate_dir = {folder}/state\n'
                               '[identity]\npassword_hash_rounds = 4\n')
        conf = config.load(str(config_file))
        prepare.prepare(conf)
        self.password = prepare.read_passwords(conf)['admin']
        self.app = deploy.load_app(str(config_file))
        self.gateway = api.get_jumpgate(str(config_file))

    def ask(self, verb: str, path: str, body: bytes = b'', **headers: str) -> dict[str, str]:
        """One request; returns the response headers, lower case."""
        environ: dict[str, Any] = {
            'REQUEST_METHOD': verb, 'PATH_INFO': path, 'SCRIPT_NAME': '', 'QUERY_STRING': '',
            'SERVER_NAME': 'h', 'SERVER_PORT': '5000', 'SERVER_PROTOCOL': 'HTTP/1.1',
            'HTTP_HOST': 'h:5000', 'wsgi.url_scheme': 'http', 'wsgi.input': io.BytesIO(body),
            'wsgi.errors': io.StringIO(), 'wsgi.version': (1, 0), 'wsgi.multithread': False,
            'wsgi.multiprocess': False, 'wsgi.run_once': False, 'REMOTE_ADDR': '127.0.0.1',
            'CONTENT_LENGTH': str(len(body)), 'CONTENT_TYPE': 'application/json',
            **{f'HTTP_{name.upper()}': value for name, value in headers.items()}}
        answer: list[Any] = []
        chunks = self.app(environ, lambda status, fields, *_: answer.extend((status, fields)))
        b''.join(chunks)
        if answer[0][0] != '2':
            raise RuntimeError(f'{verb} {path}: {answer[0]}')
        return {name.lower(): value for name, value in answer[1]}

    def login(self) -> str:
        user = {'name': 'admin', 'domain': {'id': 'default'}, 'password': self.password}
        body = {'auth': {'identity': {'methods': ['password'], 'password': {'user': user}},
                         'scope': _SCOPE}}
        return self.ask('POST', '/v3/auth/tokens', json.dumps(body).encode())['x-subject-token']

    def exchange(self, token: str) -> str:
        body = {'auth': {'identity': {'methods': ['token'], 'token': {'id': token}},
                         'scope': _SCOPE}}
        return self.ask('POST', '/v3/auth/tokens', json.dumps(body).encode())['x-subject-token']


def main(report: Report) -> None:
    with tempfile.TemporaryDirectory(prefix='jumpgate-bench-') as folder:
        pipeline = _Pipeline(Path(folder))
        token = pipeline.login()
        validator = pipeline.gateway.token_validator
        revocations = validator._revocations

        def afresh() -> None:
            revocations.bump()
            validator.validate(token, {})

        figures = {
            'token issued for a token': _microseconds(lambda: pipeline.exchange(token)),
            'token issued for a password, bcrypt at its cheapest': _microseconds(pipeline.login),
            'token shown, with its catalog': _microseconds(lambda: pipeline.ask(
                'GET', '/v3/auth/tokens', x_auth_token=token, x_subject_token=token)),
            'catalog': _microseconds(
                lambda: pipeline.ask('GET', '/v3/auth/catalog', x_auth_token=token)),
            'empty authenticated request': _microseconds(
                lambda: pipeline.ask('GET', '/v3/auth/domains', x_auth_token=token)),
            'token validated, remembered': _microseconds(lambda: validator.validate(token, {})),
            'token validated, after a change': _microseconds(afresh),
        }
    for name, figure in figures.items():
        report.line(f'{name:52} {figure:8.1f} µs {1e6 / figure:9.0f}/s')
    report.at_most('share of an empty request that a remembered token takes',
                   figures['token validated, remembered'] / figures['empty authenticated request'],
                   TARGET, '')


def _microseconds(once: Callable[[], object]) -> float:
    """What one call takes, the best of three rounds."""
    once()
    best = float('inf')
    for _ in range(3):
        calls, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < SECONDS / 3:
            once()
            calls += 1
        best = min(best, spent / calls)
    return best * 1e6
