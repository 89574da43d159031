"""Schemas of stores and imports."""
from __future__ import annotations

from jumpgate.common import schema

IMPORT = schema.obj(
    ['method'], additional=True,
    method=schema.obj(['name'], additional=True, name=schema.string(1, 255),
                      uri=schema.string(0, 4096)),
    stores=schema.array(schema.string(1, 255)),
    all_stores={'type': 'boolean'},
    all_stores_must_succeed={'type': 'boolean'})

_STORE = schema.obj(['id'], additional=True, id={'type': 'string'}, default={'type': 'string'},
                    description={'type': 'string'})
STORES = schema.obj(['stores'], stores=schema.array(_STORE))
METHODS = schema.wrapped('import-methods', schema.obj(
    ['description', 'type', 'value'], description={'type': 'string'}, type={'type': 'string'},
    value=schema.array({'type': 'string'})))
USAGE = schema.wrapped('usage', {'type': 'object'})
LOCATIONS = schema.array(schema.obj(['url', 'metadata'], url={'type': 'string'},
                                    metadata={'type': 'object'}))
