"""The live preview of a project folder: its pages first, then the sheets whose facts have changed."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from cardguide.building import CACHE, OUTPUTS, Sheets, create_artifacts
from cardguide.checking import read_checked
from cardguide.outputs.flyers import Order
from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.pdf.printing import PICTURED_SIDES, WORKERS, Made, Printing, create_key
from cardguide.pdf.sheets import PressError, SheetError, SheetJob
from cardguide.preview import PreviewError
from cardguide.preview import serve as serve_site
from cardguide.problems import DataError, Language, format_text
from cardguide.project import Project
from cardguide.projectfiles import SOURCES
from cardguide.siteframe import SiteFrame
from cardguide.staging import write_staged
from cardguide.store import Store

Say = Callable[[str], None]


def serve(root: Path, *, as_of: datetime.date, port: int, language: Language, say: Say) -> None:
    """Serve a live preview of a project folder until it is interrupted."""
    staged = root / "build" / "preview"
    sheets, pictures = Store(root / CACHE / "sheets"), Store(root / CACHE / "pictures")

    def as_preview(frame: SiteFrame) -> SiteFrame:
        # The reload script of the preview is inline, which the policy of the published site forbids.
        return replace(frame, site_url=f"http://127.0.0.1:{port}/", policy="")

    def restage() -> None:
        project = Project(root=root)
        try:
            dataset, _ = read_checked(project, as_of, must_be_confirmed=False)
            artifacts = list(
                create_artifacts(
                    project, dataset, as_of, OUTPUTS, backroom.print, pictures=pictures, framing=as_preview
                )
            )
        except DataError as error:
            raise PreviewError(format_text(error.problems, language).rstrip()) from error
        except SheetError as error:
            raise PreviewError(_words_of(error, language)) from error
        write_staged(staged, artifacts)

    def fail(error: SheetError | PressError) -> None:
        say(_words_of(error, language))

    with TemporaryDirectory(prefix="cardguide-bell-") as folder:
        bell = Bell(Path(folder))
        with Backroom(
            fonts=root / "flyers" / "fonts", store=sheets, staged=staged, ring=bell.ring, fail=fail
        ) as backroom:
            serve_site(
                config=root / "mkdocs.yml",
                staged=staged,
                sources=[*(root / name for name in SOURCES if (root / name).is_dir()), bell.folder],
                restage=restage,
                say=say,
                address=("127.0.0.1", port),
                store=Store(root / CACHE / "preview"),
            )


def _words_of(error: SheetError | PressError, language: Language) -> str:
    if isinstance(error, PressError):
        return str(error)
    return format_text([fault.problem for fault in error.faults], language).rstrip()


@dataclass(frozen=True, slots=True)
class Bell:
    """A watched folder: whoever rings makes the preview look again."""

    folder: Path
    _strokes: Iterator[int] = field(default_factory=count)

    def ring(self) -> None:
        """Change what is watched."""
        (self.folder / "bell").write_text(str(next(self._strokes)), "ascii")


@dataclass(frozen=True, slots=True)
class AtHand:
    """Sheets that need not be made now."""

    made: tuple[Made, ...]

    def result(self) -> tuple[Made, ...]:
        """Return them."""
        return self.made


class Backroom:
    """Where sheets are made while the preview goes on; it shows them as they last were until the bell rings."""

    def __init__(
        self,
        *,
        fonts: Path,
        store: Store,
        staged: Path,
        ring: Callable[[], None],
        fail: Callable[[SheetError | PressError], None],
    ) -> None:
        self._fonts, self._store, self._staged, self._ring, self._fail = fonts, store, staged, ring, fail
        self._press = Press(load_font_set(fonts), workers=WORKERS)
        self._thread = ThreadPoolExecutor(1)
        self._work: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._press.__exit__(kind, error, trace)

    def print(self, orders: Sequence[Order]) -> AbstractContextManager[Sheets]:
        """Give the sheets as they are or last were, and begin to make what is missing."""
        kept = [self._store.find(create_key(order.job, self._fonts)) for order in orders]
        shown = [made or self._read_staged(order) for made, order in zip(kept, orders, strict=True)]
        missing = [order.job for made, order in zip(kept, orders, strict=True) if not made]
        if not all(shown):  # the first preview of all
            return self._printing(missing=[order.job for order in orders])
        if missing and (self._work is None or self._work.done()):
            self._work = self._thread.submit(self._make, missing)
        return nullcontext(AtHand(tuple(made for made in shown if made)))

    def _read_staged(self, order: Order) -> Made | None:
        """Return the sheet as it was staged last; what has no picture of a first side was never staged."""
        pictures = (
            f"{order.path}.png",
            *(f"{order.path}-{side}.png" for side in range(2, PICTURED_SIDES + 1)),
        )
        files = [self._staged / f"{order.path}.pdf", *(self._staged / path for path in pictures)]
        found = tuple(file.read_bytes() for file in files if file.is_file())
        return found if len(found) > 1 else None

    def _printing(self, missing: Sequence[SheetJob]) -> Printing:
        return Printing(missing, fonts=self._fonts, store=self._store, say=lambda _: None, press=self._press)

    def _make(self, missing: Sequence[SheetJob]) -> None:
        try:
            with self._printing(missing) as printing:
                printing.result()
        except (SheetError, PressError) as error:
            self._fail(error)
        else:
            self._ring()
