"""Runs tests of Tempest, which has a virtual environment of its own."""
from __future__ import annotations

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from typing import IO

from tests.interop.outcomes import Outcomes

#: Seconds that one test may take.
_TEST_TIMEOUT = 300
_LIST = 'tests.txt'
_ERRORS = 'tempest.stderr'


class TempestFailed(Exception):
    """Tempest could not start; the message has what it said."""


class Tempest:
    """A workspace, and the runs in it.

    :param command: the `tempest` of a virtual environment
    :param folder: becomes the workspace: configuration, log, results
    """

    def __init__(self, command: pathlib.Path, folder: pathlib.Path) -> None:
        self._command = str(command.absolute())
        self.folder = folder
        self.config_file = folder / 'etc' / 'tempest.conf'

    def set_up(self) -> None:
        """Make the workspace.

        :raises TempestFailed: with what Tempest said
        """
        # the registry of workspaces would be in the home folder
        done = subprocess.run(
            [self._command, 'init', '--workspace-path', str(self.folder / 'workspaces.yaml'),
             '--name', 'interop', str(self.folder)],
            capture_output=True, text=True, check=False, env=self._environment())
        if done.returncode:
            raise TempestFailed(done.stdout + done.stderr)

    def run(self, tests: Iterable[str], outcomes: Outcomes, concurrency: int,
            timeout: float) -> bool:
        """Run these tests, and add what becomes of them; False where the time was not enough."""
        chosen = self.folder / _LIST
        chosen.write_text(''.join(expressions(tests)))
        with (self.folder / _ERRORS).open('wb') as errors:
            process = subprocess.Popen(
                [self._command, 'run', '--config-file', str(self.config_file), '--subunit',
                 '--include-list', str(chosen), '--concurrency', str(concurrency)],
                cwd=self.folder, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=errors, start_new_session=True)
        assert process.stdout is not None
        reader = threading.Thread(target=self._read, args=(process.stdout, outcomes))
        reader.start()
        in_time = _wait(process, timeout)
        reader.join()
        return in_time

    def _read(self, stream: IO[bytes], outcomes: Outcomes) -> None:
        with (self.folder / 'results.subunit').open('wb') as copy:
            outcomes.read(Tee(stream, copy))  # type: ignore[arg-type]

    def errors(self) -> str:
        """The end of what Tempest wrote to its standard error."""
        return (self.folder / _ERRORS).read_text(errors='replace')[-3000:]

    def _environment(self) -> dict[str, str]:
        # the login of whoever starts this is none of the tests'
        env = {name: value for name, value in os.environ.items()
               if not name.startswith(('OS_', 'TEMPEST_', 'PYTHON'))}
        # stestr starts its workers with the interpreter that it is told
        python = pathlib.Path(self._command).with_name('python')
        return env | {
            'PYTHON': str(python), 'PYTHONWARNINGS': 'ignore',
            'TEMPEST_CONFIG_DIR': str(self.config_file.parent),
            'TEMPEST_CONFIG': self.config_file.name,
            'OS_STDOUT_CAPTURE': '1', 'OS_STDERR_CAPTURE': '1', 'OS_LOG_CAPTURE': '1',
            'OS_TEST_TIMEOUT': str(_TEST_TIMEOUT),
        }


class Tee:
    """A stream that is copied as it is read."""

    def __init__(self, stream: IO[bytes], copy: IO[bytes]) -> None:
        self._stream = stream
        self._copy = copy

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._copy.write(data)
        return data


def expressions(tests: Iterable[str]) -> Sequence[str]:
    """Lines of Tempest's list of regular expressions that match these tests and no others."""
    return [rf'^{re.escape(test)}(\[|$)' + '\n' for test in tests]


def _wait(process: subprocess.Popen[bytes], timeout: float) -> bool:
    """Whether the process ended in time; none of its workers is left when this returns."""
    try:
        process.wait(timeout)
        return True
    except subprocess.TimeoutExpired:
        print(f'the time limit of {timeout:.0f} s is over', file=sys.stderr)
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
