"""Measuring one piece of work: time by the clock, processor time, and memory."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """Seconds by the clock and of processors, the most memory, and the goal that the clock is held against."""

    name: str
    seconds: float
    processor: float
    megabytes: int = 0
    goal: float | None = None

    def as_json(self) -> Mapping[str, object]:
        """Return the measure with times in milliseconds' precision."""
        return asdict(self) | {"seconds": round(self.seconds, 3), "processor": round(self.processor, 3)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """One measure as a part or a multiple of another, by the clock and by processor time."""

    name: str
    seconds: float
    processor: float
    goal: float

    def as_json(self) -> Mapping[str, object]:
        """Return the ratio with three digits."""
        return asdict(self) | {"seconds": round(self.seconds, 3), "processor": round(self.processor, 3)}


def measure_process(
    name: str, command: Sequence[str], *, goal: float | None = None, repeat: int = 1, cwd: Path = HOME
) -> Measure:
    """Run a command, raise ``CalledProcessError`` if it fails, and return its best time of several."""
    return min((_run(name, command, goal, cwd) for _ in range(repeat)), key=lambda measure: measure.seconds)


def _run(name: str, command: Sequence[str], goal: float | None, cwd: Path) -> Measure:
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    # Of this process and all that it has waited for, and of nothing that ran before.
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measure(
        name=name,
        seconds=seconds,
        processor=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss // 1024,
        goal=goal,
    )


def measure_call(name: str, work: Callable[[], object], *, goal: float | None = None) -> Measure:
    """Do a piece of work in this process and its forks."""
    before, start = _processor(), time.perf_counter()
    work()
    return Measure(name=name, seconds=time.perf_counter() - start, processor=_processor() - before, goal=goal)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def command_line(*arguments: str) -> tuple[str, ...]:
    """Return the call of our own command line."""
    return (sys.executable, "-m", "cardguide.cli", *arguments)
