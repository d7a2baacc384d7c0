"""What is looked at is rebuilt first; what is shown in the end is one good state, whatever fails or comes between."""

import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from miniature_site import PROJECT, create_miniature_site

from cardguide.artifacts import Artifact, text_artifact
from cardguide.rebuilding import Draft, PreviewError, Rebuilder
from cardguide.staging import stage_anew, write_staged
from cardguide.store import Store

SHEET = "flyers/ja/overview.pdf"


@dataclass
class Desk:
    """A site of two pages that say what the source says, with a gate that holds the whole rebuild."""

    folder: Path
    text: str = "first"
    said: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    drafts: list["NoteDraft"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()
        self.rebuilder = Rebuilder(
            config=PROJECT / "mkdocs.yml",
            staged=self.folder / "staged",
            folder=self.folder,
            read=self.read,
            say=self.said.append,
            store=Store(self.folder / "store"),
        )

    def read(self) -> Draft:
        """Read the source."""
        if "broken" in self.text:
            raise PreviewError("the note is broken")
        self.drafts.append(NoteDraft(desk=self, text=self.text))
        return self.drafts[-1]

    def edit(self, text: str, *, wait: bool = True) -> None:
        """Save a text, and build the site from it."""
        self.text = text
        self.rebuilder.rebuild()
        if wait:
            self.rebuilder.join()

    def page(self, name: str) -> str:
        """Return a page as it is shown."""
        return (self.rebuilder.site / f"en/{name}/index.html").read_text("utf-8")

    def look(self) -> None:
        """Ask for one of the pages, as a browser does."""
        self.rebuilder.asked.note("/en/note/")


@dataclass(frozen=True)
class NoteDraft(Draft):
    """One state of the source."""

    desk: Desk
    text: str

    def stage_pages(self, pages: Collection[str]) -> bool:
        """Stage the pages, unless the text says that the frame is another one."""
        if "frame" in self.text:
            return False
        stage_anew(self.desk.folder / "staged", [page for page in self.pages() if page.path in pages])
        return True

    def stage(self, go_on: Callable[[], None]) -> Iterator[bool]:
        """Wait at the gate, then stage everything."""
        while not self.desk.gate.wait(0.01):
            go_on()
        if "faulty" in self.text:
            raise PreviewError("the sheet is faulty")
        write_staged(self.desk.folder / "staged", [*create_miniature_site(), *self.pages()])
        yield True

    def pages(self) -> list[Artifact]:
        """Return both pages."""
        return [_page("note", self.text), _page("other", self.text.replace("other is lost", "[x](lost.md)"))]


def _page(name: str, text: str) -> Artifact:
    return text_artifact(
        f"en/{name}.md", f'---\ntitle: "Note"\ndescription: "A note"\n---\n\nThe {text} text\n'
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.rebuilder.rebuild()
    desk.look()
    return desk


def test_what_is_looked_at_is_shown_before_the_rest(desk: Desk) -> None:
    desk.gate.clear()
    desk.edit("second", wait=False)
    assert "The second text" in desk.page("note")
    assert "The first text" in desk.page("other")
    desk.gate.set()
    desk.rebuilder.join()
    assert "The second text" in desk.page("note")
    assert "The second text" in desk.page("other")


def test_what_needs_another_frame_waits_for_the_whole(desk: Desk) -> None:
    desk.edit("other frame", wait=False)
    assert "The other frame text" in desk.page("note")
    assert "The other frame text" in desk.page("other")


def test_what_fails_later_is_taken_back_from_the_front(desk: Desk) -> None:
    desk.edit("second")
    desk.edit("third, the other is lost")
    assert "lost.md" in desk.said[-1]
    assert "The second text" in desk.page("note")
    assert "The second text" in desk.page("other")
    desk.edit("faulty")
    assert desk.said[1:] == ["the sheet is faulty"]
    assert "The second text" in desk.page("note")


@pytest.mark.parametrize(
    ("edit", "said"), [("broken", "the note is broken"), ("faulty", "the sheet is faulty")]
)
def test_what_was_good_and_in_the_making_is_finished_when_the_next_is_not(
    desk: Desk, edit: str, said: str
) -> None:
    desk.gate.clear()
    desk.edit("second", wait=False)
    desk.edit(edit, wait=False)
    desk.gate.set()
    desk.rebuilder.join()
    assert desk.said == [said]
    assert "The second text" in desk.page("note")
    assert "The second text" in desk.page("other")


def test_a_newer_edit_ends_what_an_older_one_has_begun(desk: Desk) -> None:
    desk.gate.clear()
    desk.edit("second", wait=False)
    desk.edit("third", wait=False)
    assert "The third text" in desk.page("note")
    desk.gate.set()
    desk.rebuilder.join()
    assert "The third text" in desk.page("other")
    desk.gate.clear()
    desk.edit("fourth", wait=False)
    desk.rebuilder.end()
    assert desk.said == []


def _sheet(desk: Desk) -> bytes:
    return (desk.rebuilder.site / SHEET).read_bytes()


def test_a_sheet_that_is_made_beside_the_pages_stays(desk: Desk) -> None:
    desk.gate.clear()
    desk.edit("second", wait=False)
    desk.rebuilder.add(desk.drafts[0], {SHEET: b"of an older reading"})
    assert _sheet(desk) == b"%PDF-1.7\n"
    desk.rebuilder.add(desk.drafts[-1], {SHEET: b"new", "flyers/ja/second.pdf": b"more"})
    assert _sheet(desk) == b"new"
    desk.gate.set()
    desk.rebuilder.join()
    assert _sheet(desk) == b"new"


def test_a_sheet_is_taken_back_with_the_pages_it_belongs_to(desk: Desk) -> None:
    desk.gate.clear()
    desk.edit("faulty", wait=False)
    desk.rebuilder.add(desk.drafts[-1], {SHEET: b"new", "flyers/ja/second.pdf": b"more"})
    desk.gate.set()
    desk.rebuilder.join()
    desk.rebuilder.add(desk.drafts[-1], {SHEET: b"too late"})
    assert _sheet(desk) == b"%PDF-1.7\n"
    assert not (desk.rebuilder.site / "flyers/ja/second.pdf").exists()


def test_only_the_last_trees_stay(desk: Desk) -> None:
    for text in ("second", "third", "fourth"):
        desk.edit(text)
    assert len(list(desk.folder.glob("site-*"))) == 2


def test_only_what_was_asked_for_lately_is_looked_at(desk: Desk) -> None:
    for number in range(20):
        desk.rebuilder.asked.note(f"/en/{number}/")
        desk.rebuilder.asked.note("/assets/site.css")
    desk.rebuilder.asked.note("/flyers/en/a4.pdf")
    desk.rebuilder.asked.note("/en/18/")
    assert desk.rebuilder.asked.paths()[:3] == ("en/18/index.html", "flyers/en/a4.pdf", "en/19/index.html")
    assert len(desk.rebuilder.asked.paths()) == 8
