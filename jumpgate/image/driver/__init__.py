"""The interface between the image controllers and a cloud: one file a noun."""
from __future__ import annotations

from jumpgate.image.driver.data import Data
from jumpgate.image.driver.definitions import (
    Definitions,
    Objects,
    Properties,
    ResourceTypes,
    Tags,
)
from jumpgate.image.driver.images import Images
from jumpgate.image.driver.members import Members
from jumpgate.image.driver.namespaces import Namespaces
from jumpgate.image.driver.stores import Stores
from jumpgate.image.driver.tasks import Tasks

__all__ = ['Data', 'Definitions', 'ImageDriver', 'Images', 'Members', 'Namespaces', 'Objects',
           'Properties', 'ResourceTypes', 'Stores', 'Tags', 'Tasks']


class ImageDriver(Images, Data, Members, Tasks, Stores, Namespaces, Definitions):
    """The whole image interface."""
