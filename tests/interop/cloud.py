"""The cloud under test, as its administrator sees it."""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from keystoneauth1 import exceptions, session
from keystoneauth1.identity import v3

#: Service → the types that it may have in a catalog, the one to look for first at the front.
TYPES = {
    'identity': ('identity',),
    'compute': ('compute',),
    'image': ('image',),
    'network': ('network',),
    'volume': ('block-storage', 'volumev3'),
    'object_storage': ('object-store',),
    'placement': ('placement',),
}
#: What follows the service itself in the URL of an endpoint: a version, a project.
_VERSION = re.compile(r'/v\d+(\.\d+)?(/[^/]+)?/?$')


class Unreachable(Exception):
    """The cloud does not let the administrator in; the message says why."""


class Cloud:
    """Asks a cloud what it has.

    :param login: the usual variables, OS_AUTH_URL and so on
    :raises Unreachable: the administrator cannot log in
    """

    def __init__(self, login: Mapping[str, str]) -> None:
        domain = login.get('OS_USER_DOMAIN_NAME', 'Default')
        self.login = dict(login)
        self.auth_url = login['OS_AUTH_URL'].rstrip('/').removesuffix('/v3') + '/v3'
        self._session = session.Session(v3.Password(
            self.auth_url, username=login['OS_USERNAME'], password=login['OS_PASSWORD'],
            user_domain_name=domain, project_name=login['OS_PROJECT_NAME'],
            project_domain_name=login.get('OS_PROJECT_DOMAIN_NAME', domain)))
        try:
            self.access = self._session.auth.get_access(self._session)
        except exceptions.ClientException as error:
            raise Unreachable(f'{self.auth_url}: {error}') from error
        self.region = login.get('OS_REGION_NAME') or self._first_region()

    def _first_region(self) -> str:
        regions = [endpoint['region_id'] for service in self.access.service_catalog.catalog
                   for endpoint in service['endpoints']]
        return regions[0] if regions else 'RegionOne'

    def catalog_type(self, service: str) -> str | None:
        """The type under which the service is in the catalog; None where it is not."""
        there = {entry['type'] for entry in self.access.service_catalog.catalog}
        return next((name for name in TYPES[service] if name in there), None)

    def url(self, service: str, version: str | None = None) -> str:
        """Where the service is: as the catalog says, or its root with another version."""
        if service == 'identity':
            return self.auth_url
        found: str = self.access.service_catalog.url_for(
            service_type=self.catalog_type(service), interface='public', region_name=self.region)
        return found.rstrip('/') if version is None else _VERSION.sub('', found) + version

    def send(self, method: str, url: str, **options: Any) -> tuple[int, Any]:
        """The status and the body (JSON read) of an answer; 0 and a text where none came."""
        try:
            answer = self._session.request(url, method, raise_exc=False, **options)
        except exceptions.ClientException as error:
            return 0, str(error)
        try:
            return answer.status_code, answer.json() if answer.content else None
        except json.JSONDecodeError:
            return answer.status_code, answer.text

    def ask(self, url: str, key: str) -> Any:
        """What a GET gives under this key; None where it is refused or not there."""
        status, body = self.send('GET', url)
        return body.get(key) if status in (200, 300) and isinstance(body, dict) else None

    def microversions(self, service: str, version: str) -> tuple[str, str] | None:
        """The oldest and the newest microversion of a version of the service, if it has any."""
        root = self.url(service, version) + '/'
        document = self.ask(root, 'version')
        documents = [document] if document else self.ask(root, 'versions') or []
        for one in documents:
            newest = one.get('version') or one.get('max_version')
            if newest and one.get('min_version'):
                return one['min_version'], newest
        return None
