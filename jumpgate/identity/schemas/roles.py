"""Bodies of roles and of what they imply."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import array, nullable, obj
from jumpgate.identity.schemas import parts

_PROPERTIES: dict[str, Any] = {
    'name': parts.NAME, 'description': parts.DESCRIPTION, 'options': parts.OPTIONS,
    'domain_id': nullable(parts.ID)}

CREATE = parts.one('role', required=('name',), **_PROPERTIES)
UPDATE = parts.change('role', **_PROPERTIES)

_ROLE = parts.shown(id=parts.ANY_ID, name=parts.TEXT, domain_id=nullable(parts.ANY_ID),
                    description=parts.DESCRIPTION, options=parts.OPTIONS)
SHOWN = parts.reply('role', _ROLE)
LIST = parts.replies('roles', _ROLE)

_REF = obj(['id', 'name', 'links'], additional=True, id=parts.ANY_ID, name=parts.TEXT,
           links={'type': 'object'})
_LINKS = {'type': 'object'}
INFERENCE = obj(['role_inference', 'links'], links=_LINKS, role_inference=obj(
    ['prior_role', 'implies'], prior_role=_REF, implies=_REF))
IMPLIED = obj(['role_inference', 'links'], links=_LINKS, role_inference=obj(
    ['prior_role', 'implies'], prior_role=_REF, implies=array(_REF)))
INFERENCES = obj(['role_inferences'], role_inferences=array(obj(
    ['prior_role', 'implies'], prior_role=_REF, implies=array(_REF))))
