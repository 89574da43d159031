"""The interface between the compute controllers and a cloud."""
from jumpgate.common.driver import Driver


class ComputeDriver(Driver):
    """What a cloud can do with servers."""
