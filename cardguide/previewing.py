"""The live preview of a project folder: what is looked at, then its pages, then tables, data and sheets."""

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from cardguide.artifacts import Artifact
from cardguide.backroom import Backroom
from cardguide.building import CACHE, OUTPUTS, create_all_pages, create_part_of_site, create_tables
from cardguide.checking import read_checked
from cardguide.dataset import Dataset
from cardguide.outputs.flyers import Flyers, Order, collect_flyers, create_files, create_orders
from cardguide.pdf.printing import Made
from cardguide.pdf.sheets import PressError, SheetError
from cardguide.preview import serve as serve_site
from cardguide.problems import DataError, Language, format_text
from cardguide.project import Project
from cardguide.projectfiles import SOURCES
from cardguide.rebuilding import Draft, PreviewError, Rebuilder
from cardguide.siteframe import FRAME_PATH, SiteFrame
from cardguide.staging import stage_anew, write_staged
from cardguide.store import Store

Say = Callable[[str], None]


def serve(root: Path, *, as_of: datetime.date, port: int, language: Language, say: Say) -> None:
    """Serve a live preview of a project folder until it is interrupted."""
    with TemporaryDirectory(prefix="cardguide-preview-") as folder:
        desk = create_desk(root, Path(folder), as_of=as_of, port=port, language=language, say=say)
        with desk.backroom:
            serve_site(
                desk.rebuilder,
                sources=[root / name for name in SOURCES if (root / name).is_dir()],
                address=("127.0.0.1", port),
                say=say,
            )


def create_desk(
    root: Path, folder: Path, *, as_of: datetime.date, port: int, language: Language, say: Say
) -> "Desk":
    """Return what a preview of a project is made at, with its site below ``folder``."""
    staged = root / "build" / "preview"
    desk = Desk(
        root=root,
        as_of=as_of,
        language=language,
        staged=staged,
        site_url=f"http://127.0.0.1:{port}/",
        backroom=Backroom(
            fonts=root / "flyers" / "fonts", store=Store(root / CACHE / "sheets"), staged=staged
        ),
        pictures=Store(root / CACHE / "pictures"),
    )
    desk.rebuilder = Rebuilder(
        config=root / "mkdocs.yml",
        staged=staged,
        folder=folder,
        read=desk.read,
        say=say,
        store=Store(root / CACHE / "preview"),
    )
    return desk


@dataclass(kw_only=True)
class Desk:
    """What stays between two readings of the sources: how a preview is made, and what was made last."""

    root: Path
    as_of: datetime.date
    language: Language
    staged: Path
    site_url: str
    backroom: Backroom
    pictures: Store
    rebuilder: Rebuilder = field(init=False)
    flyers: Flyers | None = None
    tables: tuple[Artifact, ...] = ()
    tables_of: object = None

    def read(self) -> "Reading":
        """Read and check the sources; raise ``PreviewError`` when they are wrong."""
        project = Project(root=self.root)
        project.read_all()  # What is edited later belongs to the next reading.
        try:
            dataset, _ = read_checked(project, self.as_of, must_be_confirmed=False)
        except DataError as error:
            raise self.error(error) from error
        return Reading(desk=self, project=project, dataset=dataset)

    def error(self, error: DataError | SheetError | PressError) -> PreviewError:
        """Return what is wrong as it is said."""
        if isinstance(error, PressError):
            return PreviewError(str(error))
        problems = error.problems if isinstance(error, DataError) else [each.problem for each in error.faults]
        return PreviewError(format_text(problems, self.language).rstrip())

    def framing(self, frame: SiteFrame) -> SiteFrame:
        """Return the frame of a preview, whose reload script is inline: the policy of the published site forbids it."""
        return replace(frame, site_url=self.site_url, policy="")


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading(Draft):
    """One reading of the sources of a project."""

    desk: Desk
    project: Project
    dataset: Dataset

    def stage_pages(self, pages: Collection[str]) -> bool:
        """Stage some pages anew, if the frame is as it was; sheets count as they last were."""
        if self.desk.flyers is None:
            return False
        frame, *artifacts = create_part_of_site(
            self.project,
            self.dataset,
            self.desk.as_of,
            self.desk.flyers,
            framing=self.desk.framing,
            is_wanted=pages.__contains__,
        )
        if frame.content != (self.desk.staged / FRAME_PATH).read_bytes():
            return False
        stage_anew(self.desk.staged, artifacts)
        return bool(artifacts)

    def stage(self, go_on: Callable[[], None]) -> Iterator[bool]:
        """Stage the pages with tables and sheets as they last were, then with those of now."""
        try:
            yield from self._stage(go_on)
        except (DataError, SheetError, PressError) as error:
            raise self.desk.error(error) from error

    def _stage(self, go_on: Callable[[], None]) -> Iterator[bool]:
        desk = self.desk
        looked_at = {path.removesuffix(".pdf") for path in desk.rebuilder.asked.paths()}
        desk.backroom.begin_first(self._orders(looked_at.__contains__), done=self._show_sheet)
        orders = self._orders(lambda _: True)
        batch = desk.backroom.begin(orders, done=self._show_sheet)
        flyers = desk.flyers = collect_flyers(orders, batch.shown)
        pages = self._pages(flyers, go_on)
        are_current = desk.tables_of == self._tables_key
        if desk.tables and not are_current:
            write_staged(desk.staged, (*desk.tables, *flyers.artifacts, *pages))
            yield False
        if not are_current:
            desk.tables = self._tables(go_on)
            desk.tables_of = self._tables_key
        write_staged(desk.staged, (*desk.tables, *flyers.artifacts, *pages))
        yield True
        if batch.waiting:
            made = collect_flyers(orders, batch.result(go_on))
            desk.flyers = made
            if made.files != flyers.files:  # which pages show, sizes among them
                pages = self._pages(made, go_on)
            write_staged(desk.staged, (*desk.tables, *made.artifacts, *pages))
            yield True
        desk.backroom.warm_up(orders)

    def _orders(self, is_wanted: Callable[[str], bool]) -> tuple[Order, ...]:
        files = self.project.paper_files
        return create_orders(self.dataset, files=files, as_of=self.desk.as_of, is_wanted=is_wanted)

    def _pages(self, flyers: Flyers, go_on: Callable[[], None]) -> tuple[Artifact, ...]:
        framing = self.desk.framing
        return tuple(
            _each(
                create_all_pages(self.project, self.dataset, self.desk.as_of, flyers, framing=framing), go_on
            )
        )

    def _tables(self, go_on: Callable[[], None]) -> tuple[Artifact, ...]:
        desk = self.desk
        return tuple(
            _each(
                create_tables(self.project, self.dataset, desk.as_of, OUTPUTS, pictures=desk.pictures), go_on
            )
        )

    @cached_property
    def _tables_key(self) -> object:
        """All that tables, data, feeds and pictures of pages are made from."""
        project, fonts = self.project, self.project.fonts / "SHA256SUMS"
        texts = (project.templates, project.styles, project.embed_files, project.examples)
        return (project.read_data(), *texts, project.municipalities, fonts.read_bytes())

    def _show_sheet(self, order: Order, made: Made) -> None:
        files = {artifact.path: artifact.content for artifact in create_files(order, made)}
        self.desk.rebuilder.add(self, files)


def _each(artifacts: Iterator[Artifact], go_on: Callable[[], None]) -> Iterator[Artifact]:
    for artifact in artifacts:
        go_on()
        yield artifact
