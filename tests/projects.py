"""Real projects for tests: copies of the project folder, and builds of them through the command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
TODAY = "2026-11-23"
PARTS = ("data", "content", "templates", "flyers")


def copy_project(target: Path) -> Path:
    """Copy what a project folder holds, and nothing that a build made."""
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shutil.copytree(HOME / part, target / part)
    shutil.copy(HOME / "mkdocs.yml", target)
    return target


def run(*arguments: object, zone: str = "UTC", cwd: Path = HOME) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would, in a plain environment with the given time zone."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": str(HOME),
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "TZ": zone,
    }
    return subprocess.run(
        [sys.executable, "-m", "cardguide.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def build(root: Path, *arguments: object, zone: str = "UTC") -> Path:
    """Build a project and return the published tree; a failure shows what the builder said."""
    result = run("build", "--root", root, *arguments, zone=zone)
    assert result.returncode == 0, result.stdout + result.stderr
    return root / "dist"


def confirm(root: Path) -> None:
    """Confirm the data of a project as it is now, as an editor does after a change."""
    result = run("confirm", "--root", root, "--all")
    assert result.returncode == 0, result.stdout + result.stderr


def replace_once(file: Path, old: str, new: str) -> int:
    """Replace the one place where a text stands, and return its line."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file.name} holds {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
