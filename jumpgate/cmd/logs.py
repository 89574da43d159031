"""The log of the `jumpgate` command and of its workers, by oslo.log."""
from __future__ import annotations

from oslo_config import cfg
from oslo_log import log


def set_up(conf: cfg.ConfigOpts) -> None:
    """Log as the configuration says: to standard error, unless it names another place."""
    log.setup(conf, 'jumpgate')
