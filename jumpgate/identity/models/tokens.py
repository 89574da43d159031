"""Who asks for a token, what a token says, and what is true of it now."""
from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Mapping

from jumpgate.common.model import model


class ScopeKind(enum.StrEnum):
    """What a token is good for."""

    UNSCOPED = 'unscoped'
    PROJECT = 'project'
    DOMAIN = 'domain'
    SYSTEM = 'system'
    TRUST = 'trust'


@model
class DomainWish:
    """A domain as a login names it: by id or by name."""

    id: str | None = None
    name: str | None = None


@model
class UserWish:
    """A user as a login names it: by id, or by name and domain."""

    id: str | None = None
    name: str | None = None
    domain: DomainWish | None = None


@model
class ScopeWish:
    """The scope that a login asks for.

    :param id: of the project, domain or trust
    :param name: of the project or domain
    :param domain: of the project, where it is given by name
    """

    kind: ScopeKind
    id: str | None = None
    name: str | None = None
    domain: DomainWish | None = None


@model
class Claim:
    """What a token says.

    :param scope_id: of the project (a trust's too) or domain
    :param issued_at: seconds since 1970
    :param expires_at: seconds since 1970
    :param audit_ids: the token's own, and that of the first of the chain it was made from
    :param credential: what the driver wants to get back with every request; kept secret
    """

    user_id: str
    methods: tuple[str, ...] = ()
    scope: ScopeKind = ScopeKind.UNSCOPED
    scope_id: str | None = None
    issued_at: float = 0.0
    expires_at: float = 0.0
    audit_ids: tuple[str, ...] = ()
    trust_id: str | None = None
    application_credential_id: str | None = None
    credential: Mapping[str, object] | None = dataclasses.field(default=None, repr=False)


@model
class Login:
    """What somebody shows to get a token.

    :param methods: in the order given: ``password``, ``token``, …
    :param token: what the shown token says, with the method ``token``
    :param passcode: with the method ``totp``
    :param application_credential_id: with that method; or its name and the user
    :param scope: None: none was asked for, so that the driver may choose the default project
    """

    methods: tuple[str, ...]
    user: UserWish | None = None
    password: str | None = dataclasses.field(default=None, repr=False)
    token: Claim | None = None
    passcode: str | None = dataclasses.field(default=None, repr=False)
    application_credential_id: str | None = None
    application_credential_name: str | None = None
    application_credential_secret: str | None = dataclasses.field(default=None, repr=False)
    scope: ScopeWish | None = None


@model
class DomainRef:
    """A domain by id and name."""

    id: str
    name: str


@model
class RoleRef:
    """A role by id and name."""

    id: str
    name: str


@model
class UserRef:
    """The user of a principal."""

    id: str
    name: str
    domain: DomainRef
    password_expires_at: datetime.datetime | None = None


@model
class ProjectRef:
    """The project of a principal."""

    id: str
    name: str
    domain: DomainRef
    is_domain: bool = False


@model
class TrustRef:
    """The trust that a principal acts by."""

    id: str
    trustor_user_id: str
    trustee_user_id: str
    impersonation: bool


@model
class ApplicationCredentialRef:
    """The application credential that a principal logged in with."""

    id: str
    name: str
    restricted: bool = True
    access_rules: tuple[Mapping[str, object], ...] | None = None


@model
class Principal:
    """Somebody with a scope and roles, as it is now.

    :param methods: how they logged in
    :param project: in a project or trust scope
    :param domain: in a domain scope
    :param system: in a system scope
    :param expires_at: seconds since 1970; None: the configured lifetime from now
    :param chain: the audit id of the first token of the chain, with the method ``token``
    :param credential: goes into the token, and comes back in every request's context
    """

    user: UserRef
    methods: tuple[str, ...] = ()
    project: ProjectRef | None = None
    domain: DomainRef | None = None
    system: bool = False
    roles: tuple[RoleRef, ...] = ()
    trust: TrustRef | None = None
    application_credential: ApplicationCredentialRef | None = None
    expires_at: float | None = None
    chain: str | None = None
    credential: Mapping[str, object] | None = dataclasses.field(default=None, repr=False)

    @property
    def is_unscoped(self) -> bool:
        return self.project is None and self.domain is None and not self.system


@model
class Revocation:
    """A token that was ended early."""

    audit_id: str
    revoked_at: datetime.datetime
