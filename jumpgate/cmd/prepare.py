"""The first start: token keys, database, first users. Run by `serve` before any worker exists."""
from __future__ import annotations

import logging
import sys

from oslo_config import cfg

from jumpgate import config
from jumpgate.cmd import check, logs
from jumpgate.common import errors
from jumpgate.identity.keys import KeyRepository
from jumpgate.store import prepare


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
    sys.exit(main())
