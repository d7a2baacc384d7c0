"""What people type, as whole processes: checking, building from nothing, again, and after an edit."""

import datetime
import subprocess
from collections.abc import Iterator
from pathlib import Path

from cardguide.benching.measures import Measure, command_line, measure_process

CHECKS = 5
OLD, NEW = b"0570-013904", b"0570-013905"
"""A fact that pages in every language, sheets, tables and data say."""


def edit_fact(root: Path) -> None:
    """Change one fact; the texts around it stay as they are."""
    file = root / "data" / "facts.yaml"
    file.write_bytes(file.read_bytes().replace(b'value: "' + OLD, b'value: "' + NEW, 1))


def measure_commands(root: Path, as_of: datetime.date) -> Iterator[Measure]:
    """Yield the times of the commands; the fact that is edited on the way is as it was in the end."""
    day = ("--root", str(root), "--as-of", as_of.isoformat())
    build, facts = command_line("build", *day), root / "data" / "facts.yaml"
    yield measure_process("check", command_line("check", *day), goal=0.5, repeat=CHECKS)
    yield measure_process("everything, cold", build, goal=15)
    yield measure_process("everything, unchanged", build, goal=1, repeat=2)
    lock = root / "data" / "confirmed.lock"
    kept = {file: file.read_bytes() for file in (facts, lock)}
    edit_fact(root)
    subprocess.run(command_line("confirm", "--all", "--root", str(root)), check=True, capture_output=True)
    yield measure_process("everything, one edited fact", build, goal=4)
    for file, content in kept.items():
        file.write_bytes(content)
    yield measure_process("everything, the fact as it was", build)
    yield measure_process("pages, embeds and data, cold but for sheets", _without_pages(root, build))


def _without_pages(root: Path, build: tuple[str, ...]) -> tuple[str, ...]:
    """Forget the built pages and the tree, so that all of it is made again; the sheets stay."""
    for file in (*(root / "build/cache/pages").iterdir(), root / "dist" / "manifest.json"):
        file.unlink()
    return (*build, "--out", str(root / "other"))
