"""My dates in a real browser: what is computed, what is only said in words, and that nothing leaves the device."""

import calendar
import datetime
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from built import TOLD_LOCALES
from playwright.sync_api import Browser, Page, Route, expect
from projects import HOME
from site_server import PAINTED, SHIFT

from cardguide.dataset import Dataset, read_dataset
from cardguide.project import Project

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STORED = "localStorage.length + sessionStorage.length + document.cookie.length"
SMALL_TARGETS = """[...document.querySelectorAll('main input[type=date], main button, .choice, .date > a')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
  .map(each => each.outerHTML)"""
# Fills in day after day as a reader would, and reads what the page then shows for one rule.
SHOWN_FOR = """([input, rule, days]) => days.map(day => {
  const field = document.getElementById(input);
  field.value = day;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return document.querySelector(`[data-rule="${rule}"] time`).dateTime;
})"""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(Project(root=HOME).read_data())


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.clock.set_fixed_time(datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC))
    page.goto(f"{address}en/my-dates/")
    yield page
    page.close()


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Count back by the rule that the page states: the same day, or the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def shown(page: Page, rule: str) -> str:
    """Return the words that the page shows for a rule."""
    return page.locator(f"[data-rule='rule-{rule}']").inner_text()


def days(first: str, last: str) -> list[str]:
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return [(start + datetime.timedelta(days=number)).isoformat() for number in range((end - start).days + 1)]


@pytest.mark.parametrize(
    ("input_id", "choice", "rule", "months"),
    [
        ("stay-expiry", "long", "stay-opens", 3),
        ("card-expiry", "permanent", "card-opens", 2),
        ("card-expiry", "child", "child-card-opens", 6),
    ],
)
def test_months_are_counted_back_the_same_way_on_every_day_of_five_years(
    page: Page, input_id: str, choice: str, rule: str, months: int
) -> None:
    page.check(f"input[value={choice}]")
    every_day = days("2026-11-01", "2031-12-31")
    found = page.evaluate(SHOWN_FOR, [input_id, f"rule-{rule}", every_day])
    expected = [months_before(datetime.date.fromisoformat(day), months).isoformat() for day in every_day]
    assert found == expected
    assert found == sorted(found), "a later day never opens earlier"


@pytest.mark.parametrize(
    ("expiry", "opens"),
    [
        ("2027-05-31", "2027-02-28"),
        ("2028-05-31", "2028-02-29"),
        ("2028-05-29", "2028-02-29"),
        ("2028-02-29", "2027-11-29"),
        ("2027-02-15", "2026-11-15"),
        ("2027-12-31", "2027-09-30"),
    ],
)
def test_month_ends_leap_days_and_turns_of_the_year(page: Page, expiry: str, opens: str) -> None:
    page.check("input[value=long]")
    assert page.evaluate(SHOWN_FOR, ["stay-expiry", "rule-stay-opens", [expiry]]) == [opens]


def test_the_months_on_the_page_are_those_of_the_facts(page: Page, dataset: Dataset) -> None:
    for rule in dataset.date_rules.values():
        months = page.locator(f"#rule-{rule.id}").get_attribute("data-months")
        assert months == str(dataset.facts[rule.sooner].value.months if rule.sooner else 0)


def test_the_my_number_side_ends_on_the_original_day_even_while_a_renewal_is_pending(page: Page) -> None:
    page.fill("#stay-expiry", "2027-05-31")
    words = shown(page, "mynumber-ends")
    assert "Monday, May 31, 2027" in words
    assert "even during an examination" in words
    expect(page.locator("#rule-mynumber-ends")).to_contain_text("original period of stay")


@pytest.mark.parametrize(
    ("input_id", "rule"),
    [("landed", "landed-words"), ("moved", "moved-words"), ("entry-changed", "entry-words")],
)
def test_a_period_of_days_is_said_in_words_and_never_computed(page: Page, input_id: str, rule: str) -> None:
    page.fill(f"#{input_id}", "2026-11-20")
    assert page.locator(".dates__list time").evaluate_all("all => all.map(each => each.dateTime)") == [
        "2026-11-20"
    ]
    assert "14 days" in shown(page, rule)
    assert "computes no calendar date" in shown(page, rule)
    expect(page.get_by_role("button", name="Add to a calendar")).to_be_hidden()


