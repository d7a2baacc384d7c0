"""Every statement that a reader meets leads to its record, source, place in the source, state and day."""

import datetime
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from built import LOCALES, TOLD_LOCALES, document, page_files, pdf_text, read_json, squeezed
from lxml import html
from projects import HOME, TODAY
from provenance import Site, faults_of_note, notes, shown, texts

from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.flyers import create_orders
from cardguide.project import Project

DAY = datetime.date.fromisoformat(TODAY)

# Texts of data files that make no statement about the card, by key, and why.
NO_STATEMENT = {
    "notice": "says what this guide is",
    "publisher": "names the publisher",
    "licence": "names the terms of use",
    "title": "a heading; its statements stand under it",
    "topic_title": "a heading",
    "question": "asks, and states nothing",
    "url": "addresses of pages",
    "ask": "names whom to ask",
}


@pytest.fixture(scope="module")
def site(dist: Path) -> Site:
    return Site(dist)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(Project(root=HOME).read_data())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_on_every_page_leads_to_what_it_rests_on(site: Site, locale: str) -> None:
    found = {path.as_posix(): site.unsourced(path) for path in page_files(site.dist, locale)}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_note_names_source_place_state_and_day(site: Site, locale: str) -> None:
    sources = set(site.page(site.dist / locale / "sources" / "index.html").xpath("//@id"))
    for path in page_files(site.dist, locale):
        for record, note in notes(site.page(path)).items():
            assert list(faults_of_note(note, sources)) == [], f"{path}: {record}"


def test_every_record_that_a_page_names_is_in_the_data(site: Site, dataset: Dataset) -> None:
    for locale in LOCALES:
        for path in page_files(site.dist, locale):
            for names in site.page(path).xpath("//main//@data-record"):
                for name in names.split():
                    assert stands_in(dataset, name), f"{path}: {name}"


def stands_in(dataset: Dataset, record: str) -> bool:
    """Say whether a dotted record leads to a value of the data files."""
    steps = record.split(".")
    home: Any = next((source.data for source in dataset.files.values() if steps[0] in source.data), None)
    for step in steps:
        if isinstance(home, list):
            home = home[int(step)] if int(step) < len(home) else None
        else:
            home = home.get(step) if isinstance(home, dict) else None
    return home is not None


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_only_reported_says_so_with_its_day(site: Site, locale: str) -> None:
    for path in page_files(site.dist, locale):
        for statement in site.page(path).xpath("//main//*[has-class('statement--reported')]"):
            record = statement.get("data-record")
            assert statement.xpath("../*[has-class('state')]//time/@datetime"), f"{path}: {record}"


Around = tuple[tuple[str, Mapping[str, object]], ...]


def localized(value: object, key: str, around: Around = ()) -> Iterator[Around]:
    """Yield every text by locale in a JSON value as the keys and objects that lead to it."""
    if isinstance(value, dict):
        if set(value) == set(LOCALES):
            yield (*around, (key, value))
            return
        for name, each in value.items():
            yield from localized(each, name, (*around, (key, value)))
    elif isinstance(value, list):
        for each in value:
            yield from localized(each, key, around)


def is_sourced(around: Around) -> bool:
    """Say whether an object on the way names sources and a day, or is a source itself, but not the file."""
    return any("verified_on" in each and ("sources" in each or "seen" in each) for _, each in around[1:])


@pytest.mark.parametrize("name", ["procedures", "facts", "faq", "card_format", "unknowns", "sources"])
def test_every_text_in_the_data_files_has_sources_state_and_day_as_fields(dist: Path, name: str) -> None:
    found = list(localized(read_json(dist / "data" / "v1" / f"{name}.json"), name))
    assert found
    loose = [[key for key, _ in around] for around in found if not is_sourced(around)]
    assert [keys for keys in loose if not set(keys) & set(NO_STATEMENT)] == []


@pytest.fixture
def spoilt(site: Site, tmp_path: Path) -> Path:
    """One page of the site, alone in a tree, for a test to spoil."""
    path = tmp_path / "ja" / "procedures" / "exchange" / "index.html"
    path.parent.mkdir(parents=True)
    path.write_bytes((site.dist / "ja" / "procedures" / "exchange" / "index.html").read_bytes())
    return path


