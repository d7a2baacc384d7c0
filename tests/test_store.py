"""What is kept is found again only as it was, and what is built from it is what a cold build makes."""

import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from projects import HOME, TODAY, build, copy_project, replace_once, tree

from cardguide.pagekeys import create_page_keys
from cardguide.pdf.printing import create_key
from cardguide.pdf.sheets import SheetJob, SheetSpec
from cardguide.sidebyside import run_side_by_side
from cardguide.store import Store

KEY, PARTS = "ab12", (b"a sheet\n", b"", b"\x00a picture")


def test_all_parts_come_back_as_they_were(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert store.find(KEY) is None
    store.keep(KEY, PARTS)
    assert Store(tmp_path / "store").find(KEY) == PARTS


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content.replace(b"sheet", b"cheat"),
        lambda content: content.replace(b"[8, 0", b"[0, 8"),
        lambda content: content.replace(b"\n", b"", 1),
        lambda _: b"",
        lambda content: b"[]\n" + content,
        lambda content: b"\xff" + content,
    ],
    ids=["cut", "longer", "changed", "divided otherwise", "headless", "empty", "another head", "no text"],
)
def test_a_spoiled_entry_is_as_good_as_none(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    store = Store(tmp_path)
    store.keep(KEY, PARTS)
    file = tmp_path / KEY
    file.write_bytes(spoil(file.read_bytes()))
    assert store.find(KEY) is None
    store.keep(KEY, PARTS)
    assert store.find(KEY) == PARTS


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store(None)
    store.keep(KEY, PARTS)
    store.forget_unused()
    assert store.find(KEY) is None


def test_what_no_build_has_used_is_forgotten(tmp_path: Path) -> None:
    earlier = Store(tmp_path)
    earlier.keep("used", PARTS)
    earlier.keep("unused", PARTS)
    (tmp_path / "7-0.unfinished").write_bytes(b"left by a kill")
    store = Store(tmp_path)
    assert store.find("used")
    store.keep("new", PARTS)
    store.forget_unused()
    assert {file.name for file in tmp_path.iterdir()} == {"used", "new"}


@pytest.fixture(scope="module")
def warm(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built project, whose stores know everything."""
    folder = tmp_path_factory.mktemp("warm") / "project"
    shutil.copytree(project, folder)
    return folder


EDITS = {
    "words": {
        "content/en/about.md": lambda text: text + "\nOne more sentence.\n",
        "data/site.yaml": lambda text: text.replace("url: https://", "url: https://x.", 1),
    },
    "looks": {
        "templates/overrides/partials/footer.html": lambda text: text + "<p>One more</p>\n",
        "templates/styles/base.css": lambda text: text + "\nmain { color: inherit; }\n",
    },
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_build_with_stores_makes_the_bytes_of_a_cold_one(warm: Path, tmp_path: Path, edit: str) -> None:
    cold = copy_project(tmp_path / "cold")
    shutil.copytree(warm / "build/cache/sheets", cold / "build/cache/sheets")  # whose keys are tested below
    for path, change in EDITS[edit].items():
        for root in (warm, cold):
            (root / path).write_text(change((HOME / path).read_text("utf-8")), "utf-8")
    one, other = (tree(build(root, "--as-of", TODAY)) for root in (warm, cold))
    for path in EDITS[edit]:
        shutil.copy(HOME / path, warm / path)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_a_spoiled_store_changes_no_byte(warm: Path) -> None:
    build(warm, "--as-of", TODAY)
    before = tree(warm / "dist")
    for file in (warm / "build/cache/pages").iterdir():
        file.write_bytes(file.read_bytes()[:-3] + b"xxx")
    (warm / "dist/en/index.html").write_bytes(b"spoiled, so that there is something to do")
    assert tree(build(warm, "--as-of", TODAY)) == before


TABLE = "dist/embed/v1/en/procedures.html"


def test_a_build_of_some_outputs_keeps_the_others_of_the_same_data(scratch: Path) -> None:
    before = (scratch / TABLE).read_bytes()
    style = scratch / "templates/embeds/frame.css"
    style.write_text(style.read_text("utf-8") + "\nmain { color: inherit; }\n", "utf-8")
    build(scratch, "--as-of", TODAY, "--only", "site")
    assert (scratch / TABLE).read_bytes() == before
    build(scratch, "--as-of", TODAY, "--only", "site,embeds")
    assert (scratch / TABLE).read_bytes() != before


def test_a_build_of_some_outputs_never_leaves_other_facts_in_the_rest(scratch: Path) -> None:
    replace_once(scratch / "data/site.yaml", "\n  url: https://", "\n  url: https://x.")
    build(scratch, "--as-of", TODAY, "--only", "site")
    assert b"https://x." in (scratch / TABLE).read_bytes()
    assert b"https://x." in (scratch / "dist/data/v1/index.json").read_bytes()


def _staged(folder: Path) -> Path:
    texts = {"site.json": "{}", "en/a.md": "(d%2Dd.md)", "en/b.md": "page:c&#45;c.md", "data/x.csv": "1"}
    for path, text in texts.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_text(text, "utf-8")
    (folder / "templates/overrides").mkdir(parents=True)
    (folder / "templates/overrides/main.html").write_text("frame", "utf-8")
    (folder / "mkdocs.yml").write_text("theme: x", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("path", "text", "changed"),
    [
        ("docs/en/a.md", "other", {"en/a.md"}),
        ("docs/site.json", "[]", {"en/a.md", "en/b.md"}),
        ("docs/data/y.csv", "a path that no page means", set()),
        ("docs/en/c-c.md", "a path that is meant", {"en/b.md"}),
        ("docs/en/d-d.md", "a path that is meant", {"en/a.md"}),
        ("docs/en/c.md", "a path that only looks alike", set()),
        ("docs/en/index.md", "where an address leads that says no name", {"en/a.md", "en/b.md"}),
        ("docs/data/x.csv", "2", set()),
        ("templates/overrides/main.html", "other", {"en/a.md", "en/b.md"}),
        ("mkdocs.yml", "theme: y", {"en/a.md", "en/b.md"}),
    ],
)
def test_what_decides_about_a_page_is_in_its_key(
    tmp_path: Path, path: str, text: str, changed: set[str]
) -> None:
    folder = _staged(tmp_path)
    create = partial(create_page_keys, folder / "mkdocs.yml", folder / "docs", ["en"])
    before = create()
    (folder / path).write_text(text, "utf-8")
    after = create()
    assert {page for page in before if before[page] != after[page]} == changed


def test_what_decides_about_a_sheet_is_in_its_key() -> None:
    spec = SheetSpec(
        name="a4", locale="ja", pages=2, page_size_mm=(210, 297), safe_margin_mm=10,
        minimum_size_pt=12, note_size_pt=9,
    )  # fmt: skip
    fonts = HOME / "flyers/fonts"
    keys = {
        create_key(job, fonts)
        for job in (
            SheetJob(html="<p>a", spec=spec),
            SheetJob(html="<p>b", spec=spec),
            SheetJob(html="<p>a", spec=spec, assets={"x.css": b"a"}),
            SheetJob(html="<p>a", spec=spec, assets={"x.css": b"b"}),
        )
    }
    assert len(keys) == 4


def test_works_side_by_side_answer_in_order_or_raise() -> None:
    def fail() -> str:
        raise LookupError("no such page")

    assert run_side_by_side([lambda: "a", lambda: "b", lambda: "c"]) == ["a", "b", "c"]
    assert run_side_by_side([]) == []
    with pytest.raises(LookupError, match="no such page"):
        run_side_by_side([fail, lambda: "b"])


def test_beside_other_threads_one_work_follows_the_other() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        order: list[str] = []
        run_side_by_side([partial(order.append, "first"), partial(order.append, "second")])
        assert order == ["first", "second"]
    finally:
        done.set()
        thread.join()
