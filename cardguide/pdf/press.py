"""The press: warm child processes that make sheets, each within a limit of time and memory."""

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import LifoQueue
from threading import Timer
from types import TracebackType
from typing import Any, Self

from cardguide.pdf.fonts import FontSet
from cardguide.pdf.sheets import PressError, Sheet, SheetError, SheetFault, SheetJob
from cardguide.pdf.worker import encode_job

PACKAGE_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How long a sheet may take and how much memory its process may map."""

    seconds: float = 60
    megabytes: int = 1024


DEFAULT_LIMITS = Limits()


class Press:
    """Makes sheets in parallel; use it in a ``with`` statement, which ends its processes."""

    def __init__(self, fonts: FontSet, *, workers: int = 2, limits: Limits = DEFAULT_LIMITS) -> None:
        self._threads = ThreadPoolExecutor(max_workers=workers)
        self._cache = tempfile.TemporaryDirectory(prefix="cardguide-fonts-")
        self._all = [_Worker(fonts, cache=Path(self._cache.name), limits=limits) for _ in range(workers)]
        self._free: LifoQueue[_Worker] = LifoQueue()
        for worker in self._all:
            self._free.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.stop()
        self._cache.cleanup()

    def render(self, jobs: Sequence[SheetJob]) -> tuple[Sheet, ...]:
        """Return the sheets in the order of their jobs, or raise one ``SheetError`` with the faults of all of them."""
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
        worker = self._free.get()
        try:
            answer = worker.ask(job)
        finally:
            self._free.put(worker)
        if "reason" in answer:
            raise PressError(f"{job.spec.name} ({job.spec.locale}): {answer['reason']}", remedy=answer["remedy"])
        if "faults" in answer:
            return tuple(SheetFault(**fault) for fault in answer["faults"])
        pdf = base64.b64decode(answer["pdf"])
        return Sheet(name=job.spec.name, locale=job.spec.locale, pages=answer["pages"], pdf=pdf)


class _Worker:
    """One child process, started when it is first needed and again after it was stopped."""

    def __init__(self, fonts: FontSet, *, cache: Path, limits: Limits) -> None:
        self._fonts, self._cache, self._limits = fonts, cache, limits
        self._process: subprocess.Popen[str] | None = None
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")

    def ask(self, job: SheetJob) -> Mapping[str, Any]:
        """Return the answer of the child, or the reason why there is none."""
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout
        timer = Timer(self._limits.seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(encode_job(job))
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
        return json.loads(line) if line else self._explain_end(is_late=is_late)

    def stop(self) -> None:
        """End the child."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None
        self._errors.close()

    def _start(self) -> subprocess.Popen[str]:
        """Start a child that sees one font folder, and nothing of this machine's language, zone or settings."""
        arguments = [str(self._fonts.directory), str(self._limits.megabytes)]
        return subprocess.Popen(
            [sys.executable, "-m", "cardguide.pdf.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
            env={
                "FONTCONFIG_FILE": str(self._fonts.configuration.resolve()),
                "XDG_CACHE_HOME": str(self._cache),
                "PYTHONPATH": str(PACKAGE_ROOT),
                "PYTHONHASHSEED": "0",
                "PYTHONDONTWRITEBYTECODE": "1",
                "LC_ALL": "C.UTF-8",
                "TZ": "UTC",
            },
        )

    def _explain_end(self, *, is_late: bool) -> Mapping[str, Any]:
        assert self._process
        self._process.communicate()
        code, self._process = self._process.returncode, None
        self._errors.seek(0)
        last_words = self._errors.read().strip().splitlines()[-1:]
        if is_late:
            reason = f"the layout did not end within {self._limits.seconds:g} seconds and was stopped"
        else:
            reason = f"the layout process ended with code {code} (limit {self._limits.megabytes} MB) {' '.join(last_words)}"
        return {"reason": reason.strip(), "remedy": "look for an endless or very deep layout"}
