"""The same fact says the same everywhere, in each language: pages, embeds, JSON, CSV, sheets, feeds."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

import pytest
from built import LOCALES, TOLD_LOCALES, bare, document, pdf_text, squeezed
from icalendar import Calendar
from lxml import etree, html
from oracle import Oracle
from projects import HOME, TODAY, tree
from renderings import Rendering, collect, facts_on_sheet, in_html, joined_fields

from cardguide.dataset import read_dataset
from cardguide.outputs.flyers import create_orders
from cardguide.project import Project


@pytest.fixture(scope="module")
def renderings(dist: Path) -> list[Rendering]:
    files = tree(dist)
    return [*collect(files), *joined_fields(files)]


def is_sentence(name: str) -> bool:
    """Say whether a record is one sentence, and not a table or a list whose parts stand apart."""
    collection, _, record = name.partition(".")
    return "." in record or (collection == "facts" and Oracle.records["facts"][record]["kind"] == "text")


def differences(renderings: Iterable[Rendering]) -> Mapping[tuple[str, str], Mapping[str, set[str]]]:
    """Return, by record and language, everything that is said in more than one way, with its places."""
    said: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in renderings:
        if each.machine is None and is_sentence(each.name):
            said[each.name, each.locale][each.words].add(f"{each.channel}:{each.place}")
    return {key: places for key, places in said.items() if len(places) > 1}


def machine_differences(renderings: Iterable[Rendering]) -> Mapping[str, set[str]]:
    """Return the facts whose machine form is not the same in all places and languages."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in renderings:
        if each.machine is not None:
            found[each.name].add(each.machine)
    return {name: machines for name, machines in found.items() if len(machines) > 1}


def test_every_record_says_the_same_words_in_every_output(renderings: list[Rendering]) -> None:
    assert differences(renderings) == {}


def test_every_value_has_one_machine_form_in_every_output_and_language(renderings: list[Rendering]) -> None:
    assert machine_differences(renderings) == {}


def test_enough_was_compared(renderings: list[Rendering]) -> None:
    channels = {each.channel for each in renderings}
    assert {"page", "embed", "json", "csv"} <= channels
    shared = defaultdict(set)
    for each in renderings:
        shared[each.name, each.locale].add(each.channel)
    assert sum(len(found) > 1 for found in shared.values()) > 300


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_what_stands_in_the_data_is_what_is_said(renderings: list[Rendering], locale: str) -> None:
    oracle = Oracle(datetime.date.fromisoformat(TODAY), locale)
    for each in renderings:
        if each.locale != locale or each.machine is not None:
            continue
        if (expected := oracle.record(each.name)) is not None:
            assert each.words == squeezed(expected), f"{each.name} in {each.place}"


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_sheet_says_what_the_page_says(dist: Path, renderings: list[Rendering], locale: str) -> None:
    sheet = squeezed(pdf_text(dist / "flyers" / locale / "a4.pdf"))
    on_pages = {
        each.name: each.words for each in renderings if each.channel == "page" and each.locale == locale
    }
    wanted = {f"facts.{fact}" for fact in facts_on_sheet()}
    assert wanted <= set(on_pages)
    assert [name for name in sorted(wanted) if on_pages[name] not in sheet] == []


@pytest.fixture(scope="module")
def on_sheets() -> Mapping[str, list[Rendering]]:
    """Return by its path what every sheet says, as it goes to the printer."""
    project = Project(root=HOME)
    day = datetime.date.fromisoformat(TODAY)
    orders = create_orders(read_dataset(project.read_data()), files=project.paper_files, as_of=day)
    return {
        order.path: list(
            in_html("sheet", order.path, bare(html.document_fromstring(order.job.html)), LOCALES[0])
        )
        for order in orders
    }


def test_every_sheet_says_what_pages_and_tables_say(
    renderings: list[Rendering], on_sheets: Mapping[str, list[Rendering]]
) -> None:
    everything = [*renderings, *chain.from_iterable(on_sheets.values())]
    assert all(on_sheets.values())
    assert differences(everything) == {}
    assert machine_differences(everything) == {}


def test_every_printed_file_holds_what_its_sheet_says(
    dist: Path, on_sheets: Mapping[str, list[Rendering]]
) -> None:
    for path, said in on_sheets.items():
        if "simple" in path:  # its text has readings in it; test_easy_sheet.py reads it through its tags
            continue
        words = squeezed(pdf_text(dist / f"{path}.pdf"))
        assert [each.name for each in said if each.words not in words] == [], path


def feed_texts(dist: Path, locale: str) -> Mapping[str, str]:
    """Return the text of each entry of the feed by its change."""
    feed = etree.fromstring((dist / "feeds" / f"changes-{locale}.atom").read_bytes())
    name = "{http://www.w3.org/2005/Atom}"
    return {
        str(entry.findtext(f"{name}id")).rpartition("/")[2]: str(entry.findtext(f"{name}content"))
        for entry in feed.iter(f"{name}entry")
    }


def calendar_texts(dist: Path, locale: str) -> Mapping[str, tuple[datetime.date, str]]:
    """Return the day and the text of each event of the calendar by its change."""
    calendar = Calendar.from_ical((dist / "feeds" / f"changes-{locale}.ics").read_bytes())
    return {
        str(event["url"]).rpartition("#")[2]: (event.decoded("dtstart"), str(event["description"]))
        for event in calendar.walk("VEVENT")
    }


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_feed_and_calendar_say_what_the_data_says(dist: Path, locale: str) -> None:
    oracle = Oracle(datetime.date.fromisoformat(TODAY), locale)
    feed, calendar = feed_texts(dist, locale), calendar_texts(dist, locale)
    changes = oracle.records["changes"]
    assert set(feed) == set(calendar) == set(changes)
    for name, change in changes.items():
        day, event = calendar[name]
        assert day == oracle.value(change["starts"])
        for field in ("was", "now", "whom"):
            words = squeezed(oracle.statement(change[field]))
            assert words in squeezed(feed[name]), (name, field)
            assert words in squeezed(event), (name, field)


@pytest.mark.parametrize("locale", LOCALES)
def test_feed_and_calendar_lead_to_the_change_on_its_page(dist: Path, locale: str) -> None:
    page = document(dist / locale / "changes" / "index.html")
    for name in feed_texts(dist, locale):
        assert page.xpath(f"//main//*[@id='{name}']")
        assert page.xpath(f"//main//details[@data-record='changes.{name}']//time")


def test_one_output_that_says_something_else_would_be_seen(renderings: list[Rendering]) -> None:
    first = next(each for each in renderings if each.channel == "page" and each.machine is None)
    wrong = Rendering(
        channel="embed", place="seeded", locale=first.locale, name=first.name, words=f"{first.words}?"
    )
    assert set(differences([*renderings, wrong])) == {(first.name, first.locale)}


def test_one_value_that_differs_between_languages_would_be_seen(renderings: list[Rendering]) -> None:
    first = next(each for each in renderings if each.machine is not None)
    wrong = Rendering(
        channel="page", place="seeded", locale="en", name=first.name, words="?", machine="1999-12-31"
    )
    assert set(machine_differences([*renderings, wrong])) == {first.name}
