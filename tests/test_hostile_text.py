"""Hostile or careless words in any text come out as words, in every output.

Every text of the miniature, in every language, begins and ends with payloads. What is made from that must have the very
elements and attributes that the same outputs have with harmless words in their place.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from lxml import etree, html
from markdown import Markdown  # type: ignore[import-untyped]  # it publishes no types
from miniatures import TODAY, miniature_data
from mkdocs.config import load_config

from cardguide.artifacts import Artifact
from cardguide.checks import check_dataset
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.flyers import create_orders
from cardguide.outputs.opendata import create_open_data
from cardguide.outputs.pages import create_pages
from cardguide.problems import DataError
from cardguide.project import Project
from cardguide.templating import create_environment
from cardguide.views.pages import Surroundings

HOME = Path(__file__).resolve().parents[1]
PROJECT = Project(root=HOME)
LINES = (HOME / "tests/cases/hostile/payloads.txt").read_text("utf-8").splitlines()
# What braces hold is a placeholder, and an unknown one is refused before anything is made.
REFUSED = [line for line in LINES if re.search(r"[{}]", line)]
PAYLOADS = [line for line in LINES if line not in REFUSED]
TOGETHER = 3
GROUPS = [tuple(PAYLOADS[start : start + TOGETHER]) for start in range(0, len(PAYLOADS), TOGETHER)]
HARMLESS = ("harmless",)
LOCALES = {"ja", "en"}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def spoil(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value of a data file with every text in it changed, and nothing else."""
    if isinstance(value, dict):
        if value and set(value) <= LOCALES and all(isinstance(text, str) for text in value.values()):
            return {locale: change(text) for locale, text in value.items()}
        return {key: spoil(each, change) for key, each in value.items()}
    return [spoil(each, change) for each in value] if isinstance(value, list) else value


class _Quoting(yaml.SafeDumper):
    """Writes every text in double quotes, so that the strict reader takes it as it is."""


_Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def spoiled_dataset(
    payloads: tuple[str, ...], read: Callable[[], Mapping[str, bytes]] = miniature_data
) -> Dataset:
    """Return a dataset with payloads around every text; the labels are words of the templates and stay."""
    contents = dict(read())
    first, end = cycle(payloads), " ".join(payloads)
    for name, content in contents.items():
        if name != "labels":
            data = spoil(yaml.safe_load(content), lambda text: f"{next(first)} {text} {end}")
            text = yaml.dump(data, Dumper=_Quoting, allow_unicode=True, width=10**9, sort_keys=False)
            contents[name] = text.encode("utf-8")
    return read_dataset(contents)


