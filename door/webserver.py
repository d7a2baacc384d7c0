"""The web server of the tests: that of this machine, else one unpacked into the project.

Installing its package would start a server on port 80 of the machine, and again whenever that boots.
"""

import os
import shutil
from pathlib import Path

from door.words import SetupError, Voice

NAME = PACKAGE = "nginx"


def find_webserver(project: Path) -> str | None:
    """Return the web server, or nothing; ordinary users have no /usr/sbin on their path."""
    places = os.pathsep.join(
        [os.environ.get("PATH", ""), "/usr/sbin", str(_folder(project) / "usr" / "sbin")]
    )
    return shutil.which(NAME, path=places)


def is_webserver_missing(project: Path) -> bool:
    """Say whether a web server is missing and could be brought; without apt, its tests say that they are skipped."""
    return find_webserver(project) is None and shutil.which("apt-get") is not None


def unpack_webserver(project: Path, *, log: Path, voice: Voice, prefix: tuple[str, ...] | None) -> None:
    """Download the package, without a right to anything, and unpack it."""
    from door.running import run_logged  # a machine that is ready starts sooner without it

    folder = _folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    voice.say("web-server", folder=folder)
    download = ["env", "-C", str(folder), "apt-get", "download", PACKAGE]
    try:
        run_logged(download, log=log, voice=voice)
    except SetupError:
        if prefix is None:
            raise
        # A new machine has no package lists.
        run_logged([*prefix, "apt-get", "update"], log=log, voice=voice)
        run_logged(download, log=log, voice=voice)
    run_logged(["sh", "-c", 'dpkg -x "$0"/*.deb "$0"', str(folder)], log=log, voice=voice)


def _folder(project: Path) -> Path:
    return project / ".cache" / "webserver"