def write(path: Path, page: html.HtmlElement) -> None:
    path.write_bytes(html.tostring(page, encoding="utf-8"))


def test_a_statement_without_a_record_would_be_seen(spoilt: Path) -> None:
    page = document(spoilt)
    first = next(element for element in texts(page) if element.tag == "p")
    for around in first.xpath("ancestor-or-self::*[@data-record]"):
        del around.attrib["data-record"]
    write(spoilt, page)
    assert any(fault.startswith("no record") for fault in Site(spoilt.parents[3]).unsourced(spoilt))


def test_a_statement_without_a_note_would_be_seen(spoilt: Path) -> None:
    page = document(spoilt)
    record, note = next(iter(notes(page).items()))
    note.drop_tree()
    write(spoilt, page)
    faults = Site(spoilt.parents[3]).unsourced(spoilt)
    assert any(fault.startswith(f"{record} leads to no note") for fault in faults)


def test_a_note_without_place_or_day_would_be_seen(spoilt: Path) -> None:
    note = next(iter(notes(document(spoilt)).values()))
    for each in note.xpath(".//time"):
        each.drop_tree()
    for link in note.xpath(".//li/a"):
        link.tail = ""
        for seen in link.getparent().xpath("span"):
            seen.drop_tree()
    faults = list(faults_of_note(note, {"src-flyer"}))
    assert "no day" in faults
    assert any(fault.startswith("no place") for fault in faults)


@pytest.fixture(scope="module")
def sheets(dataset: Dataset) -> Mapping[str, html.HtmlElement]:
    """Every sheet as it goes to the printer, by path."""
    orders = create_orders(dataset, files=Project(root=HOME).paper_files, as_of=DAY)
    return {order.path: html.document_fromstring(order.job.html) for order in orders}


def unnoted(sheet: html.HtmlElement) -> list[str]:
    """Return the statements of a sheet that bear no number of a note.

    A counter and a contact bear theirs once for all that stands in them; the box of what is not known says since when.
    """
    return [
        f"{element.get('data-record')}: {shown(element)}"
        for element in sheet.xpath("//*[@data-record]")
        if not element.xpath(".//*[has-class('marks')]")
        and not element.xpath(
            "ancestor::section[has-class('counter') or has-class('contact')]//*[has-class('marks')]"
        )
        and not element.xpath("ancestor::*[has-class('unknown')]//time")
    ]


def test_every_statement_on_every_sheet_bears_the_number_of_its_note(
    sheets: Mapping[str, html.HtmlElement],
) -> None:
    assert {path: found for path, sheet in sheets.items() if (found := unnoted(sheet))} == {}


def test_every_number_on_a_sheet_stands_in_its_list_of_sources(
    sheets: Mapping[str, html.HtmlElement],
) -> None:
    for path, sheet in sheets.items():
        listed = {each.text_content().strip() for each in sheet.xpath("//*[has-class('source-mark')]")}
        marks = " ".join(each.text_content() for each in sheet.xpath("//*[has-class('marks')]"))
        used = set(marks.replace("\u2060", " ").replace(",", " ").split())
        assert used == listed, path


def test_every_sheet_says_its_day_and_its_edition(sheets: Mapping[str, html.HtmlElement]) -> None:
    for path, sheet in sheets.items():
        assert DAY.isoformat() in sheet.xpath("//time/@datetime"), path


def test_a_statement_without_a_number_would_be_seen(sheets: Mapping[str, html.HtmlElement]) -> None:
    sheet = deepcopy(next(iter(sheets.values())))
    (mark, *_) = sheet.xpath("//p[@data-record]//*[has-class('marks')]")
    record = mark.xpath("ancestor::*[@data-record][1]/@data-record")[0]
    mark.drop_tree()
    assert any(fault.startswith(record) for fault in unnoted(sheet))


@pytest.fixture(scope="module")
def tables(dist: Path) -> Mapping[str, html.HtmlElement]:
    """Every table to paste, by path; a frame holds the same words, as test_embed_lean.py shows."""
    found = sorted((dist / "embed" / "v1").glob("*/*.paste.html"))
    return {path.relative_to(dist).as_posix(): html.document_fromstring(path.read_bytes()) for path in found}


