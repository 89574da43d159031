"""What the bodies of identity have in common."""
from __future__ import annotations

from typing import Any

from jumpgate.common.schema import array, nullable, obj, string

BOOLEAN = {'type': 'boolean'}
#: Domains, projects and groups.
SHORT_NAME = string(1, 64, pattern=r'\S')
#: Users, roles, services and the rest.
NAME = string(1, 255, pattern=r'\S')
DESCRIPTION = nullable(string(0, None))
ID = string(1, 64, pattern=r'^[a-zA-Z0-9-]+$')
ANY_ID = string(1, 64)
TEXT = string(0, None)
URL = string(1, None)
TAG = string(1, 255, pattern=r'^[^,/]*$')
TAGS = array(TAG, maximum=80, unique=True)
#: Options of projects, domains and roles.
OPTIONS = obj(immutable=nullable(BOOLEAN))
TIME = nullable(string(1, 40, pattern=r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$'))

_SELF = obj(['self'], additional=True, self=TEXT)
_LIST_LINKS = obj(['self', 'next', 'previous'], self=TEXT, next=nullable(TEXT),
                  previous=nullable(TEXT))


def one(key: str, *, required: tuple[str, ...] = (), additional: bool = True,
        **properties: Any) -> dict[str, Any]:
    """The body of a request: ``{key: {…}}``; whatever stands beside it is not looked at."""
    inner = obj(required, additional=additional, **properties)
    return obj([key], additional=True, **{key: inner})


def change(key: str, **properties: Any) -> dict[str, Any]:
    """The body of a change: at least one attribute."""
    schema = one(key, **properties)
    schema['properties'][key]['minProperties'] = 1
    return schema


def shown(*, additional: bool = True, **properties: Any) -> dict[str, Any]:
    """A thing as it is shown; every property is required."""
    return obj((*properties, 'links'), additional=additional, **properties, links=_SELF)


def reply(key: str, thing: dict[str, Any]) -> dict[str, Any]:
    """A reply with one thing."""
    return obj([key], **{key: thing})


def replies(key: str, thing: dict[str, Any]) -> dict[str, Any]:
    """A reply with a list."""
    return obj([key, 'links'], truncated=BOOLEAN, links=_LIST_LINKS, **{key: array(thing)})
