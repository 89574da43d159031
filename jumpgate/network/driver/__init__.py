"""The interface between the network controllers and a cloud."""
from jumpgate.common.driver import Driver


class NetworkDriver(Driver):
    """What a cloud can do with networks."""
