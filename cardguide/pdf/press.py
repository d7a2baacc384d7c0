"""The press: warm child processes that make sheets, each within a limit of time and memory."""

import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from queue import LifoQueue
from threading import Timer
from types import TracebackType
from typing import IO, Any, Self, cast

from cardguide.pdf.fonts import FontSet
from cardguide.pdf.sheets import PressError, Sheet, SheetError, SheetFault, SheetJob
from cardguide.pdf.worker import encode_job

PACKAGE_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much processor time a sheet may cost and how much memory its process may map."""

    seconds: int = 60
    megabytes: int = 1024


DEFAULT_LIMITS = Limits()
PATIENCE = 10
"""How many times its processor time a sheet may take by the clock: a busy machine is no fault of a sheet."""


class Press:
    """Makes sheets in parallel; use it in a ``with`` statement, which ends its processes."""

    def __init__(
        self, fonts: FontSet, *, workers: int = 2, limits: Limits = DEFAULT_LIMITS, yields: bool = False
    ) -> None:
        """Start nothing yet; processes that ``yield`` stand back wherever others want the processor."""
        self._threads = ThreadPoolExecutor(max_workers=workers)
        self._cache = tempfile.TemporaryDirectory(prefix="cardguide-fonts-")
        start = partial(_Child, fonts, cache=Path(self._cache.name), limits=limits, yields=yields)
        self._slots = [_Slot(start, limits.seconds * PATIENCE) for _ in range(workers)]
        self._free: LifoQueue[_Slot] = LifoQueue()
        for slot in self._slots:
            self._free.put(slot)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for slot in self._slots:
            slot.stop()
        self._cache.cleanup()

    def render(self, jobs: Sequence[SheetJob]) -> tuple[Sheet, ...]:
        """Return the sheets in the order of their jobs, or raise one ``SheetError`` with all their faults."""
        sheets: list[Sheet] = []
        faults: list[SheetFault] = []
        for result in self._threads.map(self._render_one, jobs):
            if isinstance(result, Sheet):
                sheets.append(result)
            else:
                faults += result
        if faults:
            raise SheetError(faults)
        return tuple(sheets)

    def _render_one(self, job: SheetJob) -> Sheet | tuple[SheetFault, ...]:
        slot = self._free.get()
        try:
            answer = slot.ask(job)
        finally:
            self._free.put(slot)
        if "reason" in answer:
            raise PressError(
                f"{job.spec.name} ({job.spec.locale}): {answer['reason']}", remedy=answer["remedy"]
            )
        if "faults" in answer:
            return tuple(SheetFault(**fault) for fault in answer["faults"])
        pdf = base64.b64decode(answer["pdf"])
        return Sheet(
            name=job.spec.name, locale=job.spec.locale, pages=answer["pages"], pdf=pdf, slot=answer["slot"]
        )


class _Slot:
    """A place for one child process, started when it is first needed and again after it has ended."""

    def __init__(self, start: Callable[[], "_Child"], seconds: float) -> None:
        self._start, self._seconds = start, seconds
        self._child: _Child | None = None

    def ask(self, job: SheetJob) -> Mapping[str, Any]:
        """Return the answer of the child, or the reason why there is none."""
        self._child = self._child or self._start()
        answer = self._child.ask(job, self._seconds)
        if answer:
            return answer
        reason = self._child.explain_end()
        self._child = None
        return {"reason": reason, "remedy": "look for an endless or very deep layout"}

    def stop(self) -> None:
        """End the child."""
        if self._child:
            self._child.close()


class _Child:
    """A running worker process."""

    def __init__(self, fonts: FontSet, *, cache: Path, limits: Limits, yields: bool) -> None:
        self._errors = (cache / f"errors-{next(_NUMBERS)}").open("w+", encoding="utf-8", errors="replace")
        self._is_late = False
        self._process = subprocess.Popen(
            [*_WORKER, str(fonts.directory), str(limits.megabytes), str(limits.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
            env=_environment(fonts, cache),
        )
        if yields and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _STANDING_BACK)
        self._orders, self._answers = (
            cast("IO[str]", self._process.stdin),
            cast("IO[str]", self._process.stdout),
        )

    def ask(self, job: SheetJob, seconds: float) -> Mapping[str, Any]:
        """Return the answer to a job, or nothing if the process ended or was too late."""
        timer = Timer(seconds, self._give_up)
        timer.start()
        try:
            self._orders.write(encode_job(job))
            self._orders.flush()
            line = self._answers.readline()
        except BrokenPipeError:
            return {}
        finally:
            timer.cancel()
        answer: Mapping[str, Any] = json.loads(line) if line else {}
        return answer

    def explain_end(self) -> str:
        """Return why a process that gave no answer has ended."""
        code = self._process.wait()
        self._errors.seek(0)
        words = self._errors.read().strip().splitlines()[-1:]
        self.close()
        if self._is_late or code == -signal.SIGXCPU:
            return "the layout did not end in time and was stopped"
        return " ".join(["the layout process ended", f"(code {code})", *words])

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # a job may still wait in the pipe of a process that is gone
            self._orders.close()
        self._answers.close()
        self._errors.close()

    def _give_up(self) -> None:
        self._is_late = True
        self._process.kill()


_NUMBERS = count(1)
_STANDING_BACK = 10
_WORKER = (sys.executable, "-P", "-m", "cardguide.pdf.worker")


def _environment(fonts: FontSet, cache: Path) -> dict[str, str]:
    """Return all that a child sees: one font folder, and nothing of this machine's language or zone."""
    return {
        "FONTCONFIG_FILE": str(fonts.configuration.resolve()),
        "XDG_CACHE_HOME": str(cache),
        "PYTHONPATH": str(PACKAGE_ROOT),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
