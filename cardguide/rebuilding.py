"""Rebuilding: from one reading of the sources to the site that is shown, what is looked at before all else."""

import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from cardguide.pagekeys import built_path
from cardguide.sitebuild import NO_STORE, SiteError, build_pages, write_site
from cardguide.store import Store

REMEMBERED, IN_FRONT = 8, 2
Say = Callable[[str], None]


class PreviewError(Exception):
    """The sources are wrong; the message is what to print."""


class InterruptedWork(Exception):  # noqa: N818 - no error: there is something newer to do
    """A newer reading of the sources is there."""


class Draft(Protocol):
    """One reading of the sources, in which nothing is wrong."""

    def stage_pages(self, pages: Collection[str]) -> bool:
        """Stage some pages anew, by their staged paths; tell whether all around them is as it was."""

    def stage(self, go_on: Callable[[], None]) -> Iterator[bool]:
        """Stage everything as far as it is at hand, and again whenever more is; yield whether nothing is missing.

        Sheets do not count: they may be as they last were. ``go_on`` raises when there is something newer to do.
        """


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for last, the newest last."""

    _paths: dict[str, None] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, path: str) -> None:
        """Remember the address of a page or of a sheet."""
        if path.endswith(("/", ".html", ".pdf")):
            with self._lock:
                self._paths.pop(path, None)
                self._paths[path] = None
                for old in [*self._paths][:-REMEMBERED]:
                    del self._paths[old]

    def paths(self) -> tuple[str, ...]:
        """Return the addresses below the root, the newest first."""
        with self._lock:
            newest_first = [*reversed(self._paths)]
        return tuple(path.lstrip("/") + ("index.html" if path.endswith("/") else "") for path in newest_first)


class Rebuilder:
    """Keeps a built site up to date; its folder changes its name with every whole rebuild."""

    def __init__(
        self,
        *,
        config: Path,
        staged: Path,
        folder: Path,
        read: Callable[[], Draft],
        say: Say,
        store: Store = NO_STORE,
    ) -> None:
        """``read`` reads the sources, and raises ``PreviewError`` when they are wrong."""
        self._config, self._staged, self._folder, self._store = config, staged, folder, store
        self._read, self._say = read, say
        self.asked = Asked()
        self.on_change: Callable[[], None] = lambda: None
        self._numbers = count()
        self._trees = [self._new_folder()]
        self.site.mkdir()
        self._writing = threading.Lock()
        self._late: dict[str, bytes] = {}
        self._before: dict[str, bytes | None] = {}
        self._current: Draft | None = None
        self._is_shown = False
        self._drafts: list[Draft] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def site(self) -> Path:
        """The folder of the site as it is now."""
        return self._trees[-1]

    def rebuild(self) -> None:
        """Build what is looked at, and begin to build everything else; say what is wrong and leave all as it is."""
        self._interrupt()
        try:
            draft = self._read()
        except PreviewError as error:
            self._say(str(error))
            if self._drafts:
                self._begin(self._drafts[-1].stage(self._go_on))
            return
        self._drafts.append(draft)
        self._turn_to(draft)
        stages = draft.stage(self._go_on)
        if self._put_in_front(draft) or self._build(stages, until_shown=True):
            self._begin(stages)

    def add(self, draft: Draft, files: Mapping[str, bytes]) -> None:
        """Put files of a draft into the site that were made beside its pages; they stay until the next draft."""
        with self._writing:
            if draft is self._current:
                self._late |= files
                self._put(files)

    def end(self) -> None:
        """End what is going on."""
        self._interrupt()

    def join(self) -> None:
        """Wait for what is going on."""
        if self._thread:
            self._thread.join()

    def _interrupt(self) -> None:
        self._stop.set()
        self.join()
        self._stop.clear()

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise InterruptedWork

    def _begin(self, stages: Iterator[bool]) -> None:
        self._thread = threading.Thread(target=self._build, args=(stages,), daemon=True)
        self._thread.start()

    def _put_in_front(self, draft: Draft) -> bool:
        """Show the pages that are looked at, if they are all that they need; tell whether any are."""
        by_place = {
            built_path(file.relative_to(self._staged).as_posix()): file.relative_to(self._staged).as_posix()
            for file in self._staged.glob("*/**/*.md")
        }
        pages = [by_place[path] for path in self.asked.paths() if path in by_place][:IN_FRONT]
        try:
            if not pages or not draft.stage_pages(pages):
                return False
            built = build_pages(config=self._config, staged=self._staged, wanted=pages, store=self._store)
        except (PreviewError, SiteError):  # which the whole rebuild says, if it stays
            return False
        with self._writing:
            self._put(built)
        return True

    def _build(self, stages: Iterator[bool], *, until_shown: bool = False) -> bool:
        """Build everything after each stage, or until it is shown; tell whether something may be left to do."""
        try:
            for is_complete in stages:
                if self._show(is_complete=is_complete) and until_shown:
                    return True
        except InterruptedWork:
            return False
        except PreviewError as error:
            self._say(str(error))
            self._put_back()
            self._drafts.pop()
            if self._drafts:  # What was good, and in the making when this one came, is the last good state.
                self._turn_to(self._drafts[-1])
                self._build(self._drafts[-1].stage(self._go_on))
            return False
        self._drafts.clear()
        return False

    def _show(self, *, is_complete: bool) -> bool:
        """Build what is staged and show it; what is wrong may still come right while something is missing."""
        try:
            self._build_once()
        except SiteError as error:
            if is_complete:
                raise PreviewError(str(error)) from error
            return False
        self.on_change()
        return True

    def _build_once(self) -> None:
        fresh = self._new_folder()
        try:
            write_site(
                config=self._config, staged=self._staged, output=fresh, store=self._store, go_on=self._go_on
            )
        except (SiteError, InterruptedWork):
            shutil.rmtree(fresh)
            raise
        with self._writing:
            self._trees.append(fresh)
            self._before, self._is_shown = {}, True
            self._put(self._late)
        del self._drafts[:-1]
        for old in self._trees[:-2]:  # of the one before, somebody may still be reading
            shutil.rmtree(old)
            self._trees.remove(old)

    def _put_back(self) -> None:
        """Show again what stood where a draft has put something that has failed."""
        with self._writing:
            self._current = None
            before, self._before, self._is_shown = self._before, {}, True
            self._put({path: content for path, content in before.items() if content is not None})
            for path in [path for path, content in before.items() if content is None]:
                (self.site / path).unlink()
        if before:
            self.on_change()

    def _turn_to(self, draft: Draft) -> None:
        with self._writing:
            self._current, self._late, self._is_shown = draft, {}, False

    def _put(self, files: Mapping[str, bytes]) -> None:
        """Write files into the tree that is shown, and keep what was there while it is the tree of another draft."""
        for path, content in files.items():
            file = self.site / path
            if not self._is_shown and path not in self._before:
                self._before[path] = file.read_bytes() if file.is_file() else None
            file.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / "unfinished"
            unfinished.write_bytes(content)
            unfinished.replace(file)

    def _new_folder(self) -> Path:
        return self._folder / f"site-{next(self._numbers)}"
