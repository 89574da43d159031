"""Domains."""
from __future__ import annotations

from typing import Any

from jumpgate.common.controller import Call, operation
from jumpgate.identity import lists, personas
from jumpgate.identity.models.domains import Domain, DomainChanges, NewDomain
from jumpgate.identity.schemas import domains as schemas
from jumpgate.identity.views.domains import DOMAIN

DOMAINS = lists.Collection('domains', DOMAIN, texts=('name',), flags=('enabled',))
_KNOWN = ('name', 'description', 'enabled', 'options', 'tags')


def _target(call: Call, domain_id: str) -> tuple[dict[str, Any], Domain]:
    domain = call.driver.get_domain(call.context, domain_id)
    return {'target.domain.id': domain.id}, domain


def _list_target(call: Call) -> tuple[dict[str, Any], None]:
    return lists.owned('domain.id', call.context.domain_id)


@operation('list_domains', reply=schemas.LIST, policy=personas.LIST_DOMAINS, target=_list_target)
def index(call: Call) -> dict[str, Any]:
    """List domains."""
    own = {'id': call.context.domain_id} if call.context.domain_id else {}
    query = DOMAINS.query(call, **own)
    return DOMAINS.reply(call, call.driver.list_domains(call.context, query), query)


@operation('create_domain', body=schemas.CREATE, reply=schemas.SHOWN, code=201,
           policy=personas.ADMIN)
def create(call: Call) -> dict[str, Any]:
    """Create domain."""
    body = call.body['domain']
    ours, extra = lists.split(body, _KNOWN, ('id', 'links', 'explicit_domain_id'))
    ours['name'] = ours['name'].strip()
    new = NewDomain(id=body.get('explicit_domain_id'), extra=extra, **_tuples(ours))
    return {'domain': DOMAIN.one(call.driver.create_domain(call.context, new), call)}


@operation('get_domain', reply=schemas.SHOWN, policy=personas.GET_DOMAIN, target=_target)
def show(call: Call, domain_id: str) -> dict[str, Any]:
    """Show domain."""
    return {'domain': DOMAIN.one(call.thing, call)}


@operation('update_domain', body=schemas.UPDATE, reply=schemas.SHOWN, policy=personas.ADMIN)
def update(call: Call, domain_id: str) -> dict[str, Any]:
    """Update domain."""
    body = call.body['domain']
    changes = DomainChanges(**_tuples(lists.changes(body, _KNOWN)))
    return {'domain': DOMAIN.one(
        call.driver.update_domain(call.context, domain_id, changes), call)}


@operation('delete_domain', code=204, policy=personas.ADMIN)
def delete(call: Call, domain_id: str) -> None:
    """Delete domain."""
    call.driver.delete_domain(call.context, domain_id)


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    if 'tags' in values:
        values['tags'] = tuple(values['tags'])
    return values