def unmarked(table: html.HtmlElement) -> list[str]:
    """Return the statements of a table that bear no number of a note, neither themselves nor the group around them.

    What is not known has no source; it says that it is not known.
    """
    return [
        f"{element.get('data-record')}: {shown(element)}"
        for element in table.xpath("//*[@data-record]")
        if element.get("data-state") not in {"unknown", "conflict"}
        and not element.xpath(".//sup")
        and not element.xpath("ancestor::tbody/tr[1]/th//sup")
        and not element.xpath("ancestor::tr/th//sup")
    ]


def marks_in(table: html.HtmlElement) -> tuple[set[str], set[str]]:
    """Return the numbers and letters that a table uses, and those that its list of sources explains."""
    used = {mark for each in table.xpath("//sup") for mark in each.text_content().split()}
    listed = {each.text_content().split()[0] for each in table.xpath("//tfoot//details//li")}
    return used, listed


def test_every_statement_in_every_table_bears_the_number_of_its_note(
    tables: Mapping[str, html.HtmlElement],
) -> None:
    assert len(tables) > 20
    assert {path: found for path, table in tables.items() if (found := unmarked(table))} == {}


def test_every_number_in_a_table_is_explained_and_every_explanation_used(
    tables: Mapping[str, html.HtmlElement],
) -> None:
    for path, table in tables.items():
        used, listed = marks_in(table)
        assert used == listed, path


def test_every_note_of_a_table_leads_to_a_source_and_every_table_to_its_days(
    tables: Mapping[str, html.HtmlElement], site: Site
) -> None:
    for path, table in tables.items():
        assert len(table.xpath("//tfoot//time/@datetime")) >= 2, path
        assert table.xpath("//tfoot//details//a[contains(@href, '/sources/')]"), path
        for link in table.xpath("//tfoot//details//li/a/@href"):
            address, _, fragment = link.partition("#")
            page = site.dist / address.removeprefix("https://card-guide.example/") / "index.html"
            assert site.page(page).xpath(f"//*[@id='{fragment}']"), (path, link)


def test_a_statement_of_a_table_without_a_number_would_be_seen(
    tables: Mapping[str, html.HtmlElement],
) -> None:
    table = deepcopy(tables["embed/v1/ja/procedures.paste.html"])
    (statement, *_) = table.xpath("//caption/p[@data-record]")
    for mark in statement.xpath(".//sup"):
        mark.drop_tree()
    assert any(fault.startswith(statement.get("data-record")) for fault in unmarked(table))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_statement_of_a_feed_leads_to_its_note(dist: Path, site: Site, locale: str) -> None:
    feed = html.etree.fromstring((dist / "feeds" / f"changes-{locale}.atom").read_bytes())
    noted = notes(site.page(dist / locale / "changes" / "index.html"))
    for entry in feed.iter("{*}entry"):
        (link,) = [each.get("href") for each in entry.iter("{*}link")]
        name = link.rpartition("#")[2]
        assert list(faults_of_note(noted[f"changes.{name}"], sources_of(site, dist, locale))) == []


def sources_of(site: Site, dist: Path, locale: str) -> set[str]:
    """Return the ids of the list of sources in a language."""
    return set(site.page(dist / locale / "sources" / "index.html").xpath("//@id"))


def test_the_printed_sheet_carries_the_numbers_and_the_list_that_they_mean(dist: Path) -> None:
    for locale in TOLD_LOCALES:
        words = squeezed(pdf_text(dist / "flyers" / locale / "a4.pdf"))
        dataset = read_dataset(Project(root=HOME).read_data())
        order = next(
            order
            for order in create_orders(dataset, files=Project(root=HOME).paper_files, as_of=DAY)
            if order.path == f"flyers/{locale}/a4"
        )
        sheet: html.HtmlElement = html.document_fromstring(order.job.html)
        for note in sheet.xpath("//*[has-class('source-mark')]/ancestor::li"):
            assert squeezed(note.text_content()) in words
        for statement in sheet.xpath("//p[@data-record][.//*[has-class('marks')]]"):
            marks = squeezed(statement.xpath(".//*[has-class('marks')]")[0].text_content())
            said = squeezed(statement.text_content())
            assert said in words or said.removesuffix(marks) in words, statement.get("data-record")
