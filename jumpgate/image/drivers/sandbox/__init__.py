"""The embedded image service: rows in the gateway's database, data in files."""
from __future__ import annotations

from typing import Any

from oslo_config import cfg

from jumpgate.image import driver
from jumpgate.image.drivers.sandbox import bootstrap
from jumpgate.image.drivers.sandbox.data import ImageData
from jumpgate.image.drivers.sandbox.definitions import Definitions
from jumpgate.image.drivers.sandbox.members import Members
from jumpgate.image.drivers.sandbox.namespaces import Namespaces
from jumpgate.image.drivers.sandbox.stores import Stores


class SandboxImage(Stores, ImageData, Members, Namespaces, Definitions, driver.ImageDriver):
    """Everything that the image API has."""


def setup_routes(app: Any, disp: Any) -> None:
    """Let the sandbox answer."""
    disp.set_driver(SandboxImage(app.config))


def prepare(conf: cfg.ConfigOpts) -> None:
    """Make the first images, and tidy up after a process that died."""
    bootstrap.prepare(SandboxImage(conf))
