"""How an access rule looks."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jumpgate.common.view import Caller, Field, View
from jumpgate.identity.models.application_credentials import AccessRule

_RULE = View(Field('id'), Field('service'), Field('path'), Field('method'))


def many(rules: Iterable[AccessRule], call: Caller, user_id: str) -> list[dict[str, Any]]:
    """The rules of a user, each with a link to itself."""
    return [{**shown, 'links': {'self': call.url(
        'v3_user_access_rule', user_id=user_id, access_rule_id=shown['id'])}}
        for shown in _RULE.many(rules, call)]


def one(rule: AccessRule, call: Caller, user_id: str) -> dict[str, Any]:
    """As `many`, for a single one."""
    return many((rule,), call, user_id)[0]
