"""What the embedded identity service begins with: a domain, two projects, two users, the roles."""
from __future__ import annotations

import dataclasses
import itertools
import secrets
from concurrent import futures
from typing import TYPE_CHECKING

from oslo_config import cfg

from jumpgate.identity.drivers.sandbox.base import DEFAULT_DOMAIN, new_id
from jumpgate.identity.models.assignments import SYSTEM, ActorKind, Grant, TargetKind
from jumpgate.identity.models.projects import Project
from jumpgate.identity.models.roles import Role
from jumpgate.identity.models.users import User
from jumpgate.store import prepare
from jumpgate.store.unit_of_work import in_unit

if TYPE_CHECKING:
    from jumpgate.identity.drivers.sandbox import SandboxIdentity

#: Each role implies the next but one that stands alone.
_CHAIN = ('admin', 'manager', 'member', 'reader')
_ALONE = 'service'
#: User and project of the same name → the user's role there.
_USERS = {'admin': 'admin', 'demo': 'member'}


def bootstrap(cloud: SandboxIdentity) -> None:
    """Make what is missing. Runs under the lock of `store.prepare`."""
    conf = cloud.conf
    passwords = prepare.read_passwords(conf)
    fresh: dict[str, str] = {}
    for name in _USERS:
        user = cloud.users.first(domain_id=DEFAULT_DOMAIN, name=name)
        wanted = _wanted_password(conf, name, passwords)
        if user is None or (name == 'admin' and wanted != passwords.get(name)
                            and conf.identity.admin_password):
            passwords[name] = fresh[name] = wanted
    # a quarter of a second each, which whoever starts the gateway for the first time waits for
    with futures.ThreadPoolExecutor() as pool:
        hashes = dict(zip(fresh, pool.map(cloud.hash_password, fresh.values()), strict=True))
    if hashes:
        # Before the users: a user whose password nobody knows would help nobody.
        prepare.write_passwords(conf, passwords)
    if hashes or not cloud.roles.has(name=_CHAIN[0]):
        in_unit(cloud.store, lambda: _fill(cloud, hashes))


def _wanted_password(conf: cfg.ConfigOpts, name: str, known: dict[str, str]) -> str:
    if name == 'admin' and conf.identity.admin_password:
        return str(conf.identity.admin_password)
    return known.get(name) or secrets.token_urlsafe(18)


def _fill(cloud: SandboxIdentity, hashes: dict[str, str]) -> None:
    if not cloud.projects.has(id=DEFAULT_DOMAIN):
        cloud.projects.insert(Project(id=DEFAULT_DOMAIN, name='Default', is_domain=True,
                                      description='The default domain'))
    roles = {name: _role(cloud, name) for name in (*_CHAIN, _ALONE)}
    for prior, implied in itertools.pairwise(_CHAIN):
        cloud.insert_inference(roles[prior].id, roles[implied].id)
    for name, role in _USERS.items():
        project = _project(cloud, name)
        if name in hashes:
            user = _user(cloud, name, hashes[name])
            _grant(cloud, Grant(actor=ActorKind.USER, actor_id=user.id,
                                target=TargetKind.PROJECT, target_id=project.id,
                                role_id=roles[role].id))
            if name == 'admin':
                _grant(cloud, Grant(actor=ActorKind.USER, actor_id=user.id,
                                    target=TargetKind.SYSTEM, target_id=SYSTEM,
                                    role_id=roles[role].id))
    cloud.end_remembered_tokens()


def _role(cloud: SandboxIdentity, name: str) -> Role:
    return cloud.roles.first(owner_id='', name=name) or cloud.roles.insert(
        Role(id=new_id(), name=name, options={'immutable': True}))


def _project(cloud: SandboxIdentity, name: str) -> Project:
    return cloud.projects.first(owner_id=DEFAULT_DOMAIN, name=name) or cloud.projects.insert(
        Project(id=new_id(), name=name, domain_id=DEFAULT_DOMAIN, parent_id=DEFAULT_DOMAIN))


def _user(cloud: SandboxIdentity, name: str, hashed: str) -> User:
    user = cloud.users.first(domain_id=DEFAULT_DOMAIN, name=name)
    if user is not None:
        cloud.users.update(dataclasses.replace(user, enabled=True, password_expires_at=None))
        cloud.replace_password(user, hashed)
        return user
    user = cloud.users.insert(User(id=new_id(), name=name, domain_id=DEFAULT_DOMAIN))
    cloud.start_secrets(user, hashed)
    return user


def _grant(cloud: SandboxIdentity, grant: Grant) -> None:
    if not cloud.grants(like=grant):
        cloud.insert_grant(grant)
