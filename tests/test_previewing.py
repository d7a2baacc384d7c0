"""The preview of the real project shows in the end what a preview that begins with the edited files shows."""

import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import TODAY, copy_project, replace_once, tree

from cardguide.backroom import Backroom
from cardguide.dataset import read_dataset
from cardguide.outputs.flyers import collect_flyers, create_orders
from cardguide.pdf.printing import create_key
from cardguide.previewing import Desk, create_desk
from cardguide.project import Project
from cardguide.staging import write_staged
from cardguide.store import Store

AS_OF = datetime.date.fromisoformat(TODAY)
EDITS = (
    ("content/en/about.md", "\n## ", "\nOne more sentence.\n\n## "),
    ("data/faq.yaml", "en: Who can have it\n", "en: Who may have it\n"),
    ("flyers/a3/poster.css", "", "/* one more line */\n"),
)


@contextmanager
def previewing(root: Path, folder: Path, said: list[str]) -> Iterator[Desk]:
    """Preview a project, as ``serve`` does without its server."""
    folder.mkdir()
    desk = create_desk(root, folder, as_of=AS_OF, port=8000, language="en", say=said.append)
    with desk.backroom:
        desk.rebuilder.rebuild()
        desk.rebuilder.join()
        yield desk


@pytest.fixture(scope="module")
def sources(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project without anything built but its sheets and pictures."""
    root = copy_project(tmp_path_factory.mktemp("previewed") / "project")
    for kept in ("sheets", "pictures"):
        shutil.copytree(project / "build/cache" / kept, root / "build/cache" / kept)
    return root


def test_what_is_shown_in_the_end_is_what_a_cold_preview_shows(sources: Path, tmp_path: Path) -> None:
    root, cold, said = tmp_path / "warm", tmp_path / "cold", list[str]()
    shutil.copytree(sources, root)
    with previewing(root, tmp_path / "warm-site", said) as desk:
        for path in ("/en/about/", "/en/offices/", "/flyers/en/a3.pdf"):
            desk.rebuilder.asked.note(path)
        for path, old, new in EDITS:
            text = (root / path).read_text("utf-8")
            (root / path).write_text(text.replace(old, new, 1), "utf-8")
            desk.rebuilder.rebuild()
        desk.rebuilder.join()
        shown = tree(desk.rebuilder.site)
    shutil.copytree(root, cold, ignore=shutil.ignore_patterns("preview"))
    with previewing(cold, tmp_path / "cold-site", said) as desk:
        expected = tree(desk.rebuilder.site)
    assert said == []
    assert shown.keys() == expected.keys()
    assert [name for name in shown if shown[name] != expected[name]] == []
    assert b"One more sentence." in shown["en/about/index.html"]
    assert b"Who may have it" in shown["en/faq/index.html"]
    assert b"Who may have it" in shown["data/v1/faq.json"]


def test_a_fact_is_on_the_page_that_is_looked_at_before_it_is_anywhere_else(
    sources: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    root = tmp_path / "project"
    shutil.copytree(sources, root)
    with previewing(root, tmp_path / "site", said) as desk:
        desk.rebuilder.asked.note("/en/about/")
        about = root / "content/en/about.md"
        about.write_text(about.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
        site = desk.rebuilder.site
        desk.rebuilder.rebuild()
        assert "One more sentence." in (site / "en/about/index.html").read_text("utf-8")
        desk.rebuilder.join()
        assert desk.rebuilder.site != site
        line = replace_once(root / "data/site.yaml", "default_locale: ja", "default_locale: xx")
        desk.rebuilder.rebuild()
        assert f"data/site.yaml:{line}:" in said[-1]
        assert "One more sentence." in (desk.rebuilder.site / "en/about/index.html").read_text("utf-8")


def test_a_sheet_that_must_be_made_again_is_shown_as_it_last_was(sources: Path, tmp_path: Path) -> None:
    project = Project(root=sources)
    orders = create_orders(
        read_dataset(project.read_data()),
        files=project.paper_files,
        as_of=AS_OF,
        is_wanted={"flyers/en/a4", "flyers/en/a3"}.__contains__,
    )
    kept = Store(sources / "build/cache/sheets")
    made = tuple(kept.find(create_key(order.job, project.fonts)) or () for order in orders)
    write_staged(tmp_path, collect_flyers(orders, made).artifacts)
    with Backroom(fonts=project.fonts, store=Store(None), staged=tmp_path) as backroom:
        batch = backroom.begin(orders, done=lambda *_: None)
        assert batch.shown == made
        assert sorted(batch.waiting) == [0, 1]
