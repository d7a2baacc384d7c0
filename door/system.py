"""System packages: through apt where root or sudo allows it, else the exact command to type."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from door.readiness import Needs, missing_packages
from door.running import run_logged
from door.words import SetupError, Voice

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")


def needed_packages(project: Path, needs: Needs) -> Mapping[str, str]:
    """Return everything to install outside Python, with what a virtual environment is made from."""
    missing = dict(missing_packages(project, needs))
    # Debian and Ubuntu keep ensurepip out of their python3; the versioned package always fits this Python.
    if not importlib.util.find_spec("ensurepip"):
        missing["ensurepip"] = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return missing


def install_packages(project: Path, needs: Needs, *, log: Path, voice: Voice) -> None:
    """Install what is missing outside Python, or raise with the command that a person must type."""
    missing = needed_packages(project, needs)
    if not missing:
        return
    prefix = _allow_apt(missing, voice)
    voice.say("system-packages", packages=" ".join(missing.values()))
    _install(prefix, sorted(missing.values()), log=log, voice=voice)
    importlib.invalidate_caches()
    if still_missing := needed_packages(project, needs):
        raise SetupError(voice.word("still-missing", **_names(still_missing)))


def _allow_apt(missing: Mapping[str, str], voice: Voice) -> Sequence[str]:
    if not shutil.which("apt-get"):
        raise SetupError(voice.word("no-apt", **_names(missing)))
    prefix = root_prefix()
    if prefix is None:
        command = manual_command(missing.values())
        raise SetupError(voice.word("packages-missing", command=command, **_names(missing)))
    return prefix


def _install(prefix: Sequence[str], packages: Sequence[str], *, log: Path, voice: Voice) -> None:
    command = [*prefix, *INSTALL, *packages]
    try:
        run_logged(command, log=log, voice=voice)
    except SetupError:
        # A new machine has no package lists, an old one has stale lists.
        run_logged([*prefix, "apt-get", "update"], log=log, voice=voice)
        run_logged(command, log=log, voice=voice)


def manual_command(packages: Iterable[str]) -> str:
    """Return the command that a person types where we may not."""
    names = " ".join(sorted(packages))
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def root_prefix() -> tuple[str, ...] | None:
    """Return what to put before a command that needs root, or None where we may not."""
    if os.geteuid() == 0:
        return ()
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    # sudo drops the environment, and debconf must not ask.
    return ("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive") if asked.returncode == 0 else None


def _names(missing: Mapping[str, str]) -> dict[str, str]:
    return {"probes": ", ".join(missing), "packages": " ".join(sorted(missing.values()))}
