"""The parent of the workers: starts them, replaces those that die, stops and reloads them.

It holds the listening sockets, so that no connection is refused while workers come and go. It has
neither threads nor an event loop beyond one `select`, and loads no application.
"""
from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

LOG = logging.getLogger(__name__)

#: A worker that lived shorter than this died of itself; the next one waits.
_QUICK_DEATH = 10.0
_MAX_DELAY = 30.0
_READY = b'R'
_GO = b'G'


class StartFailed(Exception):
    """The first workers, or the new ones of a reload, did not get ready."""


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """How a set of workers is started.

    :param arguments: the worker's command line, without the interpreter
    :param sockets: handed down to the workers under their own numbers
    :param start_timeout: seconds within which a worker must be ready
    :param graceful_timeout: seconds that its requests have to finish when it is stopped
    :param gate: starts what must end well before a worker of a new set loads the application;
        until then the workers import
    """

    arguments: Sequence[str]
    sockets: Sequence[socket.socket]
    workers: int
    start_timeout: float
    graceful_timeout: float
    gate: Callable[[], subprocess.Popen[bytes]] | None = None


class Worker:
    """A worker process, and the line that connects it with its parent.

    The worker waits for one byte before it loads the application, and writes one when it is ready;
    it stops when the line ends, so that no worker outlives a killed parent.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.started = time.monotonic()
        self.ready = False
        self.stopping = False
        self.told_to_stop = False
        self.deadline: float | None = None
        self.line, theirs = socket.socketpair()
        with theirs:
            descriptors = [sock.fileno() for sock in plan.sockets]
            # the arguments are ours, and no shell reads them
            self.process = subprocess.Popen(
                [sys.executable, *plan.arguments, str(theirs.fileno())],
                pass_fds=[*descriptors, theirs.fileno()], stdin=subprocess.DEVNULL)
        self.line.setblocking(False)

    def go(self) -> None:
        """Let it load the application."""
        with contextlib.suppress(OSError):
            self.line.send(_GO)

    def stop(self) -> None:
        """Have it finish its requests and go."""
        if not self.stopping:
            self.stopping = self.told_to_stop = True
            self.deadline = time.monotonic() + self.plan.graceful_timeout + 2
            self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self.stopping = True
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)


class Supervisor:
    """Keeps a set of workers alive until it is told to stop.

    :param make_plan: reads the configuration anew and gets everything ready; called at the start
        and at each reload. What it raises ends the start, and cancels a reload.
    :param on_ready: called once, when the first workers accept requests
    """

    def __init__(self, make_plan: Callable[[], Plan], on_ready: Callable[[], None]) -> None:
        self._make_plan = make_plan
        self._on_ready = on_ready
        self._workers: list[Worker] = []
        self._plan: Plan | None = None
        self._respawn_after = 0.0
        self._delay = 0.0
        self._stopping = False
        self._reload_wanted = False
        self._selector = selectors.DefaultSelector()

    def run(self) -> int:
        """Serve until a signal ends it; the exit code of the process."""
        with self._signals():
            try:
                self._plan = self._make_plan()
                self._start_set(self._plan)
                if not self._stopping:
                    self._on_ready()
                while not self._stopping:
                    self._turn()
            except StartFailed as error:
                print(f'jumpgate serve: {error}', file=sys.stderr)
                return 1
            finally:
                self._stop_all()
        return 0

    # -- signals ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """Have signals arrive as bytes on a socket, where `select` sees them."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
        before = {number: signal.signal(number, lambda *_: None) for number in numbers}
        wakeup = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        self._selector.register(ours, selectors.EVENT_READ, None)
        try:
            yield
        finally:
            self._selector.unregister(ours)
            signal.set_wakeup_fd(wakeup)
            for number, handler in before.items():
                signal.signal(number, handler)
            ours.close()
            theirs.close()

    def _take_signals(self, sock: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            for number in sock.recv(64):
                if number in (signal.SIGTERM, signal.SIGINT):
                    if self._stopping:
                        # asked twice: do not wait for the requests any longer
                        for worker in self._workers:
                            worker.kill()
                    self._stopping = True
                elif number == signal.SIGHUP:
                    if _terminal_is_gone():
                        self._stopping = True
                    self._reload_wanted = True

    # -- one turn -----------------------------------------------------------------------------

    def _turn(self) -> None:
        self._wait()
        if self._reload_wanted and not self._stopping:
            self._reload_wanted = False
            self._reload()
        if self._plan is not None and self._missing() and self._respawn_after <= time.monotonic():
            self._spawn(self._plan).go()

    def _missing(self) -> int:
        """How many workers of the set are not there."""
        if self._plan is None or self._stopping:
            return 0
        return self._plan.workers - sum(worker.plan is self._plan and not worker.stopping
                                        for worker in self._workers)

    def _wait(self) -> None:
        """Sleep until something happens: a signal, a ready worker, a deadline."""
        for key, _ in self._selector.select(self._time_left()):
            if key.data is None:
                self._take_signals(key.fileobj)  # type: ignore[arg-type]
            else:
                self._hear(key.data)
        self._reap()
        now = time.monotonic()
        for worker in self._workers:
            if worker.deadline is not None and worker.deadline <= now:
                LOG.warning('worker %d did not %s in time; killing it', worker.process.pid,
                            'stop' if worker.stopping else 'start')
                worker.deadline = None
                worker.kill()

    def _time_left(self) -> float | None:
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        if self._missing() > 0:
            deadlines.append(self._respawn_after)
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _hear(self, worker: Worker) -> None:
        try:
            said = worker.line.recv(1)
        except OSError:
            said = b''
        if said == _READY:
            worker.ready = True
            worker.deadline = None
        self._selector.unregister(worker.line)

    def _reap(self) -> None:
        for worker in [worker for worker in self._workers if worker.process.poll() is not None]:
            self._workers.remove(worker)
            self._forget(worker)
            if worker.told_to_stop or self._stopping:
                continue
            code = worker.process.returncode
            LOG.error('worker %d died (%s)', worker.process.pid,
                      f'signal {-code}' if code < 0 else f'exit code {code}')
            # those that die at once are replaced ever more slowly
            lived = time.monotonic() - worker.started
            self._delay = 0.1 if lived > _QUICK_DEATH else min(_MAX_DELAY, self._delay * 2 or 0.1)
            self._respawn_after = time.monotonic() + self._delay

    def _forget(self, worker: Worker) -> None:
        with contextlib.suppress(KeyError):
            self._selector.unregister(worker.line)
        worker.line.close()

    # -- sets of workers ----------------------------------------------------------------------

    def _spawn(self, plan: Plan) -> Worker:
        worker = Worker(plan)
        worker.deadline = time.monotonic() + plan.start_timeout
        self._workers.append(worker)
        self._selector.register(worker.line, selectors.EVENT_READ, worker)
        return worker

    def _start_set(self, plan: Plan) -> None:
        """Start a whole set and wait until all of it is ready, or a stop is wanted.

        :raises StartFailed: one of them is not to be had
        """
        fresh = [self._spawn(plan) for _ in range(plan.workers)]
        try:
            self._pass_gate(plan, fresh)
            while not self._stopping and not all(worker.ready for worker in fresh):
                self._wait()
                self._expect_all(fresh)
        except StartFailed:
            for worker in fresh:
                worker.kill()
            raise

    def _pass_gate(self, plan: Plan, fresh: list[Worker]) -> None:
        gate = plan.gate() if plan.gate else None
        while gate is not None and gate.poll() is None:
            if self._stopping:
                gate.terminate()
            self._wait()
            if not self._stopping:
                self._expect_all(fresh)
        if gate is not None and gate.returncode and not self._stopping:
            raise StartFailed('nothing was started; the message above says why')
        for worker in fresh:
            worker.go()

    def _expect_all(self, fresh: list[Worker]) -> None:
        if not self._stopping and any(worker not in self._workers for worker in fresh):
            raise StartFailed('a worker did not start; the message above says why')

    def _reload(self) -> None:
        """Put a new set in the place of the old one; keep the old one if that fails."""
        LOG.info('reloading')
        old = [worker for worker in self._workers if not worker.stopping]
        try:
            plan = self._make_plan()
            self._start_set(plan)
        except StartFailed as error:
            LOG.error('the reload failed, the workers stay as they are: %s', error)
            return
        self._plan = plan
        self._delay = 0.0
        for worker in old:
            worker.stop()
        LOG.info('reloaded')

    def _stop_all(self) -> None:
        self._stopping = True
        for worker in self._workers:
            worker.stop()
        while self._workers:
            self._wait()


def _terminal_is_gone() -> bool:
    """Whether the hang-up came because the terminal was closed, not to ask for a reload."""
    if not os.isatty(0):
        return False
    try:
        os.close(os.open('/dev/tty', os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return True
    return False
