"""Printing: all sheets of a run with the pictures of their sides, made while the caller does something else."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from importlib import metadata
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.pdf.raster import render_preview
from cardguide.pdf.sheets import Sheet, SheetError, SheetFault, SheetJob
from cardguide.pdf.system import system_libraries
from cardguide.pdf.worker import encode_job
from cardguide.store import Store

PICTURE_WIDTH, PICTURE_COLOURS, PICTURED_SIDES = 800, 32, 2
WORKERS = 2
Made = tuple[bytes, ...]
"""A PDF, the JSON of its slot (empty without one), and the pictures of its sides."""
Say = Callable[[str], None]
_DRAWING = Lock()
"""The library that draws knows no threads."""


class Printing:
    """The sheets of some jobs: what the store holds, and the others in the making; use it in a ``with`` statement."""

    def __init__(self, jobs: Sequence[SheetJob], *, fonts: Path, store: Store, say: Say) -> None:
        self.keys = tuple(create_key(job, fonts) for job in jobs)
        self._store, self._ends = store, ExitStack()
        self._found = {key: made for key in self.keys if (made := store.find(key))}
        waiting = {key: job for key, job in zip(self.keys, jobs, strict=True) if key not in self._found}
        self._sheets: Mapping[str, Future[Made]] = {}
        if waiting:
            say(f"flyers: making {len(waiting)} of {len(jobs)} sheets")
            self._press = self._ends.enter_context(Press(load_font_set(fonts), workers=WORKERS))
            # One more than the press has: a sheet is drawn while the next ones are laid out.
            threads = ThreadPoolExecutor(WORKERS + 1)
            self._ends.callback(threads.shutdown, cancel_futures=True)
            # The long ones first, so that no process is left alone with one at the end.
            longest_first = sorted(waiting, key=lambda key: -len(waiting[key].html))
            self._sheets = {key: threads.submit(self._make, key, waiting[key]) for key in longest_first}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    def result(self) -> tuple[Made, ...]:
        """Return the sheets in the order of their jobs, or raise one ``SheetError`` with the faults of all."""
        made, faults = dict(self._found), list[SheetFault]()
        for key, sheet in self._sheets.items():
            try:
                made[key] = sheet.result()
            except SheetError as error:
                faults += error.faults
        if faults:
            raise SheetError(faults)
        return tuple(made[key] for key in self.keys)

    def _make(self, key: str, job: SheetJob) -> Made:
        made = make_sheet(self._press, job)
        self._store.keep(key, made)
        return made


def make_sheet(press: Press, job: SheetJob) -> Made:
    """Return one sheet with its slot and its pictures; several threads may ask for theirs at once."""
    (sheet,) = press.render([job])
    with _DRAWING:
        return (sheet.pdf, sheet.slot.encode("ascii"), *_draw_sides(sheet))


def _draw_sides(sheet: Sheet) -> list[bytes]:
    sides = range(1, min(sheet.pages, PICTURED_SIDES) + 1)
    return [
        render_preview(sheet.pdf, page=side, width=PICTURE_WIDTH, colours=PICTURE_COLOURS) for side in sides
    ]


def create_key(job: SheetJob, fonts: Path) -> str:
    """Return the hash of everything that a sheet is made from."""
    digest = hashlib.sha256(_tools().encode("ascii"))
    digest.update((fonts / "SHA256SUMS").read_bytes())
    digest.update(encode_job(job).encode("utf-8"))
    return digest.hexdigest()


@cache
def _tools() -> str:
    """Return the versions of the libraries and the hash of our own code that make a PDF."""
    names = ("weasyprint", "pydyf", "pikepdf", "pypdfium2", "pillow", "fonttools", "budoux")
    versions = [f"{name} {metadata.version(name)}" for name in names]
    code = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in code)).hexdigest()
    return "\n".join(
        [*versions, *(f"{name} {version}" for name, version in system_libraries().items()), digest]
    )
