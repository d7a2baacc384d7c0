"""Reading what was built, as its users meet it: the text of pages, sheets, tables and files."""

import csv
import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path

import yaml
from lxml import html

FACTS = yaml.safe_load((Path(__file__).parent / "fixtures" / "flyer-facts.yaml").read_text("utf-8"))
#: Every language of the site; and those whose words tests write out.
LOCALES = ("ja", "en", "ja-simple")
TOLD_LOCALES = ("ja", "en")
SHEETS = {"ja": ("ja",), "en": ("en",), "ja-en": ("ja", "en")}
_BREAK_MARKS = str.maketrans("", "", "\u200b\u2060\u00ad")


def squeezed(text: str) -> str:
    """Return a text without break marks and white space: paper breaks lines where a page does not."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text).translate(_BREAK_MARKS))


def page_files(dist: Path, locale: str) -> list[Path]:
    """Return every page of a locale."""
    return sorted((dist / locale).rglob("index.html"))


def document(path: Path) -> html.HtmlElement:
    """Return a parsed page as its data wrote it: see ``bare``."""
    return bare(html.document_fromstring(path.read_bytes()))


def bare(page: html.HtmlElement) -> html.HtmlElement:
    """Return a page without the readings above its words, the meanings behind them, what holds them, and breaks."""
    for reading in page.xpath("//rt|//*[@class='meaning']"):
        reading.drop_tree()
    # lxml takes what follows a ``wbr`` to stand in it.
    for holder in page.xpath("//ruby|//wbr|//span[@class='whole']|//span[not(@*)][.//ruby or .//wbr]"):
        holder.drop_tag()
    return page


def page_text(path: Path) -> str:
    """Return the words that a reader of a page can meet, with the addresses of its links."""
    page = document(path)
    for unseen in page.xpath("//script|//style"):
        unseen.drop_tree()
    return " ".join([page.text_content(), *page.xpath("//a/@href")])


def site_text(dist: Path, locale: str) -> str:
    """Return the words of all pages of a locale."""
    return "\n".join(page_text(path) for path in page_files(dist, locale))


def pdf_text(path: Path) -> str:
    """Return the text of a PDF in the order of its content, column by column."""
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout


def json_words(value: object) -> str:
    """Return every string in a JSON value."""
    if isinstance(value, dict):
        return "\n".join(json_words(each) for each in value.values())
    if isinstance(value, list):
        return "\n".join(json_words(each) for each in value)
    return str(value)


def read_json(path: Path) -> object:
    """Return a JSON file."""
    return json.loads(path.read_text("utf-8"))


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a published CSV, which begins with a byte order mark for Excel."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def expected_words(locale: str) -> list[str]:
    """Return everything on the agency's flyer that a text in the locale must carry."""
    groups = ("procedures", "card_items", "dates", "other")
    words = (str(entry[locale]) for group in groups for entry in FACTS[group])
    return [*words, *map(str, FACTS["addresses"])]


def missing(words: list[str], text: str) -> list[str]:
    """Return the words that a text does not hold, whatever its line breaks and capitals."""
    found = squeezed(text).casefold()
    return [word for word in words if squeezed(word).casefold() not in found]
