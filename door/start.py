"""Start: make sure that the machine is ready, then become the project's command line."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from door.readiness import create_needs, environment_python, is_ready
from door.words import Voice, choose_language


def start(folder: str, arguments: Sequence[str]) -> int:
    """Prepare what is missing and hand over; return the exit code only when that fails."""
    open_missing_streams()
    project = Path(folder).resolve()
    return _prepare(project, arguments) or _hand_over(project, arguments)


def _prepare(project: Path, arguments: Sequence[str]) -> int:
    needs = create_needs(arguments)
    if is_ready(project, needs):
        return 0
    # Loaded only here: a ready machine starts sooner without it.
    from door.preparing import prepare

    return prepare(project, needs, Voice(choose_language(arguments, os.environ)))


def _hand_over(project: Path, arguments: Sequence[str]) -> NoReturn:
    python = str(environment_python(project))
    os.execve(python, [python, "-m", "cardguide.cli", *arguments], create_environment(project, os.environ))


def open_missing_streams() -> None:
    """Open the null device in place of a closed standard stream, so that no file takes its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003 - a function of the operating system


def create_environment(project: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with UTF-8 and with modules from the project and its own packages alone."""
    return {
        **{name: value for name, value in environment.items() if name != "PYTHONHOME"},
        "PYTHONPATH": str(project),
        "PYTHONSAFEPATH": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
    }
