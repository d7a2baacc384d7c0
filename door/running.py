"""Long work in other programs: output into a log, a line of progress now and then, the tail when it fails."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from door.words import ENVIRONMENT, FILE_SYSTEM, SetupError, Voice, encode

SECONDS_BETWEEN_LINES = 10
TAIL_LINES = 15
LONGEST_LINE, LONGEST_TAIL_LINE = 100, 300
DISK_ERRORS = ("No space left on device", "Read-only file system", "Disk quota exceeded")


def run_logged(command: Sequence[str], *, log: Path, voice: Voice) -> None:
    """Run a command to its end; raise with the tail of its output when it fails."""
    with log.open("ab") as output:
        output.write(encode(f"$ {' '.join(command)}\n"))
        output.flush()
        begin = output.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=create_environment(),
        )
        try:
            code = _wait(process, log, voice)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code:
        raise _failure(command, code, _tail(log, begin), log, voice)


def create_environment() -> dict[str, str]:
    """Return an environment where programs log in English and nothing bends Python or pip."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "LANGUAGE"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PIP_USER": "0",
        "DEBIAN_FRONTEND": "noninteractive",
    }


def _wait(process: "subprocess.Popen[bytes]", log: Path, voice: Voice) -> int:
    started = time.monotonic()
    while True:
        try:
            return process.wait(SECONDS_BETWEEN_LINES)
        except subprocess.TimeoutExpired:
            line = (_tail(log, 0) or [""])[-1]
            voice.say("still-working", seconds=round(time.monotonic() - started), line=line[:LONGEST_LINE])


def _tail(log: Path, begin: int) -> list[str]:
    text = log.read_bytes()[begin:].decode("utf-8", "replace")
    return [line.strip() for line in text.splitlines() if line.strip()][-TAIL_LINES:]


def _failure(command: Sequence[str], code: int, tail: list[str], log: Path, voice: Voice) -> SetupError:
    text = "\n".join(f"  {line[:LONGEST_TAIL_LINE]}" for line in tail)
    message = voice.word("step-failed", code=code, command=" ".join(command), tail=text, log=log)
    is_disk = any(error in text for error in DISK_ERRORS)
    return SetupError(message, FILE_SYSTEM if is_disk else ENVIRONMENT)
