"""The first start: token keys, database, first users. Run by `serve` before any worker exists."""
from __future__ import annotations

import gc

# a process of a second: what it would find is gone with it
gc.disable()

import logging  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

from oslo_config import cfg  # noqa: E402

from jumpgate import config  # noqa: E402
from jumpgate.cmd import check, logs  # noqa: E402
from jumpgate.common import errors  # noqa: E402
from jumpgate.identity.keys import KeyRepository  # noqa: E402
from jumpgate.store import prepare  # noqa: E402


def main() -> int:
    """Get the state folder ready; return the exit code, 1 with a message on standard error."""
    try:
        conf = config.load()
        logs.set_up(conf)
        if not conf.debug:
            # it counts its plugins at every start
            logging.getLogger('alembic').setLevel(logging.WARNING)
        fatal = [problem for problem in check.basic_problems(conf) if problem.fatal]
        if fatal:
            print(*fatal, sep='\n', file=sys.stderr)
            return 1
        prepare.prepare(conf)
        if conf.identity.driver:
            KeyRepository.of(conf).setup()
    except (cfg.Error, errors.Error, OSError) as error:
        print(f'jumpgate: {error}', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    code = main()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    # workers wait for the end: taking a thousand modules apart would be a tenth of a second more
    os._exit(code)