def test_a_stay_shorter_than_the_rule_gets_no_opening_day(page: Page) -> None:
    page.fill("#stay-expiry", "2027-05-31")
    expect(page.locator("[data-rule='rule-stay-opens']")).to_have_count(0)
    page.check("input[value=short]")
    expect(page.locator("[data-rule='rule-stay-opens']")).to_have_count(0)
    page.check("input[value=long]")
    expect(page.locator("[data-rule='rule-stay-opens']")).to_have_count(1)


def test_a_day_says_that_it_is_approximate_reported_a_weekend_or_past(page: Page) -> None:
    page.fill("#stay-expiry", "2027-05-31")
    page.check("input[value=long]")
    assert "approximate" in shown(page, "stay-opens")
    assert "Reported, as of November 23, 2026" in shown(page, "stay-opens")
    assert "Saturday or Sunday" in shown(page, "stay-opens")
    assert "Saturday or Sunday" not in shown(page, "stay-ends")
    assert "has passed" not in shown(page, "stay-ends")
    page.fill("#stay-expiry", "2026-11-22")
    assert "has passed" in shown(page, "stay-ends")
    page.fill("#stay-expiry", "2026-11-23")
    assert "has passed" not in shown(page, "stay-ends")


def test_dates_stand_in_the_order_of_time_and_lead_to_rule_and_source(page: Page) -> None:
    page.fill("#stay-expiry", "2027-05-31")
    page.fill("#card-expiry", "2027-02-28")
    page.check("input[value=long]")
    page.check("input[value=permanent]")
    found = page.locator(".dates__list time").evaluate_all("all => all.map(each => each.dateTime)")
    assert found == sorted(found)
    page.locator("[data-rule='rule-stay-opens'] a").click()
    expect(page.locator("#rule-stay-opens")).to_be_in_viewport()
    expect(page.locator("#rule-stay-opens .provenance")).not_to_have_count(0)


def fill_in(page: Page) -> None:
    page.fill("#stay-expiry", "2027-05-31")
    page.check("input[value=long]")
    page.fill("#moved", "2026-11-20")


def downloaded(page: Page) -> bytes:
    with page.expect_download() as download:
        page.locator("[data-act=calendar]").click()
    assert download.value.suggested_filename == "my-dates.ics"
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_calendar_file_has_whole_days_reminders_and_ids_that_stay(
    page: Page, address: str, locale: str
) -> None:
    page.goto(f"{address}{locale}/my-dates/")
    fill_in(page)
    first, second = downloaded(page), downloaded(page)
    assert first == second
    lines = first.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in first.replace(b"\r\n", b"")
    events = icalendar.Calendar.from_ical(first).walk("VEVENT")
    ids = {str(event["UID"]): event.decoded("DTSTART") for event in events}
    assert ids == {
        "rule-stay-opens-20270228@card-guide.example": datetime.date(2027, 2, 28),
        "rule-stay-ends-20270531@card-guide.example": datetime.date(2027, 5, 31),
        "rule-mynumber-ends-20270531@card-guide.example": datetime.date(2027, 5, 31),
        "rule-separate-card-ends-20270531@card-guide.example": datetime.date(2027, 5, 31),
    }
    for event in events:
        assert event["SUMMARY"]
        assert "https://card-guide.example/" in str(event["DESCRIPTION"])
        assert len(event.walk("VALARM")) >= 1


def test_a_day_without_a_computed_date_is_not_in_the_calendar(page: Page) -> None:
    fill_in(page)
    assert b"20261120" not in downloaded(page)


def test_nothing_is_kept_until_the_reader_says_so_and_forgetting_is_complete(
    page: Page, address: str
) -> None:
    fill_in(page)
    assert page.evaluate(STORED) == 0
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("status").last).to_have_text("Kept on this device.")
    page.goto(f"{address}ja/my-dates/")
    expect(page.locator("#stay-expiry")).to_have_value("2027-05-31")
    expect(page.locator("input[value=long]")).to_be_checked()
    expect(page.locator(".date")).to_have_count(5)
    page.get_by_role("button", name="全部消す").click()
    assert page.evaluate(STORED) == 0
    expect(page.locator("#stay-expiry")).to_have_value("")
    expect(page.locator(".dates__results")).to_be_hidden()
    page.reload()
    expect(page.locator("#stay-expiry")).to_have_value("")


