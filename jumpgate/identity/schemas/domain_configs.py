"""Bodies of the configuration of domains; what may be in it, the controller knows."""
from __future__ import annotations

from jumpgate.common.schema import obj

CONFIG = obj(additional=True)
SHOWN = obj(['config'], config={'type': 'object', 'minProperties': 1})
