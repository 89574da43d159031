"""Bodies of role assignments."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import array, obj
from jumpgate.identity.schemas import parts

_DOMAIN = obj(['id'], id=parts.ANY_ID, name=parts.TEXT)
_REF = obj(['id'], id=parts.ANY_ID, name=parts.TEXT, domain=_DOMAIN)
_INHERITED: dict[str, Any] = {'OS-INHERIT:inherited_to': {'const': 'projects'}}
_SCOPE = obj(project=_REF, domain=_REF, system=obj(['all'], all=parts.BOOLEAN), **_INHERITED)
_LINKS = obj(['assignment'], assignment=parts.TEXT, membership=parts.TEXT, prior_role=parts.TEXT)

LIST = obj(['role_assignments', 'links'], links={'type': 'object'}, truncated=parts.BOOLEAN,
           role_assignments=array(obj(
               ['role', 'scope', 'links'], role=_REF, user=_REF, group=_REF, scope=_SCOPE,
               links=_LINKS)))
