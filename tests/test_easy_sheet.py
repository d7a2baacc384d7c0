"""The sheet in easy Japanese as its readers meet it: large type, few words a side, a reading for every kanji."""

import datetime
import re
import subprocess
from functools import cache
from pathlib import Path

import page
import pytest

from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.flyers import Order, create_orders
from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.pdf.typography import strip_break_marks
from cardguide.project import Project

PROJECT = Project(root=Path(__file__).parents[1])
TODAY = datetime.date(2026, 11, 23)
LOCALE = "ja-simple"
LARGEST_SIDE = 1000
LEAST_SIZE_TENTHS = 120
KANJI = re.compile(r"[一-鿿々]")
JAPANESE = re.compile(r"[\u3040-\u30ff一-鿿々]")
LINE = re.compile(r"^(?P<indent> *)(?:\"(?P<text>.*)\"|(?P<tag>\w+).*)$")


@cache
def dataset() -> Dataset:
    return read_dataset(PROJECT.read_data())


@cache
def order() -> Order:
    orders = create_orders(dataset(), files=PROJECT.paper_files, as_of=TODAY)
    return next(each for each in orders if each.version.locales == (LOCALE,))


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with Press(load_font_set(PROJECT.fonts), workers=1) as press:
        (sheet,) = press.render([order().job])
    path = tmp_path_factory.mktemp("easy") / "sheet.pdf"
    path.write_bytes(sheet.pdf)
    return path


@pytest.fixture(scope="module")
def tagged(pdf: Path) -> list[tuple[str, str]]:
    """Return every text of the PDF in reading order, each with the tag of the element around it."""
    command = ["pdfinfo", "-struct-text", str(pdf)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    texts, tag = [], ""
    tags: dict[int, str] = {}
    for line in lines:
        found = LINE.match(line)
        if not found:
            continue
        indent = len(found["indent"])
        if found["tag"]:
            tags = {deep: tag for deep, tag in tags.items() if deep < indent} | {indent: found["tag"]}
        else:
            tag = tags[max(deep for deep in tags if deep < indent)]
            texts.append((tag, strip_break_marks(found["text"])))
    return texts


@pytest.fixture(scope="module")
def words(tagged: list[tuple[str, str]]) -> str:
    """Return what the sheet says, without the readings."""
    return re.sub(r"\s+", "", "".join(text for tag, text in tagged if tag != "RT"))


@pytest.mark.parametrize("profile", ["ua1", "pdfa-2a"])
def test_the_sheet_is_accessible_and_archival(pdf: Path, profile: str) -> None:
    assert [str(failure) for failure in page.validate_pdf(str(pdf), profile=profile).failures] == []


def test_no_kanji_stands_without_a_reading(tagged: list[tuple[str, str]]) -> None:
    bare = [text for tag, text in tagged if KANJI.search(text) and tag != "RB"]
    assert [text for tag, text in tagged if tag == "RB"]
    assert bare == []


def test_no_reading_holds_a_kanji_and_every_word_has_one(tagged: list[tuple[str, str]]) -> None:
    kinds = [tag for tag, _ in tagged if tag in {"RB", "RT"}]
    assert kinds == ["RB", "RT"] * (len(kinds) // 2)
    assert [text for tag, text in tagged if tag == "RT" and KANJI.search(text)] == []


def test_every_procedure_and_question_is_named_in_easy_japanese(words: str) -> None:
    data = dataset()
    names = [each.name[LOCALE] for each in data.procedures.values()]
    names += [each.question[LOCALE] for each in data.questions.values() if each.flyer]
    names += [item.name[LOCALE] for item in data.items.values()]
    assert len(names) > 16
    assert [name for name in names if re.sub(r"\s+", "", name) not in words] == []


def test_the_sheet_says_that_no_teacher_has_read_it(words: str) -> None:
    assert dataset().labels["plain-language-notice"][LOCALE] in words


def test_a_side_holds_at_most_a_thousand_japanese_characters() -> None:
    html = re.sub(
        r"<rt>.*?</rt>|<style>.*?</style>|<title>.*?</title>", "", order().job.html, flags=re.DOTALL
    )
    _, *sides = html.split('<section class="side"')
    counts = [len(JAPANESE.findall(re.sub(r"<[^>]+>", "", side))) for side in sides]
    assert len(counts) == order().version.sides
    assert max(counts) <= LARGEST_SIDE


def test_the_type_has_twelve_points_or_more() -> None:
    assert order().version.body_tenths >= LEAST_SIZE_TENTHS
