"""The interface between the volume controllers and a cloud."""
from jumpgate.common.driver import Driver


class VolumeDriver(Driver):
    """What a cloud can do with volumes."""