def test_where_storage_is_switched_off_the_page_works_and_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })"
    )
    page.goto(f"{address}en/my-dates/")
    fill_in(page)
    expect(page.locator(".date")).to_have_count(5)
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.locator("[data-dates] [role=status]")).to_contain_text("Could not be kept")
    page.close()


def test_filling_in_asks_no_server_and_leaves_no_trace_in_the_address(page: Page) -> None:
    asked: list[str] = []
    said: list[str] = []
    before = page.url
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    fill_in(page)
    downloaded(page)
    page.keyboard.press("Enter")
    # A browser asks for the icon of a page when it likes.
    assert [url for url in asked if not url.startswith("blob:") and not url.endswith("icon.svg")] == []
    assert said == []
    assert page.url == before


def test_a_half_written_or_impossible_day_shows_nothing(page: Page) -> None:
    page.locator("#stay-expiry").focus()
    page.keyboard.type("0531")
    expect(page.locator(".dates__results")).to_be_hidden()
    page.fill("#stay-expiry", "1970-01-01")
    expect(page.locator(".dates__results")).to_be_hidden()


def test_the_keyboard_alone_fills_in_and_hears_how_many_were_found(page: Page) -> None:
    page.locator("#stay-expiry").focus()
    page.keyboard.type("05312027")
    for _ in range(6):
        if page.evaluate("document.activeElement.type") == "radio":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-dates] [role=status]")).to_have_text("4 found, listed below.")
    expect(page.locator("[data-rule='rule-stay-opens']")).to_be_visible()


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_every_control_has_a_name_and_is_large_enough_on_a_small_phone(
    page: Page, address: str, locale: str
) -> None:
    page.goto(f"{address}{locale}/my-dates/")
    fill_in(page)
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SMALL_TARGETS) == []
    unnamed = "[...document.querySelectorAll('main input')].filter(each => !each.labels.length).map(each => each.id)"
    assert page.evaluate(unnamed) == []
    assert page.locator("main fieldset > legend").count() == page.locator("main fieldset").count() > 0


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_without_scripts_the_rules_stand_there_in_words_and_no_dead_form(
    browser: Browser, address: str, dataset: Dataset, locale: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}{locale}/my-dates/")
    expect(page.locator(".dates__form")).to_be_hidden()
    expect(page.locator(".rule:visible")).to_have_count(len(dataset.date_rules))
    note = page.locator(".dates .guide-note", has_text="JavaScript")
    expect(note).to_be_visible()
    note.get_by_role("link").click()
    expect(page.locator("#rules")).to_be_in_viewport()
    page.close()


def test_on_paper_stands_a_checklist_of_the_reader_s_own_dates(page: Page) -> None:
    fill_in(page)
    page.emulate_media(media="print")
    expect(page.locator(".dates__form")).to_be_hidden()
    expect(page.locator("#rule-moved-words")).to_be_visible()
    expect(page.locator("#rule-card-opens")).to_be_hidden()
    box = "getComputedStyle(document.querySelector('{}'), '::before').content"
    assert "☐" in page.evaluate(box.format(".date"))
    assert "☐" in page.evaluate(box.format(".checklist li"))
    card = page.locator("#rule-moved-words .counter-card")
    assert card.evaluate("each => each.checkVisibility({ contentVisibilityAuto: true })")


def test_nothing_jumps_when_the_script_arrives_after_the_page_was_painted(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))  # noqa: PLW0108  # Playwright refuses built-in methods
    page.goto(f"{address}ja/my-dates/", wait_until="commit")
    page.evaluate(PAINTED)
    held[0].continue_()
    page.wait_for_load_state("load")
    assert page.evaluate(SHIFT) == 0
    page.close()


def test_words_of_days_are_made_once_and_only_when_a_day_is_written(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("""globalThis.made = 0;
      Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
        constructor(...given) { super(...given); made += 1; }
      };""")
    page.goto(f"{address}en/my-dates/")
    assert page.evaluate("made") == 0
    page.fill("#stay-expiry", "2027-01-31")
    expect(page.locator(".dates__list time").first).to_have_text("Sunday, January 31, 2027")
    assert page.evaluate("made") == 1
    page.close()