@cache
def markdown() -> Markdown:
    """Return the converter with the extensions that the site is built with."""
    config = load_config(str(HOME / "mkdocs.yml"), docs_dir=str(HOME / "content"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def create_documents(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield the HTML of every page and of every table to embed."""
    environment = create_environment(PROJECT.templates, for_markdown=True)
    surroundings = {tag: Surroundings(prose={}, flyers=()) for tag in LOCALES}
    for artifact in create_pages(dataset, environment, as_of=TODAY, surroundings=surroundings):
        if artifact.path.endswith(".md"):
            body = artifact.content.decode("utf-8").removeprefix("---\n").partition("\n---\n")[2]
            yield artifact.path, markdown().reset().convert(body)
    for artifact in create_embed_files(dataset):
        if artifact.path.endswith(".html"):
            yield artifact.path, artifact.content.decode("utf-8")


def create_embed_files(dataset: Dataset) -> list[Artifact]:
    """Return what partners embed."""
    environment, tokens = create_environment(PROJECT.templates), PROJECT.styles["tokens.css"]
    return list(create_embeds(dataset, environment, as_of=TODAY, tokens=tokens, files=PROJECT.embed_files))


def skeleton(document: str) -> list[str]:
    """Return the elements of a document with the names of their attributes, and where it leads and loads from."""
    return [
        f"{element.tag} {' '.join(sorted(map(str, element.keys())))} {element.get('src', '')}"
        for element in html.fromstring(f"<div>{document}</div>").iter()
    ]


@pytest.fixture(scope="module")
def harmless() -> Mapping[str, str]:
    """Return the documents that harmless words make."""
    return dict(create_documents(spoiled_dataset(HARMLESS)))


@pytest.mark.parametrize("payloads", GROUPS, ids=lambda group: group[0][:30])
def test_no_payload_changes_a_page_or_a_table(harmless: Mapping[str, str], payloads: tuple[str, ...]) -> None:
    documents = dict(create_documents(spoiled_dataset(payloads)))
    assert documents.keys() == harmless.keys()
    for path, document in documents.items():
        found, expected = skeleton(document), skeleton(harmless[path])
        different = next((pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]), None)
        assert different is None, (path, different)
        assert len(found) == len(expected), path


@pytest.mark.parametrize("payloads", GROUPS, ids=lambda group: group[0][:30])
def test_every_payload_is_shown_as_it_was_written(payloads: tuple[str, ...]) -> None:
    shown = {
        path: "".join(map(str, html.fromstring(f"<div>{document}</div>").itertext()))
        for path, document in create_documents(spoiled_dataset(payloads))
    }
    for payload in payloads:
        words = re.sub(r"[\s\u200b\u2060]", "", payload)
        for path, text in shown.items():
            assert words in re.sub(r"[\s\u200b\u2060]", "", text), (path, payload)


def test_no_payload_changes_a_sheet() -> None:
    def sheets(payloads: tuple[str, ...]) -> dict[str, list[str]]:
        orders = create_orders(
            spoiled_dataset(payloads, PROJECT.read_data), files=PROJECT.flyer_files, as_of=TODAY
        )
        return {order.path: skeleton(order.job.html) for order in orders}

    # Sheets are HTML without Markdown: the first payloads, which are HTML, are what could matter there.
    assert sheets(tuple(PAYLOADS[:4])) == sheets(HARMLESS)


def test_json_stays_json_and_tables_hold_no_formula() -> None:
    formulas = tuple(payload for payload in PAYLOADS if payload.startswith(FORMULA_SIGNS))
    assert len(formulas) > len(FORMULA_SIGNS)
    dataset = spoiled_dataset((*formulas, *PAYLOADS[:2]), PROJECT.read_data)
    for artifact in (
        *create_open_data(dataset, as_of=TODAY, municipalities="", examples={}),
        *create_embed_files(dataset),
    ):
        if artifact.path.endswith(".json"):
            json.loads(artifact.content)
        if artifact.path.endswith(".csv"):
            for row in csv.reader(io.StringIO(artifact.content.decode("utf-8-sig"))):
                # Digits and hyphens alone, as in a phone number from abroad, compute nothing that harms.
                suspects = [cell for cell in row if not re.fullmatch(r"\+[\d-]+", cell)]
                assert not [cell for cell in suspects if cell.startswith(FORMULA_SIGNS)], artifact.path


def _names(artifact: Artifact) -> list[str]:
    """Return what gives a feed or a calendar its structure: elements with attributes, or properties."""
    if artifact.path.endswith(".ics"):
        unfolded = artifact.content.decode("utf-8").replace("\r\n ", "")
        assert "\n" not in unfolded.replace("\r\n", "")
        return [re.split("[:;]", line)[0] for line in unfolded.split("\r\n")]
    return [
        f"{element.tag} {sorted(element.keys())}" for element in etree.fromstring(artifact.content).iter()
    ]


def test_no_payload_changes_a_feed_or_a_calendar() -> None:
    dangerous = tuple(payload for payload in PAYLOADS if re.search(r"\]\]>|<script|&|BEGIN", payload))[:4]
    made, harmless = (
        {
            artifact.path: _names(artifact)
            for artifact in create_feeds(spoiled_dataset(texts, PROJECT.read_data), as_of=TODAY)
        }
        for texts in (dangerous, HARMLESS)
    )
    assert made
    assert made == harmless


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    formulas = tuple(payload for payload in PAYLOADS if payload.startswith(FORMULA_SIGNS))
    books = [
        artifact
        for artifact in create_open_data(
            spoiled_dataset(formulas, PROJECT.read_data), as_of=TODAY, municipalities="", examples={}
        )
        if artifact.path.endswith(".xlsx")
    ]
    assert books
    for book in books:
        sheets = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == [], book.path


@pytest.mark.parametrize("payload", REFUSED)
def test_braces_are_refused_before_anything_is_made(payload: str) -> None:
    try:
        problems = tuple(check_dataset(spoiled_dataset((payload,)), TODAY))
    except DataError as error:
        problems = error.problems
    assert [problem for problem in problems if problem.severity == "error"]


def test_there_are_enough_payloads() -> None:
    assert len(set(LINES)) >= 60
