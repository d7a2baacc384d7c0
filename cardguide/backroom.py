"""The back room of the preview: sheets are made there while the pages go on, those that are looked at first."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from cardguide.outputs.flyers import Order
from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.pdf.printing import PICTURED_SIDES, WORKERS, Made, create_key, make_sheet
from cardguide.pdf.sheets import SheetError, SheetFault
from cardguide.store import Store

LOOK = 0.1
"""Seconds between two questions whether there is something newer to do."""
Done = Callable[[Order, Made], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """The sheets of some orders: as they are or last were, and those in the making by their place."""

    shown: tuple[Made, ...]
    waiting: dict[int, "Future[Made]"] = field(default_factory=dict)

    def result(self, go_on: Callable[[], None]) -> tuple[Made, ...]:
        """Wait for all; raise ``SheetError`` with the faults of all, or what ``go_on`` raises on the way."""
        while wait(self.waiting.values(), timeout=LOOK).not_done:
            go_on()
        made, faults = dict(enumerate(self.shown)), list[SheetFault]()
        for place, sheet in self.waiting.items():
            try:
                made[place] = sheet.result()
            except SheetError as error:
                faults += error.faults
        if faults:
            raise SheetError(faults)
        return tuple(made.values())


class Backroom:
    """Where the sheets of a preview are made; use it in a ``with`` statement."""

    def __init__(self, *, fonts: Path, store: Store, staged: Path) -> None:
        self._fonts, self._store, self._staged = fonts, store, staged
        known = load_font_set(fonts)
        # What somebody waits for is worth as much as the pages; all others stand back behind both.
        self._desk, self._hall = Press(known, workers=WORKERS), Press(known, workers=WORKERS, yields=True)
        self._first, self._others = ThreadPoolExecutor(WORKERS + 1), ThreadPoolExecutor(WORKERS + 1)
        self._waiting: dict[str, Future[Made]] = {}
        self._is_warm = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for threads, press in ((self._first, self._desk), (self._others, self._hall)):
            threads.shutdown(wait=False, cancel_futures=True)
            press.__exit__(kind, error, trace)

    def warm_up(self, orders: Sequence[Order]) -> None:
        """Make the shortest sheet for nobody, once, so that the first one somebody waits for finds all loaded."""
        if not self._is_warm:
            self._is_warm = True
            shortest = min(orders, key=lambda order: len(order.job.html))
            self._first.submit(self._desk.render, [shortest.job])

    def begin_first(self, orders: Sequence[Order], *, done: Done) -> None:
        """Give up what an earlier reading waits for, and begin to make the sheets that are looked at."""
        for sheet in self._waiting.values():  # One that is being made is kept for later.
            sheet.cancel()
        self._waiting = {}
        for order in orders:
            key = create_key(order.job, self._fonts)
            if not self._store.find(key):
                self._waiting[key] = self._first.submit(self._make, self._desk, order, key, done)

    def begin(self, orders: Sequence[Order], *, done: Done) -> Batch:
        """Begin to make all sheets that are neither kept nor begun, and tell of each."""
        keys = [create_key(order.job, self._fonts) for order in orders]
        kept = [self._store.find(key) for key in keys]
        missing = [place for place, made in enumerate(kept) if not made]
        # The long ones first, so that no process is left alone with one at the end.
        missing.sort(key=lambda place: -len(orders[place].job.html))
        shown = [made or self._read_staged(order) for made, order in zip(kept, orders, strict=True)]
        # Of the first preview of all, every sheet is waited for.
        threads, press = (self._others, self._hall) if all(shown) else (self._first, self._desk)
        for place in missing:
            key, order = keys[place], orders[place]
            if key not in self._waiting:
                self._waiting[key] = threads.submit(self._make, press, order, key, done)
        waiting = {place: self._waiting[keys[place]] for place in missing}
        if not all(shown):
            return Batch(
                shown=Batch(shown=tuple(made or () for made in kept), waiting=waiting).result(lambda: None)
            )
        return Batch(shown=tuple(made for made in shown if made), waiting=waiting)

    def _make(self, press: Press, order: Order, key: str, done: Done) -> Made:
        made = make_sheet(press, order.job)
        self._store.keep(key, made)
        done(order, made)
        return made

    def _read_staged(self, order: Order) -> Made | None:
        """Return the sheet as it was staged last; what has no picture of a first side was never staged."""
        pictures = (
            f"{order.path}.png",
            *(f"{order.path}-{side}.png" for side in range(2, PICTURED_SIDES + 1)),
        )
        files = [self._staged / path for path in (f"{order.path}.pdf", *pictures)]
        pdf, *sides = (file.read_bytes() if file.is_file() else b"" for file in files)
        slot = self._staged / f"{order.path}.slot.json"
        slot_content = slot.read_bytes() if slot.is_file() else b""
        return (pdf, slot_content, *filter(None, sides)) if pdf and sides[0] else None
