"""Preparation: install what is missing; whatever interrupts it, and wherever, the next run makes it good."""

import contextlib
import fcntl
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from door.browser import browser_folder, find_chromium
from door.readiness import (
    Needs,
    create_stamp,
    environment_python,
    is_ready,
    lock_file,
    missing_groups,
    stamp_file,
)
from door.running import run_logged
from door.system import install_packages, root_prefix
from door.webserver import is_webserver_missing, unpack_webserver
from door.words import FILE_SYSTEM, INTERRUPTED, TERMINATED, SetupError, Voice, write_line


class Terminated(BaseException):
    """Somebody asked this process to end."""


def prepare(project: Path, needs: Needs, voice: Voice) -> int:
    """Make the machine ready for a command and return the exit code, 0 when it is."""
    signal.signal(signal.SIGTERM, _raise_terminated)
    try:
        with _only_one(project, voice):
            if not is_ready(project, needs):
                _prepare(project, needs, voice)
    except SetupError as error:
        write_line(str(error))
        return error.code
    except OSError as error:
        voice.say("file-system", error=error)
        return FILE_SYSTEM
    except KeyboardInterrupt:
        voice.say("interrupted")
        return INTERRUPTED
    except Terminated:
        voice.say("interrupted")
        return TERMINATED
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return 0


def _raise_terminated(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


@contextlib.contextmanager
def _only_one(project: Path, voice: Voice) -> Iterator[None]:
    path = project / "build" / "setup.lock"
    path.parent.mkdir(exist_ok=True)
    # The kernel gives the lock back however its holder ends, so there is no stale lock to detect.
    with path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            voice.say("waiting", lock=path)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare(project: Path, needs: Needs, voice: Voice) -> None:
    started = time.monotonic()
    log = project / "build" / "setup.log"
    log.write_bytes(b"")
    voice.say("setting-up", log=log)
    install_packages(project, needs, log=log, voice=voice)
    _install_groups(project, needs, log=log, voice=voice)
    if needs.test_programs and not find_chromium(project):
        _install_browser(project, log=log, voice=voice)
    if needs.test_programs and is_webserver_missing(project):
        unpack_webserver(project, log=log, voice=voice, prefix=root_prefix())
    voice.say("ready", seconds=round(time.monotonic() - started))


def _install_groups(project: Path, needs: Needs, *, log: Path, voice: Voice) -> None:
    missing = missing_groups(project, needs.groups)
    if not missing:
        return
    if "build" in missing:
        _make_environment(project, log=log, voice=voice)
    # No stamp stands while something is half installed: without the first one, the next run begins anew.
    for group in needs.groups:
        stamp_file(project, group).unlink(missing_ok=True)
    _install_lock(project, needs.groups[-1], log=log, voice=voice)
    for group in needs.groups:
        stamp_file(project, group).write_bytes(create_stamp(project, group))


def _make_environment(project: Path, *, log: Path, voice: Voice) -> None:
    folder = project / ".venv"
    voice.say("virtual-environment", folder=folder)
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
    # When this very Python lives in the folder that was just removed, its base makes the new one.
    python = getattr(sys, "_base_executable", sys.executable)
    run_logged([python, "-m", "venv", str(folder)], log=log, voice=voice)


def _install_lock(project: Path, group: str, *, log: Path, voice: Voice) -> None:
    lock = lock_file(project, group)
    count = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    voice.say("python-packages", lock=lock, count=count)
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-input", "--progress-bar=off"]
    pip = [str(environment_python(project)), "-m", "pip", "--disable-pip-version-check", "install"]
    run_logged([*pip, *options, "-r", str(lock)], log=log, voice=voice)


def _install_browser(project: Path, *, log: Path, voice: Voice) -> None:
    folder = browser_folder(project)
    playwright = [str(environment_python(project)), "-m", "playwright"]
    place = f"PLAYWRIGHT_BROWSERS_PATH={folder}"
    install = ["env", place, *playwright, "install", "--only-shell", "chromium"]
    prefix = root_prefix()
    if prefix is None:
        raise SetupError(voice.word("browser-missing", command=shlex.join(["sudo", *install, "--with-deps"])))
    voice.say("browser", folder=folder)
    try:
        run_logged([*prefix, *playwright, "install-deps", "chromium"], log=log, voice=voice)
        run_logged(install, log=log, voice=voice)
    except SetupError as error:
        raise SetupError(f"{error}\n{voice.word('browser-alternative')}", error.code) from error
