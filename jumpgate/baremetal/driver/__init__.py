"""The interface between the baremetal controllers and a cloud."""
from jumpgate.common.driver import Driver


class BaremetalDriver(Driver):
    """What a cloud can do with bare machines."""
