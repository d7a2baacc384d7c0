"""Several pieces of work at once, in forks of this process that end with it.

Forks of ``multiprocessing`` would do the same; to load it takes about a third of what a check gains by its fork.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, NoReturn, TypeVar

Result = TypeVar("Result")
_END_WITH_PARENT = 1
"""``PR_SET_PDEATHSIG``: a build that is killed must leave nobody who still writes into its folder."""


def run_side_by_side(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """Return the results in order; the last piece is done by this process itself.

    Where this process has other threads, a fork is not safe, and one piece follows the other.
    """
    if not can_fork():
        return [work() for work in works]
    forks = [Fork(work) for work in works[:-1]]
    try:
        last = [work() for work in works[-1:]]
        return [*(fork.result() for fork in forks), *last]
    finally:
        for fork in forks:
            fork.end()


def can_fork() -> bool:
    """Say whether a fork of this process is safe: one with other threads can stand still for ever."""
    return threading.active_count() == 1


class Fork(Generic[Result]):
    """One piece of work in a process of its own; whoever starts it ends it."""

    def __init__(self, work: Callable[[], Result]) -> None:
        reading, writing = os.pipe()
        parent = os.getpid()
        sys.stdout.flush()  # or the fork could say again what waits to be written
        sys.stderr.flush()
        self._process = os.fork()
        if self._process == 0:
            os.close(reading)
            _run(work, writing, parent)
        os.close(writing)
        self._answer = os.fdopen(reading, "rb")

    def result(self) -> Result:
        """Return the result, or raise what the work has raised."""
        try:
            outcome: Exception | tuple[Result] = pickle.load(self._answer)  # noqa: S301 - written by our own fork
        except (EOFError, pickle.UnpicklingError):
            raise ChildProcessError("a helper of the build was stopped") from None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome[0]

    def end(self) -> None:
        """Stop the process if it still runs."""
        self._answer.close()
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


def _run(work: Callable[[], object], writing: int, parent: int) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends this one
        _end_with(parent)
        with os.fdopen(writing, "wb") as answer:
            answer.write(_answer(work))
        code = 0
    finally:
        # Nothing that waits in the parent, such as a folder to be taken away, is this process's to do.
        os._exit(code)


def _answer(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((work(),), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is wanted
        return pickle.dumps(error)


def _end_with(parent: int) -> None:
    """Let the system end this process with its parent, where it can (Linux)."""
    import ctypes  # only a fork needs it, while its parent goes on

    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before this one had asked
        os._exit(1)
