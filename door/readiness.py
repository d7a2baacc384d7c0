"""Readiness: what a command needs on this machine, and which of it is missing."""

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from door.browser import find_chromium, find_firefox, is_chromium_packaged
from door.webserver import is_webserver_missing
from door.words import encode

COMMANDS = ("build", "check", "serve", "flyer", "flyers", "test", "bench")

# What WeasyPrint loads, and the package of Debian and Ubuntu that brings it with all that it needs.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# What Playwright's driver loads beside its wheel.
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
# What the tests read finished PDFs, pictures, tables and the examples for partners with.
TEST_PROGRAMS = {
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "zbarimg": "zbar-tools",
    "soffice": "libreoffice-calc-nogui",
    "php": "php-cli",
}
# What a browser shows Japanese with; without any, every screenshot is a page of empty boxes.
SCREEN_FONT = "fonts-noto-cjk"


class Needs(NamedTuple):
    """What one command needs."""

    groups: tuple[str, ...]
    libraries: bool
    test_programs: bool


def create_needs(arguments: Sequence[str]) -> Needs:
    """Return what the command on this command line needs."""
    command = next((argument for argument in arguments if argument in COMMANDS), "build")
    tests = command in {"test", "bench"}
    return Needs(
        groups=("build", "test") if tests else ("build",),
        libraries=tests or _makes_flyers(command, arguments),
        test_programs=tests,
    )


def _makes_flyers(command: str, arguments: Sequence[str]) -> bool:
    if command == "check" or not {"-h", "--help", "--version"}.isdisjoint(arguments):
        return False
    only = [value for option, value in pairwise(arguments) if option == "--only"]
    only += [argument.partition("=")[2] for argument in arguments if argument.startswith("--only=")]
    return not only or any("flyers" in value for value in only)


def environment_python(project: Path) -> Path:
    """Return the path of the project's own Python."""
    return project / ".venv" / "bin" / "python"


def lock_file(project: Path, group: str) -> Path:
    """Return the path of the lock of a dependency group."""
    return project / "requirements" / f"{group}.txt"


def stamp_file(project: Path, group: str) -> Path:
    """Return the path of the stamp that is written last when a group is installed."""
    return project / ".venv" / f"ready-{group}"


def create_stamp(project: Path, group: str) -> bytes:
    """Return what the stamp of a group must say: this lock, this kind of Python, this folder."""
    digest = hashlib.sha256(lock_file(project, group).read_bytes()).hexdigest()
    return encode(f"{digest}\n{sys.implementation.cache_tag} {os.uname().machine}\n{project}\n")


def missing_groups(project: Path, groups: Sequence[str]) -> tuple[str, ...]:
    """Return the dependency groups that are not installed as their locks say."""
    if not os.access(environment_python(project), os.X_OK):
        return tuple(groups)
    return tuple(group for group in groups if not _is_installed(project, group))


def missing_packages(project: Path, needs: Needs) -> Mapping[str, str]:
    """Return what is missing outside Python: what was looked for, and the package that brings it."""
    missing: dict[str, str] = {}
    if needs.libraries:
        missing |= _missing_libraries(LIBRARIES)
    if needs.test_programs:
        missing |= _missing_libraries(TEST_LIBRARIES)
        missing |= {name: package for name, package in TEST_PROGRAMS.items() if not shutil.which(name)}
        missing |= _missing_for_screenshots(project)
    return missing


def is_ready(project: Path, needs: Needs) -> bool:
    """Say whether nothing is missing; costs no network and no other program, but for the tests."""
    if missing_groups(project, needs.groups) or missing_packages(project, needs):
        return False
    return not needs.test_programs or (
        find_chromium(project) is not None and not is_webserver_missing(project)
    )


def _is_installed(project: Path, group: str) -> bool:
    try:
        return stamp_file(project, group).read_bytes() == create_stamp(project, group)
    except FileNotFoundError:
        return False


def _missing_libraries(libraries: Mapping[str, str]) -> Mapping[str, str]:
    # Elsewhere libraries have other names and places; there WeasyPrint's own message has to do.
    if sys.platform != "linux":
        return {}
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _missing_for_screenshots(project: Path) -> Mapping[str, str]:
    missing = {}
    if is_chromium_packaged() and not find_chromium(project):
        missing["chromium"] = "chromium"
    # Ubuntu has neither browser as a package; Playwright brings Chromium there, and Firefox is left out.
    if is_chromium_packaged() and not find_firefox():
        missing["firefox"] = "firefox-esr"
    if not _has_japanese_font():
        missing["a Japanese font"] = SCREEN_FONT
    return missing


def _loads(library: str) -> bool:
    import ctypes  # a check needs no libraries, and starts sooner without

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_japanese_font() -> bool:
    import subprocess  # for the tests alone

    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=ja", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())
