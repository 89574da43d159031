"""The `jumpgate` command: finds the subcommand, and imports nothing of the others."""
from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

#: Subcommand → what it is for. Each is a module of this package with ``add_parser(subparsers)``
#: and ``run(args) -> int``.
COMMANDS = {
    'serve': 'start the gateway',
    'openrc': 'print what an OpenStack client needs to log in',
    'endpoints': 'list the endpoints and who answers them',
    'check': 'say what is wrong with the configuration',
    'keys': 'make or rotate the token keys',
    'db': 'bring the database up to date',
    'clock': "tell or advance the embedded clouds' clock",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = next((word for word in arguments if not word.startswith('-')), None)
    parser = argparse.ArgumentParser(
        prog='jumpgate', description='The OpenStack API in front of any cloud.',
        epilog="'jumpgate COMMAND --help' tells more about a command.")
    parser.add_argument('--version', action=_Version, nargs=0, help='print the version')
    subparsers = parser.add_subparsers(dest='command', metavar='COMMAND', required=True)
    module = None
    for name, purpose in COMMANDS.items():
        if name == wanted:
            module = importlib.import_module(f'jumpgate.cmd.{name}')
            module.add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=purpose)
    args = parser.parse_args(arguments)
    if module is None:
        parser.error('which command?')
    try:
        return int(module.run(args) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # the reader, such as head(1), has enough
        sys.stderr.close()
        return 0


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *args: object, **kwargs: object) -> None:
        from importlib import metadata
        print(f'jumpgate {metadata.version("jumpgate")}')
        parser.exit()


if __name__ == '__main__':
    sys.exit(main())
