"""Schemas of version documents."""
from __future__ import annotations

from jumpgate.common import schema

VERSIONS = schema.obj(['versions'], versions=schema.array(schema.obj(
    ['id', 'status', 'links'], id={'type': 'string'}, status={'enum': ['CURRENT', 'SUPPORTED']},
    links=schema.array(schema.obj(['rel', 'href'], rel={'type': 'string'},
                                  href={'type': 'string'}), minimum=1)), minimum=1))
