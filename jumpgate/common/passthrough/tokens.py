"""Upstream tokens of our own: a service credential per project, as the project map says."""
from __future__ import annotations

import dataclasses
import os
import stat
import time
from collections.abc import Mapping
from typing import Any

import yaml

from jumpgate.common import errors
from jumpgate.common.sources import BadDriver

_KEYS = frozenset((
    'project_id', 'username', 'user_id', 'password', 'user_domain_id', 'user_domain_name',
    'application_credential_id', 'application_credential_secret'))

#: Seconds for which a token is given out unasked. keystoneauth1 parses the date of expiry whenever
#: it is asked (11 µs), and renews two minutes ahead.
_RECENT = 10.0


@dataclasses.dataclass(frozen=True, slots=True)
class Credential:
    """Who we are in one project of the upstream.

    :param project_id: the upstream's id of the project; '' where `auth` names it
    :param auth: keywords of keystoneauth1's v3 plugin
    """

    project_id: str
    auth: Mapping[str, str] = dataclasses.field(repr=False)


def load_project_map(path: str) -> dict[str, Credential]:
    """Read the file that gives each project of ours one of the upstream, with a credential.

    YAML, or JSON, which is YAML too::

        <our project id>:
          project_id: <theirs>
          username: gateway
          password: secret
          user_domain_name: Default      # or application_credential_id and …_secret

    :raises BadDriver: with what to change, where the file is not usable or others may read it
    """
    try:
        with open(path, encoding='utf-8') as file:
            mode = os.fstat(file.fileno()).st_mode
            document = yaml.safe_load(file)
    except OSError as error:
        raise BadDriver(f'[openstack] project_map = {path}: {error.strerror}') from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise BadDriver(f'[openstack] project_map = {path} is neither YAML nor JSON') from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadDriver(f'[openstack] project_map = {path} holds passwords and can be read by '
                        f'others; run "chmod 0600 {path}"')
    if not isinstance(document, dict) or not document:
        raise BadDriver(f'[openstack] project_map = {path} must map project ids to credentials')
    return {str(project): _credential(path, str(project), entry)
            for project, entry in document.items()}


def _credential(path: str, project: str, entry: Any) -> Credential:
    where = f'[openstack] project_map = {path}, project {project}'
    if not isinstance(entry, dict):
        raise BadDriver(f'{where}: give project_id and a credential')
    unknown = set(entry) - _KEYS
    if unknown:
        raise BadDriver(f'{where}: unknown keys {", ".join(sorted(map(str, unknown)))}')
    if 'project_id' not in entry:
        raise BadDriver(f'{where}: project_id of the upstream is missing')
    auth = {key: str(value) for key, value in entry.items() if key != 'project_id'}
    if 'application_credential_id' in auth:
        wanted = {'application_credential_id', 'application_credential_secret'}
        complete = set(auth) == wanted
    else:
        complete = 'password' in auth and (
            'user_id' in auth
            or ('username' in auth and bool({'user_domain_id', 'user_domain_name'} & set(auth))))
    if not complete:
        raise BadDriver(f'{where}: give username, password and user_domain_name (or user_id and '
                        'password), or application_credential_id and '
                        'application_credential_secret')
    return Credential(str(entry['project_id']), auth)


class ServiceTokens:
    """Tokens for the upstream, asked for once and kept until shortly before they expire.

    :param credentials: our project id → credential
    :param auth_url: of the upstream's Keystone, with its version
    :param verify: a CA file, or whether certificates are checked at all
    :param cert: a client certificate and its key
    """

    def __init__(self, credentials: Mapping[str, Credential], auth_url: str, *,
                 verify: str | bool, cert: tuple[str, str] | str | None, timeout: float) -> None:
        # keystoneauth1 brings requests along: only who needs it pays for it
        from keystoneauth1 import session
        from keystoneauth1.identity import v3

        self._session: Any = session.Session(verify=verify, cert=cert, timeout=timeout)
        self._session.session.trust_env = False  # no proxies of the environment
        self._credentials = dict(credentials)
        self._plugins: dict[str, Any] = {}
        #: project id → its token, and when keystoneauth1 is to be asked about it again
        self._recent: dict[str, tuple[str, float]] = {}
        for project, credential in self._credentials.items():
            keywords: dict[str, Any] = dict(credential.auth)
            if 'application_credential_id' in keywords:
                self._plugins[project] = v3.ApplicationCredential(auth_url, **keywords)
            else:
                if credential.project_id:
                    keywords['project_id'] = credential.project_id
                self._plugins[project] = v3.Password(auth_url, **keywords)

    def project(self, project_id: str | None) -> str:
        """The upstream's id of one of our projects.

        :raises errors.Forbidden: if the map does not have it
        """
        return self._credential(project_id).project_id

    def token(self, project_id: str | None) -> str:
        """A token for the upstream's project.

        :raises errors.Forbidden: if the map does not have the project
        :raises errors.CloudUnavailable: if the upstream does not give one
        """
        recent = self._recent.get(project_id or '')
        if recent is not None and time.monotonic() < recent[1]:
            return recent[0]
        from keystoneauth1 import exceptions

        self._credential(project_id)
        try:
            token: str | None = self._plugins[str(project_id)].get_token(self._session)
        except exceptions.ClientException as error:
            raise errors.CloudUnavailable(
                'The cloud behind this endpoint gives the gateway no token for this project.'
            ) from error
        if not token:
            raise errors.CloudUnavailable()
        self._recent[str(project_id)] = token, time.monotonic() + _RECENT
        return token

    def any_token(self) -> str:
        """A token of whichever project, to look at the catalog.

        :raises errors.CloudUnavailable: if the upstream does not give one
        """
        return self.token(next(iter(self._credentials)))

    def forget(self, project_id: str | None) -> None:
        """Ask anew the next time: the upstream refused the token."""
        self._recent.pop(str(project_id), None)
        plugin = self._plugins.get(str(project_id))
        if plugin is not None:
            plugin.invalidate()

    def _credential(self, project_id: str | None) -> Credential:
        credential = self._credentials.get(project_id or '')
        if credential is None:
            raise errors.Forbidden('This project has no counterpart in the cloud behind this '
                                   'endpoint.')
        return credential
