"""Everything is passed through to the Neutron of a real OpenStack."""
from __future__ import annotations

from typing import TYPE_CHECKING

from jumpgate.common.passthrough import Upstream

if TYPE_CHECKING:
    from jumpgate.api import Jumpgate
    from jumpgate.common.dispatcher import Dispatcher


def setup_routes(app: Jumpgate, disp: Dispatcher) -> None:
    disp.set_upstream(Upstream(app, disp.service))
