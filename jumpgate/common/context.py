"""Who is asking: the one object that every room of the gateway is handed."""
from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

#: The key under which the context rides on the WSGI environ.
ENVIRON_KEY = 'jumpgate.context'


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """The caller of one request, as the token says.

    A context without `user_id` is anonymous. `credential` is what a cloud's driver put into the
    token at login (an API key, say) and gets back on every request; it and the token are secrets,
    so they are left out of `repr`.
    """

    request_id: str = ''
    global_request_id: str | None = None
    user_id: str | None = None
    user_name: str | None = None
    user_domain_id: str | None = None
    user_domain_name: str | None = None
    project_id: str | None = None
    project_name: str | None = None
    project_domain_id: str | None = None
    project_domain_name: str | None = None
    domain_id: str | None = None
    domain_name: str | None = None
    system_scope: str | None = None
    trust_id: str | None = None
    trustor_id: str | None = None
    trustee_id: str | None = None
    application_credential_id: str | None = None
    roles: tuple[str, ...] = ()
    is_admin: bool = False
    expires_at: datetime.datetime | None = None
    audit_ids: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    token: str | None = dataclasses.field(default=None, repr=False)
    credential: Mapping[str, object] | None = dataclasses.field(default=None, repr=False)

    def in_request(self, request_id: str, global_request_id: str | None) -> RequestContext:
        """The same caller in another request; a quarter of what `dataclasses.replace` costs."""
        other = object.__new__(RequestContext)
        for get, put in _MEMBERS:
            put(other, get(self))
        _PUT_ID(other, request_id)
        _PUT_GLOBAL_ID(other, global_request_id)
        return other

    @property
    def is_anonymous(self) -> bool:
        return self.user_id is None

    def policy_credentials(self) -> dict[str, object]:
        """What oslo.policy calls `creds`."""
        return {
            'user_id': self.user_id,
            'user_domain_id': self.user_domain_id,
            'project_id': self.project_id,
            'tenant_id': self.project_id,
            'project_domain_id': self.project_domain_id,
            'domain_id': self.domain_id,
            'system_scope': self.system_scope,
            'roles': list(self.roles),
            'is_admin': self.is_admin,
            'trust_id': self.trust_id,
            'trustor_id': self.trustor_id,
            'trustee_id': self.trustee_id,
        }


def _member(name: str) -> Any:
    """The slot itself, which knows nothing of `frozen`."""
    return RequestContext.__dict__[name]


_MEMBERS = [(_member(field.name).__get__, _member(field.name).__set__)
            for field in dataclasses.fields(RequestContext)]
_PUT_ID = _member('request_id').__set__
_PUT_GLOBAL_ID = _member('global_request_id').__set__

ANONYMOUS = RequestContext()
