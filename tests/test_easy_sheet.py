"""The sheets in easy Japanese, alone and beside English: large type, few words a side, a reading for every kanji."""

import datetime
import re
import subprocess
from functools import cache
from pathlib import Path

import page
import pytest
import weasyprint

from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.flyers import Order, create_orders
from cardguide.pdf.boxes import read_pages
from cardguide.pdf.fetcher import AssetFetcher
from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.pdf.rubies import READING
from cardguide.pdf.typography import strip_break_marks
from cardguide.project import Project

PROJECT = Project(root=Path(__file__).parents[1])
TODAY = datetime.date(2026, 11, 23)
LOCALE = "ja-simple"
LARGEST_SIDE = 1000
LEAST_SIZE = {"ja-simple": 12, "en": 10.5}
LEAST_READING = 6
KANJI = re.compile(r"[一-鿿々]")
JAPANESE = re.compile(r"[\u3040-\u30ff一-鿿々]")
LINE = re.compile(r"^(?P<indent> *)(?:\"(?P<text>.*)\"|(?P<tag>\w+).*)$")


@cache
def dataset() -> Dataset:
    return read_dataset(PROJECT.read_data())


@cache
def orders() -> dict[str, Order]:
    """Return the sheets that begin with easy Japanese, by their languages."""
    made = create_orders(dataset(), files=PROJECT.paper_files, as_of=TODAY)
    return {"-".join(each.version.locales): each for each in made if each.version.locales[0] == LOCALE}


@pytest.fixture(scope="module", params=["ja-simple", "ja-simple-en"])
def order(request: pytest.FixtureRequest) -> Order:
    return orders()[request.param]


@pytest.fixture(scope="module")
def pdf(order: Order, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with Press(load_font_set(PROJECT.fonts), workers=1) as press:
        (sheet,) = press.render([order.job])
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


def test_every_procedure_question_and_card_item_is_named_in_each_language(order: Order, words: str) -> None:
    data = dataset()
    texts = [each.name for each in data.procedures.values()]
    texts += [each.question for each in data.questions.values() if each.flyer]
    texts += [item.name for item in data.items.values()]
    names = [text[locale] for text in texts for locale in order.version.locales]
    assert len(names) > 16 * len(order.version.locales)
    assert [name for name in names if re.sub(r"\s+", "", name) not in words] == []


def test_the_sheet_says_that_no_teacher_has_read_it(words: str) -> None:
    assert dataset().labels["plain-language-notice"][LOCALE] in words


def test_a_side_holds_at_most_a_thousand_japanese_characters(order: Order) -> None:
    html = re.sub(r"<rt>.*?</rt>|<style>.*?</style>|<title>.*?</title>", "", order.job.html, flags=re.DOTALL)
    _, *sides = html.split('<section class="side"')
    counts = [len(JAPANESE.findall(re.sub(r"<[^>]+>", "", side))) for side in sides]
    assert len(counts) == order.version.sides
    assert max(counts) <= LARGEST_SIDE


def test_the_type_is_large_enough_in_every_language(order: Order) -> None:
    document = weasyprint.HTML(string=order.job.html, url_fetcher=AssetFetcher(order.job.assets))
    pages = read_pages(document.render().pages, document.etree_element)
    leaves = [leaf for page in pages for leaf in page.leaves if leaf.text.strip()]
    sizes = {
        locale: min(
            leaf.size_pt
            for leaf in leaves
            if leaf.language == locale and leaf.tag != READING and not leaf.is_note
        )
        for locale in order.version.locales
    }
    assert {locale: size for locale, size in sizes.items() if size < LEAST_SIZE[locale]} == {}
    readings = [round(leaf.size_pt, 3) for leaf in leaves if leaf.tag == READING]
    assert min(readings) >= LEAST_READING
