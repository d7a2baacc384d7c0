"""From the edit of a fact to the page and to the sheet that say it, over HTTP, as a browser would ask for them."""

import datetime
import math
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from cardguide.benching.commands import NEW, edit_fact
from cardguide.benching.measures import HOME, Measure, command_line

PAGE = "en/offices/"
OTHER_PAGE = "ja/offices/"
SHEET = "flyers/en/a4.pdf"
PATIENCE = 300
POLL = 0.02
SETTLED = 5
CALL = re.compile(rb"livereload\([^)]*\)")
"""What a page of the preview says of the moment of its request; all else changes with a build only."""


def measure_preview(root: Path, as_of: datetime.date) -> Iterator[Measure]:
    """Yield the time from the start to the first page, and from an edit to the page and to its sheet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    facts = root / "data" / "facts.yaml"
    kept = facts.read_bytes()
    command = command_line("serve", "--root", str(root), "--as-of", as_of.isoformat(), "--port", str(port))
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as preview:
        try:
            yield from _edits(root, f"http://127.0.0.1:{port}/", start)
        finally:
            preview.terminate()
            facts.write_bytes(kept)


def _edits(root: Path, url: str, start: float) -> Iterator[Measure]:
    yield _await("preview, first page", lambda: bool(_read(url + PAGE)), start)
    _settle(url)
    sheet, start = _read(url + SHEET), time.perf_counter()
    edit_fact(root)
    yield _await("preview, one edited fact to its page", lambda: NEW in _read(url + PAGE), start, 2)
    yield _await(
        "preview, one edited fact to its sheet", lambda: _read(url + SHEET) not in {sheet, b""}, start, 4
    )
    yield _await("preview, to a page that nobody looks at", lambda: NEW in _read(url + OTHER_PAGE), start)


def _await(name: str, happened: Callable[[], bool], start: float, goal: float | None = None) -> Measure:
    while not happened():
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError(f"{name}: not within {PATIENCE} s")
        time.sleep(POLL)
    return Measure(name=name, seconds=time.perf_counter() - start, processor=math.nan, goal=goal)


def _settle(url: str) -> None:
    """Wait until the watcher, which begins by looking around, has its picture and nothing changes any more."""
    last, same = b"", 0
    while same < SETTLED:
        time.sleep(1)
        now = CALL.sub(b"", _read(url + PAGE))
        last, same = now, same + 1 if now == last else 0


def _read(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            return bytes(answer.read())
    except (urllib.error.URLError, ConnectionError):
        return b""
