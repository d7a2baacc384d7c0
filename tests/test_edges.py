"""On every day on which something changes, the day before and the day after, each output says what holds.

The days come from the data; what is expected comes from a second reading of the data in ``oracle.py``.
"""

import datetime
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

import pytest
from built import TOLD_LOCALES, squeezed
from icalendar import Calendar
from lxml import etree, html
from oracle import Oracle, boundary_days
from projects import HOME
from renderings import Rendering, collect, facts_on_sheet, in_html
from test_flyers import text_in

from cardguide.building import create_site
from cardguide.dataset import Dataset, read_dataset
from cardguide.outputs.embeds import create_embeds
from cardguide.outputs.feeds import create_feeds
from cardguide.outputs.flyers import Flyers, create_orders
from cardguide.outputs.opendata import create_open_data
from cardguide.pdf.fonts import load_font_set
from cardguide.pdf.press import Press
from cardguide.project import Project
from cardguide.scheduled import ChangeKind, coming_changes, find_changes
from cardguide.templating import create_environment
from cardguide.terminal import today_in_tokyo

ONE_DAY = datetime.timedelta(days=1)
BOUNDARIES = tuple(boundary_days())
DAYS = sorted({boundary + ONE_DAY * step for boundary in BOUNDARIES for step in (-1, 0, 1)})


@cache
def dataset() -> Dataset:
    """Return the real data."""
    return read_dataset(Project(root=HOME).read_data())


@cache
def renderings_on(day: datetime.date) -> tuple[Rendering, ...]:
    """Return what pages, tables and data files say on a day, made in memory."""
    return tuple(collect(_files(day)))


def _files(day: datetime.date) -> Mapping[str, bytes]:
    project = Project(root=HOME)
    environment = create_environment(project.templates)
    nothing: dict[str, Any] = {field.name: () for field in fields(Flyers)}
    no_flyers = Flyers(**nothing)
    artifacts = (
        *create_site(project, dataset(), day, no_flyers, framing=lambda frame: frame),
        *create_embeds(
            dataset(), environment, as_of=day, tokens=project.styles["tokens.css"], files=project.embed_files
        ),
        *create_open_data(
            dataset(), as_of=day, municipalities=project.municipalities, examples=project.examples
        ),
    )
    return {artifact.path: artifact.content for artifact in artifacts}


def wrong_sentences(renderings: tuple[Rendering, ...], oracle: Oracle) -> Iterator[str]:
    """Yield every sentence that is not as the data says on the day of the oracle."""
    for each in renderings:
        if each.locale == oracle.locale and each.machine is None:
            expected = oracle.record(each.name)
            if expected is not None and each.words != squeezed(expected):
                yield f"{each.place} {each.name}: {each.words}"


def wrong_values(renderings: tuple[Rendering, ...], oracle: Oracle) -> Iterator[str]:
    """Yield every value that is not as the data says on the day of the oracle."""
    for each in renderings:
        # A table to paste has no ids that tell its other days apart; it is made with the framed one.
        if each.locale == oracle.locale and each.machine is not None and ".paste." not in each.place:
            fact = each.name.removeprefix("facts.")
            if each.machine != oracle.machine(fact):
                yield f"{each.place} {each.name}: {each.machine}"


