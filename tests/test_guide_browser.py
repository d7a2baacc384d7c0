"""The guide in a real browser: one question at a time, by keyboard, with answers that stay in the address."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from built import TOLD_LOCALES
from playwright.sync_api import Browser, Page, Route, expect
from site_server import PAINTED, SHIFT

MOVED = "#a=person.resident,reason.address,address.moved"
EXCHANGE = "#a=person.resident,reason.nothing"
WORDS = {
    "ja": {
        "answers": ("在留カードを持っている", "住所を届け出る", "日本の中で引っ越した"),
        "outcome": "市区町村に新しい住所を届け出るときに、一緒に申請します",
        "official": "住居地の変更届出",
    },
    "en": {
        "answers": ("I have a residence card", "I have an address to notify", "I have moved within Japan"),
        "outcome": "Apply when you notify your municipal office of your new address",
        "official": "Notification of a Change of Place of Residence",
    },
}
SMALL_TARGETS = """[
  ...document.querySelectorAll('main a.button, main button, .guide__choice, .guide__answers a')
]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
  .map(each => each.textContent)"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


def focused(page: Page) -> str:
    """Return the words of the element that has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def tab_to(page: Page, words: str) -> None:
    """Press the tab key until the words have the focus."""
    for _ in range(60):
        if words in focused(page) and page.evaluate("document.activeElement.tagName") == "A":
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reaches {words!r}")


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_keyboard_alone_leads_to_the_counter(phone: Page, address: str, locale: str) -> None:
    words = WORDS[locale]
    phone.goto(f"{address}{locale}/guide/")
    for answer in words["answers"]:
        tab_to(phone, answer)
        phone.keyboard.press("Enter")
        expect(phone.locator(".guide__node[data-current] > h3")).to_be_focused()
    expect(phone.locator(":focus")).to_have_text(words["outcome"])
    expect(phone.get_by_role("link", name=str(words["official"])).first).to_be_visible()
    assert phone.url.endswith(MOVED)


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_one_question_stands_on_the_page_at_a_time(phone: Page, address: str, locale: str) -> None:
    phone.goto(f"{address}{locale}/guide/")
    expect(phone.locator(".guide__node:visible")).to_have_count(1)
    phone.get_by_role("link", name=WORDS[locale]["answers"][0]).click()
    expect(phone.locator(".guide__node:visible")).to_have_count(1)
    expect(phone.locator("#q-reason")).to_be_visible()


def test_answers_come_back_from_the_address(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/guide/{MOVED}")
    expect(phone.locator("#o-address-change")).to_be_visible()
    expect(phone.locator(".guide__answers li")).to_have_count(3)


def test_back_leads_back_and_forward_forward(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/guide/")
    for answer in WORDS["en"]["answers"]:
        phone.get_by_role("link", name=answer).first.click()
    phone.go_back()
    expect(phone.locator("#q-address")).to_be_visible()
    phone.go_back()
    expect(phone.locator("#q-reason")).to_be_visible()
    phone.go_forward()
    expect(phone.locator("#q-address")).to_be_visible()


def test_an_earlier_answer_can_be_changed(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/guide/{MOVED}")
    phone.get_by_role("link", name=re.compile("Go back and change .I have an address")).click()
    expect(phone.locator("#q-reason")).to_be_visible()
    phone.get_by_role("link", name="My card is lost or stolen").click()
    expect(phone.locator("#o-lost")).to_be_visible()


def test_switching_the_language_keeps_the_answers(phone: Page, address: str) -> None:
    phone.goto(f"{address}ja/guide/")
    for answer in WORDS["ja"]["answers"]:
        phone.get_by_role("link", name=answer).first.click()
    phone.get_by_role("banner").get_by_role("link", name="English").click()
    expect(phone).to_have_url(f"{address}en/guide/{MOVED}")
    expect(phone.locator("#o-address-change > h3")).to_have_text(WORDS["en"]["outcome"])


@pytest.mark.parametrize(
    "fragment", ["#a=person.martian", "#a=%E3%81%82", "#a=reason.lost", "#a=", "#unknown"]
)
def test_an_address_that_makes_no_sense_begins_at_the_beginning(
    phone: Page, address: str, fragment: str
) -> None:
    said: list[str] = []
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.goto(f"{address}en/guide/{fragment}")
    expect(phone.locator("#q-person")).to_be_visible()
    assert said == []


def test_answers_are_followed_as_far_as_they_fit(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/guide/#a=person.resident,reason.moon")
    expect(phone.locator("#q-reason")).to_be_visible()
    expect(phone.locator(".guide__answers li")).to_have_count(1)


def test_a_link_of_the_chart_in_words_shows_its_outcome(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/guide/")
    words = phone.locator(".guide-chart__words")
    words.locator("summary").click()
    words.get_by_role("link", name="Application for exchange of a residence card").click()
    expect(phone.locator("#o-exchange")).to_be_visible()


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_without_scripts_the_links_lead_to_the_counter_and_nothing_is_hidden(
    browser: Browser, address: str, locale: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page.goto(f"{address}{locale}/guide/")
    expect(page.locator(".guide__node:visible")).to_have_count(page.locator(".guide__node").count())
    for answer in WORDS[locale]["answers"]:
        page.get_by_role("link", name=answer).first.click()
    expect(page).to_have_url(f"{address}{locale}/guide/#o-address-change")
    expect(page.locator("#o-address-change")).to_be_in_viewport()
    page.close()


def test_where_the_script_does_not_arrive_the_links_still_lead_along(phone: Page, address: str) -> None:
    phone.route("**/*.js", lambda route: route.abort())
    phone.goto(f"{address}en/guide/")
    for answer in WORDS["en"]["answers"]:
        phone.get_by_role("link", name=answer).first.click()
    expect(phone.locator("#o-address-change")).to_be_visible()
    expect(phone.locator(".guide__node:visible")).to_have_count(1)


@pytest.mark.parametrize("fragment", ["", MOVED, EXCHANGE, "#a=person.resident,reason.lost"])
@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_a_small_phone_shows_it_whole_with_targets_large_enough(
    phone: Page, address: str, locale: str, fragment: str
) -> None:
    phone.goto(f"{address}{locale}/guide/{fragment}")
    assert phone.evaluate(OVERFLOW) == 0
    assert phone.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_nothing_jumps_when_the_script_arrives_after_the_page_was_painted(
    browser: Browser, address: str, locale: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))  # noqa: PLW0108  # Playwright refuses built-in methods
    page.goto(f"{address}{locale}/guide/", wait_until="commit")
    page.evaluate(PAINTED)
    held[0].continue_()
    expect(page.locator(".guide--live")).to_be_attached()
    assert page.evaluate(SHIFT) == 0
    page.close()


def test_the_guide_breaks_no_policy_and_keeps_nothing(phone: Page, address: str) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.goto(f"{address}ja/guide/{EXCHANGE}")
    expect(phone.locator("#o-exchange")).to_be_visible()
    assert said == []
    assert phone.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_on_paper_stands_the_outcome_with_the_card_for_the_counter(phone: Page, address: str) -> None:
    phone.goto(f"{address}ja/guide/{EXCHANGE}")
    phone.emulate_media(media="print")
    expect(phone.locator("#o-exchange .counter-card")).to_be_visible()
    expect(phone.locator("#q-person")).to_be_hidden()
    expect(phone.locator("svg.chart")).to_be_hidden()


def test_on_paper_stands_the_whole_chart_as_long_as_nothing_is_answered(phone: Page, address: str) -> None:
    phone.goto(f"{address}ja/guide/")
    phone.emulate_media(media="print")
    expect(phone.locator("svg.chart")).to_be_visible()
    expect(phone.locator("#q-person")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_takes_the_colours_that_the_reader_forces(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(forced_colors="active", color_scheme=scheme)
    page.goto(f"{address}en/guide/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    fills = "all => all.map(each => getComputedStyle(each).fill)"
    assert ground not in page.locator("svg.chart text").evaluate_all(fills)
    page.close()


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_no_word_of_the_chart_leaves_the_drawing(phone: Page, address: str, locale: str) -> None:
    phone.goto(f"{address}{locale}/guide/")
    outside = """document.querySelectorAll("svg.chart text").values().filter(each => {
      const box = each.getBoundingClientRect(), drawing = each.ownerSVGElement.getBoundingClientRect();
      return box.right > drawing.right + 1 || box.bottom > drawing.bottom + 1;
    }).map(each => each.textContent).toArray()"""
    assert phone.evaluate(outside) == []
