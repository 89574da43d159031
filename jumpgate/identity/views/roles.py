"""How a role looks, and what it implies."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate.common.view import Caller, Field, Link, Nested, Spread, View
from jumpgate.identity.models.roles import Role

_LINKS = Field('links', Nested(Field('self', Link('v3_role', role_id='id'))))
ROLE = View(Spread('extra'), Field('id'), Field('name'), Field('domain_id'),
            Field('description'), Field('options'), _LINKS)

#: As a part of an inference.
_BRIEF = View(Field('id'), Field('name'), _LINKS)


def inference(prior: Role, implied: Role, call: Caller) -> dict[str, Any]:
    """One role that another implies."""
    return {'prior_role': _BRIEF.one(prior, call), 'implies': _BRIEF.one(implied, call)}


def implied(prior: Role, all_implied: Iterable[Role], call: Caller) -> dict[str, Any]:
    """All roles that another implies."""
    return {'prior_role': _BRIEF.one(prior, call), 'implies': _BRIEF.many(all_implied, call)}
