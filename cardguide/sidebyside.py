"""Several pieces of work at once, in forks of this process that end with it."""

import ctypes
import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Result = TypeVar("Result")
_END_WITH_PARENT = 1
"""``PR_SET_PDEATHSIG``: a build that is killed must leave nobody who still writes into its folder."""


def run_side_by_side(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """Return the results in order; the last piece is done by this process itself.

    Where this process has other threads, a fork is not safe, and one piece follows the other.
    """
    if threading.active_count() > 1:
        return [work() for work in works]
    forks = [_Fork(work) for work in works[:-1]]
    try:
        last = [work() for work in works[-1:]]
        return [*(fork.result() for fork in forks), *last]
    finally:
        for fork in forks:
            fork.end()


class _Fork(Generic[Result]):
    """One piece of work in a process of its own."""

    def __init__(self, work: Callable[[], Result]) -> None:
        context = get_context("fork")
        self._answers, answers = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(work, answers, os.getpid()), daemon=True)
        self._process.start()
        answers.close()

    def result(self) -> Result:
        """Return the result, or raise what the work has raised."""
        try:
            outcome: Exception | tuple[Result] = self._answers.recv()
        except EOFError:
            raise ChildProcessError("a helper of the build was stopped") from None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome[0]

    def end(self) -> None:
        """Stop the process if it still runs."""
        self._process.kill()
        self._process.join()
        self._answers.close()


def _run(work: Callable[[], object], answers: Connection, parent: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends this one
    _end_with(parent)
    try:
        answers.send((work(),))
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is wanted
        answers.send(error)


def _end_with(parent: int) -> None:
    """Let the system end this process with its parent, where it can (Linux)."""
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before this one had asked
        os._exit(1)
