"""The interface between the image controllers and a cloud."""
from jumpgate.common.driver import Driver


class ImageDriver(Driver):
    """What a cloud can do with images."""
