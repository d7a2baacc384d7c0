"""The live preview rebuilds once an edit, rests when idle, and survives broken data."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

import pytest
from miniature_site import PROJECT, create_miniature_site

from cardguide.artifacts import text_artifact
from cardguide.preview import PreviewError, create_builder, create_server
from cardguide.staging import write_staged

LONG = 30.0  # seconds until a test gives up; nothing ever waits this long when all is well
QUIET = 1.5  # three polls of the watcher: whatever would loop has looped by then


@dataclass
class Desk:
    """A source file, the site made of it, and what the preview has said."""

    source: Path
    site: Path
    built: Queue[str] = field(default_factory=Queue)
    said: list[str] = field(default_factory=list)
    read: str = ""

    def edit(self, text: str) -> None:
        """Save the source as an editor does, and wait for the rebuild that has read it."""
        self.source.write_text(text, "utf-8")
        while self.built.get(timeout=LONG) != text:
            pass  # a build of what was there before, on a busy machine

    def page(self) -> str:
        """Return the built page."""
        return (self.site / "en/note/index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    tmp_path = tmp_path_factory.mktemp("preview")
    sources = tmp_path / "data"
    sources.mkdir()
    desk = Desk(source=sources / "note.txt", site=tmp_path / "site")
    desk.source.write_text("first note", "utf-8")
    build = create_builder(
        config=PROJECT / "mkdocs.yml",
        staged=tmp_path / "staged",
        site=desk.site,
        restage=_restage(desk, tmp_path / "staged"),
        say=desk.said.append,
    )

    def build_and_tell() -> None:
        build()
        desk.built.put(desk.read)

    server = create_server(site=desk.site, sources=[sources], build=build_and_tell, address=("127.0.0.1", 0))
    desk.built.get(timeout=LONG)
    thread = threading.Thread(target=server.serve)
    thread.start()
    _await_watcher(desk)
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


def _restage(desk: Desk, staged: Path) -> Callable[[], None]:
    def restage() -> None:
        text = desk.read = desk.source.read_text("utf-8")
        if "broken" in text:
            raise PreviewError("data/note.txt:1:1 note: is broken")
        page = f'---\ntitle: "Note"\ndescription: "A note"\n---\n\n{text}\n'
        write_staged(staged, [*create_miniature_site(), text_artifact("en/note.md", page)])

    return restage


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


def test_a_preview_can_begin_with_broken_data(tmp_path: Path) -> None:
    said: list[str] = []
    desk = Desk(source=tmp_path / "note.txt", site=tmp_path / "site")
    desk.source.write_text("broken", "utf-8")
    build = create_builder(
        config=PROJECT / "mkdocs.yml",
        staged=tmp_path / "staged",
        site=desk.site,
        restage=_restage(desk, tmp_path / "staged"),
        say=said.append,
    )
    server = create_server(site=desk.site, sources=[], build=build, address=("127.0.0.1", 0))
    server.server_close()
    assert len(said) == 1
    desk.source.write_text("mended note", "utf-8")
    build()
    assert "mended note" in desk.page()
    shutil.rmtree(desk.site)
