"""Freshness: what is due, recording a check, telling the reader, and the pages about it."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from built import TOLD_LOCALES, document, page_files, read_json
from miniatures import miniature_data, read_miniature, read_quickly
from playwright.sync_api import Browser, Page, expect
from projects import TODAY, copy_project, run
from site_server import serving

from cardguide.confirming import create_lock, find_changes, read_lock
from cardguide.dataset import Dataset
from cardguide.freshness import Freshness, find_checks
from cardguide.reviewing import UnknownRecordError, confirm_checks, find_record, find_reviews, record_checks
from cardguide.scheduled import ChangeKind, coming_changes
from cardguide.views.changedata import create_change_log
from cardguide.views.opendata import Publication

DAY = datetime.date.fromisoformat(TODAY)
DUE = DAY + datetime.timedelta(days=91)
NEW_DAY = datetime.date(2027, 1, 5)


def with_fact(fact: str, **fields: object) -> Dataset:
    """Return the miniature with other fields in one fact."""
    data = read_miniature()
    return replace(data, facts={**data.facts, fact: data.facts[fact].model_copy(update=fields)})


def with_check(fact: str, day: datetime.date) -> Dataset:
    """Return the miniature as it is read after a check was recorded."""
    data = read_miniature()
    recorded = record_checks(data, miniature_data(), [find_record(data, f"facts.{fact}")], day)
    return read_quickly({**miniature_data(), **recorded})


def test_nothing_is_due_on_the_last_day_of_its_interval_and_all_is_on_the_next() -> None:
    data = read_miniature()
    last = DAY + datetime.timedelta(days=data.site.review_after_days)
    assert find_reviews(data, last, locale="en") == ()
    due = find_reviews(data, last + datetime.timedelta(days=1), locale="en")
    assert {review.check.record for review in due} == {check.record for check in find_checks(data)}


def test_a_fact_may_ask_to_be_checked_sooner() -> None:
    data = with_fact("launch", review_after_days=7)
    soon = find_reviews(data, DAY + datetime.timedelta(days=8), locale="en")
    assert [review.check.record for review in soon] == ["facts.launch"]


def test_the_oldest_is_reviewed_first_and_then_what_most_records_lean_on() -> None:
    data = with_fact("voluntary", verified_on=datetime.date(2026, 10, 1))
    reviews = find_reviews(data, DUE, locale="en")
    assert reviews[0].check.record == "facts.voluntary"
    assert [review.records for review in reviews[1:]] == sorted(
        (each.records for each in reviews[1:]), reverse=True
    )


def test_a_review_names_the_sources_their_places_and_their_addresses() -> None:
    data = read_miniature()
    (review,) = (each for each in find_reviews(data, DUE, locale="ja") if each.check.record == "facts.launch")
    cited = data.facts["launch"].sources
    assert [place.title for place in review.places] == [
        data.sources[each.source].title["ja"] for each in cited
    ]
    assert all(place.place for place in review.places)


def test_what_leans_on_a_record_is_counted_through_other_records() -> None:
    reviews = {each.check.record: each for each in find_reviews(read_miniature(), DUE, locale="en")}
    assert reviews["facts.launch"].records > reviews["facts.voluntary"].records > 0
    assert reviews["facts.launch"].pages > 0


def test_recording_a_check_changes_the_day_and_not_one_other_byte(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    before = {file.name: file.read_bytes() for file in (root / "data").iterdir() if file.is_file()}
    result = run("review", "--root", root, "--done", "launch", "procedures.exchange", "--on", "2026-11-22")
    assert result.returncode == 0, result.stderr
    after = {file.name: file.read_bytes() for file in (root / "data").iterdir() if file.is_file()}
    assert set(after) == set(before)
    edits = [
        (name, old, new)
        for name in before
        for old, new in zip(before[name].split(b"\n"), after[name].split(b"\n"), strict=True)
        if old != new and not name.endswith(".lock")
    ]
    edit = (b"    verified_on: 2026-11-23", b"    verified_on: 2026-11-22")
    assert sorted(edits) == [("facts.yaml", *edit), ("procedures.yaml", *edit)]


def test_a_recorded_check_needs_no_confirmation() -> None:
    data = read_miniature()
    checks = [find_record(data, "facts.launch")]
    lock = confirm_checks(read_lock(create_lock(data).encode()), checks, NEW_DAY)
    assert find_changes(with_check("launch", NEW_DAY), lock) == ()
    assert find_changes(with_check("launch", DAY), lock) != ()


def test_line_ends_and_comments_stay_when_a_check_is_recorded() -> None:
    data = read_miniature()
    check = find_record(data, "facts.launch")
    source = data.files["facts"]
    line = source.mark((*check.path, "verified_on")).line
    content = b"\r\n".join([b"#"] * (line - 1) + [b"    verified_on: 2026-11-23  # seen", b"# end"])
    (new,) = record_checks(data, {"facts": content}, [check], NEW_DAY).values()
    assert new == content.replace(b"2026-11-23", b"2027-01-05")


@pytest.mark.parametrize("name", ["nonsense", "facts.nonsense"])
def test_a_record_that_is_not_there_cannot_have_been_checked(name: str) -> None:
    with pytest.raises(UnknownRecordError):
        find_record(read_miniature(), name)
    assert run("review", "--done", name).returncode == 2


def test_a_check_cannot_be_recorded_before_its_day() -> None:
    result = run("review", "--done", "launch", "--on", "2999-01-01")
    assert result.returncode == 2
    assert "has not come yet" in result.stderr


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_of_reviews_tells_what_where_and_how_much_leans_on_it(language: str) -> None:
    result = run("review", "--as-of", DUE.isoformat(), "--lang", language)
    assert result.returncode == 0, result.stderr
    first, place, *_ = result.stdout.splitlines()
    assert TODAY in first
    assert place.startswith("    ")
    assert run("review", "--as-of", TODAY).stdout == ""
    assert len(run("review", "--as-of", TODAY, "--all").stdout.splitlines()) > 400


def test_the_days_on_which_a_build_is_due_are_listed_in_order() -> None:
    lines = run("changes", "--as-of", "2026-06-01").stdout.splitlines()
    assert [line[:10] for line in lines[:3]] == ["2026-06-14", "2026-06-15", "2026-10-01"]
    assert lines == sorted(lines)


def test_the_day_after_the_review_date_is_a_day_on_which_a_build_is_due() -> None:
    data = read_miniature()
    review = next(change for change in coming_changes(data, DAY) if change.kind is ChangeKind.REVIEW)
    assert review.day == min(check.review_by for check in find_checks(data)) + datetime.timedelta(days=1)


def test_the_published_schedule_is_that_of_the_data(dist: Path) -> None:
    file = read_json(dist / "data" / "v1" / "scheduled.json")
    assert isinstance(file, dict)
    assert [each["day"] for each in file["scheduled"]] == sorted(each["day"] for each in file["scheduled"])
    assert all(each["day"] > file["as_of"] and each["records"] for each in file["scheduled"])


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_every_page_knows_its_review_date(dist: Path, locale: str) -> None:
    for path in page_files(dist, locale):
        (notice,) = document(path).xpath("//main//*[@data-review-by]")
        assert datetime.date.fromisoformat(notice.get("data-review-by")) > DAY, path
        assert "hidden" in notice.attrib, path


def test_a_page_is_as_fresh_as_the_oldest_fact_on_it() -> None:
    old = datetime.date(2026, 10, 1)
    data = with_fact("municipal-condition", verified_on=old)
    pages = {page.id: Freshness(dataset=data).page_review_by(page) for page in data.pages.values()}
    until = old + datetime.timedelta(days=data.site.review_after_days)
    assert until in pages.values()


@pytest.fixture(scope="module")
def reader(dist: Path, browser: Browser) -> Iterator[Page]:
    with serving(dist) as address:
        page = browser.new_page(base_url=address)
        yield page
        page.close()


@pytest.mark.parametrize(
    ("instant", "seen"),
    [
        ("2026-11-23T00:00:00Z", "hidden"),
        ("2027-02-21T14:59:00Z", "hidden"),
        ("2027-02-21T15:00:00Z", "visible"),
    ],
)
@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_reader_is_told_from_midnight_in_japan_after_the_review_date(
    reader: Page, locale: str, instant: str, seen: Literal["hidden", "visible"]
) -> None:
    reader.clock.set_fixed_time(instant)
    reader.goto(f"/{locale}/fees/")
    notice = reader.locator("main [data-review-by]")
    notice.wait_for(state=seen)
    expect(notice).to_contain_text("2027")


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_status_page_counts_what_the_data_holds(dist: Path, locale: str) -> None:
    words = document(dist / locale / "status" / "index.html").find(".//main").text_content()
    unknowns = json.loads((dist / "data" / "v1" / "unknowns.json").read_text("utf-8"))["unknowns"]
    assert str(len(unknowns)) in words
    assert "100%" in words


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_page_of_changes_says_old_new_from_when_and_for_whom(dist: Path, locale: str) -> None:
    page = document(dist / locale / "changes" / "index.html")
    changes = json.loads((dist / "data" / "v1" / "changes.json").read_text("utf-8"))["changes"]
    records = page.xpath("//main//*[starts-with(@data-record, 'changes.')]/dl")
    assert len(records) == len(changes)
    for answers in records:
        assert len(answers.xpath(".//dt")) == 5
        assert len(answers.xpath(".//time")) >= 2


def test_a_change_that_was_not_yet_known_is_not_told() -> None:
    data = read_miniature()
    assert create_change_log(Publication(dataset=data, as_of=DAY))
    assert create_change_log(Publication(dataset=data, as_of=datetime.date(2026, 6, 13))) == ()
