"""A further language costs one file of texts and no code; no word on a page stands outside the data."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import page_files
from locale_kit import MARK, TAG, write_test_locale
from lxml import html
from playwright.sync_api import Browser
from projects import TODAY, build, run
from site_server import serving

from cardguide.dataset import Dataset, read_dataset
from cardguide.model import Text
from cardguide.project import Project
from cardguide.walking import walk_dataset

BLOCKS = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "summary", "label", "button", "figcaption", "option", "legend"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
#: Values, addresses and names of languages are the same in every language.
VALUE = re.compile(
    r"https?://\S+|[\d,.: ]+(?:yen|days?|months?|years?)?|\S+@\S+|English|CC BY 4\.0|UTC|ICS|[A-Z]{2,5}|[a-z-]+/[a-z-]+"
)


@pytest.fixture(scope="module")
def kit(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with one language more, built."""
    root = tmp_path_factory.mktemp("kit") / "project"
    shutil.copytree(project, root)
    write_test_locale(root)
    assert run("confirm", "--all", "--root", root).returncode == 0
    build(root, "--as-of", TODAY)
    return root


@pytest.fixture(scope="module")
def names(kit: Path) -> frozenset[str]:
    """Return every text of the language that has no mark: the names that it borrows."""
    dataset: Dataset = read_dataset(Project(root=kit).read_data())
    texts = (node.value[TAG] for node in walk_dataset(dataset) if isinstance(node.value, Text))
    return frozenset(text for text in texts if MARK not in text)


def test_every_page_is_there_from_right_to_left(kit: Path) -> None:
    pages = page_files(kit / "dist", TAG)
    english = page_files(kit / "dist", "en")
    assert len(pages) == len(english)
    for path in pages:
        root = html.document_fromstring(path.read_bytes())
        assert (root.get("lang"), root.get("dir")) == (TAG, "rtl"), path
        assert root.xpath(f"//link[@hreflang='{TAG}']"), path
    assert (kit / "dist" / "embed" / "v1" / TAG / "procedures.html").is_file()
    assert (kit / "dist" / "feeds" / f"changes-{TAG}.atom").is_file()


def unmarked(path: Path, names: frozenset[str]) -> list[str]:
    """Return the words on a page that come neither from a text of its language nor from a name."""
    page = html.document_fromstring(path.read_bytes())
    return [
        words
        for text in page.xpath(
            "//body//text()[not(ancestor::script|ancestor::style|ancestor::code|ancestor::svg)]"
        )
        if re.search("[A-Za-z]{3}", words := text.strip())
        and (text.getparent().xpath("ancestor-or-self::*/@lang") or [TAG])[-1] == TAG
        and MARK not in _block(text.getparent()).text_content()
        and not VALUE.fullmatch(words)
        and not any(words.strip("().,: ") in name for name in names)
    ]


def _block(element: html.HtmlElement) -> html.HtmlElement:
    while element.tag not in BLOCKS | HEADINGS and element.getparent() is not None:
        element = element.getparent()
    return element


def test_no_word_on_a_page_stands_outside_the_data(kit: Path, names: frozenset[str]) -> None:
    found = {path.as_posix(): unmarked(path, names) for path in page_files(kit / "dist", TAG)}
    assert {path: words for path, words in found.items() if words} == {}


def test_a_word_in_a_template_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(f'<html lang="{TAG}"><body><p>{MARK}Text</p><p>Forgotten</p></body></html>', "utf-8")
    assert unmarked(page, frozenset({"A name"})) == ["Forgotten"]


@pytest.fixture(scope="module")
def address(kit: Path) -> Iterator[str]:
    with serving(kit / "dist") as address:
        yield address


@pytest.mark.parametrize("page", ["", "guide/", "procedures/exchange/", "my-dates/", "fees/"])
def test_a_page_from_right_to_left_begins_at_the_right_and_fits_a_phone(
    browser: Browser, address: str, page: str
) -> None:
    phone = browser.new_page(viewport={"width": 320, "height": 640})
    phone.goto(f"{address}{TAG}/{page}")
    assert phone.evaluate("getComputedStyle(document.querySelector('main p')).direction") == "rtl"
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    first = phone.locator(".title .sign, h1").first.bounding_box()
    assert first is not None
    assert first["x"] + first["width"] > 280
    phone.close()
