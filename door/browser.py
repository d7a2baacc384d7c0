"""The browser of the tests: any Chromium of this machine, else the one that Playwright brings."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium(project: Path) -> str | None:
    """Return a Chromium that programs may drive, or nothing."""
    on_path = (shutil.which(name) for name in NAMES)
    found = [path for path in on_path if path and not _is_snap(path)]
    return next(iter([*found, *_find_brought(browser_folder(project))]), None)


def find_firefox() -> str | None:
    """Return a Firefox that programs may drive, or nothing."""
    on_path = (shutil.which(name) for name in ("firefox-esr", "firefox"))
    return next((path for path in on_path if path and not _is_snap(path)), None)


def browser_folder(project: Path) -> Path:
    """Return the folder that Playwright may put its own Chromium into."""
    return project / ".cache" / "browsers"


def is_chromium_packaged() -> bool:
    """Say whether this system has Chromium as a package; Ubuntu's package only points to a snap."""
    try:
        release = Path("/etc/os-release").read_text("utf-8")
    except OSError:
        return True
    return "ubuntu" not in release.lower()


def _find_brought(folder: Path) -> list[str]:
    # Playwright writes this marker last; without it the browser is half unpacked.
    complete = [
        marker.parent for marker in sorted(folder.glob("chromium_headless_shell-*/INSTALLATION_COMPLETE"))
    ]
    return [str(shell) for browser in complete for shell in browser.glob("*/*headless*shell")]


def _is_snap(path: str) -> bool:
    # A snap may not read /tmp or hidden folders. Ubuntu's chromium-browser is a script that starts one.
    if path.startswith("/snap/"):
        return True
    with Path(path).open("rb") as program:
        return b"/snap/bin" in program.read(4096)