@pytest.mark.parametrize("locale", TOLD_LOCALES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_sentence_is_the_one_of_the_day(day: datetime.date, locale: str) -> None:
    assert list(wrong_sentences(renderings_on(day), Oracle(day, locale))) == []


@pytest.mark.parametrize("locale", TOLD_LOCALES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_value_shown_as_present_is_the_one_of_the_day(day: datetime.date, locale: str) -> None:
    assert list(wrong_values(renderings_on(day), Oracle(day, locale))) == []


@cache
def sheets_on(day: datetime.date) -> tuple[Rendering, ...]:
    """Return what every sheet says on a day, as it goes to the printer."""
    orders = create_orders(dataset(), files=Project(root=HOME).paper_files, as_of=day)
    return tuple(
        rendering
        for order in orders
        for rendering in in_html(
            "sheet", order.path, html.document_fromstring(order.job.html), TOLD_LOCALES[0]
        )
    )


@pytest.mark.parametrize("locale", TOLD_LOCALES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_sheet_says_the_sentences_and_values_of_the_day(day: datetime.date, locale: str) -> None:
    sheets, oracle = sheets_on(day), Oracle(day, locale)
    assert {each.place for each in sheets}
    assert [*wrong_sentences(sheets, oracle), *wrong_values(sheets, oracle)] == []


@pytest.fixture(scope="module")
def printed() -> Mapping[tuple[datetime.date, str], str]:
    """Return the text of the printed sheet of each day and language."""
    wanted = {f"flyers/{locale}/a4": locale for locale in TOLD_LOCALES}
    jobs = {
        (day, wanted[order.path]): order.job
        for day in DAYS
        for order in create_orders(dataset(), files=Project(root=HOME).paper_files, as_of=day)
        if order.path in wanted
    }
    with Press(load_font_set(Project(root=HOME).fonts)) as press:
        sheets = press.render(list(jobs.values()))
    return {key: text_in(sheet.pdf) for key, sheet in zip(jobs, sheets, strict=True)}


@pytest.mark.parametrize("locale", TOLD_LOCALES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_printed_sheet_says_the_sentences_of_the_day(
    printed: Mapping[tuple[datetime.date, str], str], day: datetime.date, locale: str
) -> None:
    oracle, text = Oracle(day, locale), printed[day, locale]
    missing = [fact for fact in sorted(facts_on_sheet()) if squeezed(oracle.words(fact)) not in text]
    assert missing == []


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=str)
def test_a_printed_sheet_of_the_day_before_would_be_seen(
    printed: Mapping[tuple[datetime.date, str], str], boundary: datetime.date
) -> None:
    for locale in TOLD_LOCALES:
        before, after = (Oracle(day, locale) for day in (boundary - ONE_DAY, boundary))
        changing = {fact for fact in facts_on_sheet() if before.words(fact) != after.words(fact)}
        for fact in changing:
            words = squeezed(after.words(fact))
            assert words in printed[boundary, locale]
            assert words not in printed[boundary - ONE_DAY, locale]


TOLD = sorted(
    {
        change["changed_on"] + ONE_DAY * step
        for change in Oracle.records["changes"].values()
        for step in (-1, 0, 1)
    }
)


@pytest.mark.parametrize("locale", TOLD_LOCALES)
@pytest.mark.parametrize("day", [*DAYS, *TOLD], ids=str)
def test_feeds_and_calendars_tell_what_was_known_on_the_day_in_the_words_of_the_day(
    day: datetime.date, locale: str
) -> None:
    oracle = Oracle(day, locale)
    known = {
        name: change for name, change in oracle.records["changes"].items() if change["changed_on"] <= day
    }
    files = {artifact.path: artifact.content for artifact in create_feeds(dataset(), as_of=day)}
    feed = etree.fromstring(files[f"feeds/changes-{locale}.atom"])
    entries = {str(each.findtext("{*}id")).rpartition("/")[2]: each for each in feed.iter("{*}entry")}
    events = {
        str(event["url"]).rpartition("#")[2]: event
        for event in Calendar.from_ical(files[f"feeds/changes-{locale}.ics"]).walk("VEVENT")
    }
    assert set(entries) == set(events) == set(known)
    for name, change in known.items():
        assert events[name].decoded("dtstart") == oracle.value(change["starts"])
        for field in ("was", "now", "whom"):
            words = squeezed(oracle.statement(change[field]))
            assert words in squeezed(str(entries[name].findtext("{*}content")))
            assert words in squeezed(str(events[name]["description"]))


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=str)
def test_something_is_said_otherwise_from_each_boundary_on(boundary: datetime.date) -> None:
    before, after = ({_said(each) for each in renderings_on(day)} for day in (boundary - ONE_DAY, boundary))
    assert before != after


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=str)
def test_the_words_of_the_day_before_would_be_seen_as_wrong(boundary: datetime.date) -> None:
    yesterday, oracle = renderings_on(boundary - ONE_DAY), Oracle(boundary, "ja")
    assert [*wrong_sentences(yesterday, oracle), *wrong_values(yesterday, oracle)]


def _said(each: Rendering) -> tuple[str, str, str, str]:
    return each.name, each.locale, each.words, each.machine or ""


def test_no_day_between_two_boundaries_changes_anything() -> None:
    quiet = [day for day in DAYS if day not in BOUNDARIES and day - ONE_DAY in DAYS]
    for day in quiet:
        said, said_before = ({_said(each) for each in renderings_on(d)} for d in (day, day - ONE_DAY))
        assert said == said_before, day


def test_the_days_on_which_a_build_is_due_are_those_of_the_data() -> None:
    found = {change.day for change in find_changes(dataset()) if change.kind is not ChangeKind.REVIEW}
    assert found == set(BOUNDARIES)
    for day in DAYS:
        assert all(change.day > day for change in coming_changes(dataset(), day))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize(
    "day", [*BOUNDARIES, *map(datetime.date, (1970, 2038, 2100), (1, 1, 3), (2, 19, 1))], ids=str
)
def test_the_day_turns_at_midnight_in_japan_wherever_the_machine_stands(
    monkeypatch: pytest.MonkeyPatch, day: datetime.date, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    midnight = datetime.datetime.combine(day, datetime.time(15), datetime.UTC) - ONE_DAY
    for instant, expected in ((midnight - datetime.timedelta(minutes=1), day - ONE_DAY), (midnight, day)):
        monkeypatch.setattr("cardguide.terminal.datetime.datetime", clock_at(instant))
        assert today_in_tokyo() == expected
        monkeypatch.undo()
        monkeypatch.setenv("TZ", zone)
    monkeypatch.undo()
    time.tzset()


def clock_at(instant: datetime.datetime) -> type[datetime.datetime]:
    """Return a clock that stands still; without a zone it shows the machine's own, as a real one does."""

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Clock":
            local = instant.astimezone(tz)
            return cls.combine(local.date(), local.time(), local.tzinfo)

    return Clock
