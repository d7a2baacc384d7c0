"""The live preview rebuilds once an edit, rests when idle, and survives broken data."""

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

import pytest
from miniature_site import PROJECT, create_miniature_site

from cardguide.artifacts import text_artifact
from cardguide.preview import PreviewServer
from cardguide.rebuilding import Draft, PreviewError, Rebuilder
from cardguide.staging import write_staged

LONG = 30.0  # seconds until a test gives up; nothing ever waits this long when all is well
QUIET = 1.5  # three polls of the watcher: whatever would loop has looped by then


@dataclass
class Desk:
    """A source file, the site made of it, and what the preview has said."""

    source: Path
    folder: Path
    built: Queue[str] = field(default_factory=Queue)
    said: list[str] = field(default_factory=list)
    read: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        self.rebuilder = Rebuilder(
            config=PROJECT / "mkdocs.yml",
            staged=self.folder / "staged",
            folder=self.folder,
            read=lambda: _read(self),
            say=self.said.append,
        )

    def edit(self, text: str) -> None:
        """Save the source as an editor does, and wait for the rebuild that has read it."""
        self.source.write_text(text, "utf-8")
        while self.built.get(timeout=LONG) != text:
            pass  # a build of what was there before, on a busy machine

    def page(self) -> str:
        """Return the built page."""
        return (self.rebuilder.site / "en/note/index.html").read_text("utf-8")

    def get(self, path: str) -> str:
        """Return what a browser gets."""
        with urllib.request.urlopen(self.url + path, timeout=LONG) as answer:  # noqa: S310 - our own address
            return str(answer.read().decode("utf-8"))


@dataclass(frozen=True)
class NoteDraft(Draft):
    """One state of the source."""

    folder: Path
    text: str

    def stage_pages(self, _: Collection[str]) -> bool:
        """Nothing comes first here: tests/test_rebuilding.py."""
        return False

    def stage(self, _: Callable[[], None]) -> Iterator[bool]:
        """Stage everything."""
        page = f'---\ntitle: "Note"\ndescription: "A note"\n---\n\n{self.text}\n'
        write_staged(self.folder / "staged", [*create_miniature_site(), text_artifact("en/note.md", page)])
        yield True


def _read(desk: Desk) -> Draft:
    desk.read = desk.source.read_text("utf-8")
    if "broken" in desk.read:
        raise PreviewError("data/note.txt:1:1 note: is broken")
    return NoteDraft(desk.folder, desk.read)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    tmp_path = tmp_path_factory.mktemp("preview")
    sources = tmp_path / "data"
    sources.mkdir()
    (sources / "note.txt").write_text("first note", "utf-8")
    desk = Desk(source=sources / "note.txt", folder=tmp_path)
    rebuild = desk.rebuilder.rebuild

    def rebuild_and_tell() -> None:
        rebuild()
        desk.built.put(desk.read)

    desk.rebuilder.rebuild = rebuild_and_tell  # type: ignore[method-assign]
    server = PreviewServer(desk.rebuilder, sources=[sources], address=("127.0.0.1", 0))
    desk.built.get(timeout=LONG)
    thread = threading.Thread(target=server.serve)
    thread.start()
    _await_watcher(desk)
    desk.url = f"http://127.0.0.1:{server.server_port}/"
    yield desk
    server.shutdown(wait=True)
    thread.join(LONG)


def _await_watcher(desk: Desk) -> None:
    """Save the source until the watcher, which begins by looking around, has seen it; then let it rest."""
    waiting = True
    while waiting:
        desk.source.touch()
        waiting = not _was_built(desk)
    while _was_built(desk):
        pass


def _was_built(desk: Desk) -> bool:
    try:
        return bool(desk.built.get(timeout=QUIET))
    except Empty:
        return False


def test_an_edit_is_built_once_and_then_nothing_more_happens(desk: Desk) -> None:
    desk.edit("second note")
    assert "second note" in desk.page()
    assert not _was_built(desk)


def test_broken_data_is_said_in_one_line_and_the_last_good_page_stays(desk: Desk) -> None:
    desk.edit("good note")
    desk.edit("broken")
    assert desk.said[-1] == "data/note.txt:1:1 note: is broken"
    assert "good note" in desk.page()
    desk.edit("mended note")
    assert "mended note" in desk.page()


def test_a_dead_link_is_said_and_the_last_good_page_stays(desk: Desk) -> None:
    desk.edit("good note")
    desk.edit("[there](nowhere.md)")
    assert "nowhere.md" in desk.said[-1]
    assert "good note" in desk.page()


def test_a_change_behind_makes_open_pages_load_again(desk: Desk) -> None:
    desk.edit("good note")
    epoch = re.search(r"livereload\((\d+), \d+\);", desk.get("en/note/"))
    assert epoch
    desk.rebuilder.on_change()
    assert int(desk.get(f"livereload/{epoch[1]}/1")) > int(epoch[1])
    assert "good note" in desk.get("en/note/")


def test_an_address_that_is_not_there_gets_the_page_that_says_so(desk: Desk) -> None:
    desk.edit("good note")
    with pytest.raises(urllib.error.HTTPError) as caught:
        desk.get("en/nowhere/")
    assert caught.value.code == 404
    assert caught.value.read() == (desk.rebuilder.site / "404.html").read_bytes()


def test_a_preview_can_begin_with_broken_data(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("broken", "utf-8")
    desk = Desk(source=tmp_path / "note.txt", folder=tmp_path)
    server = PreviewServer(desk.rebuilder, sources=[], address=("127.0.0.1", 0))
    server.server_close()
    assert len(desk.said) == 1
    desk.source.write_text("mended note", "utf-8")
    desk.rebuilder.rebuild()
    assert "mended note" in desk.page()
