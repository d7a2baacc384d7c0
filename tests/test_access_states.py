"""Access of what scripts make of a page: answers, days, finds, open menus; in every language, small and large."""

from collections.abc import Callable, Iterator

import pytest
from access import Look, axe_faults, look_at, looking, screen_faults
from built import LOCALES
from playwright.sync_api import Browser, Page, expect

NARROW = 320
LOOKS = (Look(), Look(width=1280, colours="dark"))


def answered(page: Page, home: str) -> None:
    """Come to an outcome of the guide."""
    page.goto(f"{home}guide/#a=person.resident,reason.permission,permission.extend")
    expect(page.locator(".guide__answers li")).to_have_count(3)


def asked(page: Page, home: str) -> None:
    """Come to a question in the middle of the guide."""
    page.goto(f"{home}guide/#a=person.resident,reason.address")
    expect(page.locator(".guide__answers li")).to_have_count(2)


def dated(page: Page, home: str) -> None:
    """Fill in all days."""
    page.goto(f"{home}my-dates/")
    for field in page.locator("main input[type=date]").all():
        field.fill("2027-01-31")
    expect(page.locator(".dates__list time").first).to_be_visible()


def found(page: Page, home: str) -> None:
    """Search for something that there is."""
    page.goto(home)
    _search(page, "在留")
    expect(page.locator(".search__link").first).to_be_visible()


def not_found(page: Page, home: str) -> None:
    """Search for something that there is not."""
    page.goto(home)
    _search(page, "qwxz")
    expect(page.locator("[data-search-status]")).not_to_be_empty()


def _search(page: Page, words: str) -> None:
    opener = page.locator("[popovertarget='menu']").first
    if opener.is_visible():
        opener.click()
    page.get_by_role("searchbox").fill(words)


STATES: dict[str, Callable[[Page, str], None]] = {
    each.__name__: each for each in (answered, asked, dated, found, not_found)
}
#: Where the scripts write.
MADE = ".guide__answers ol, .dates__list, .search__results"
#: What stands beside each other on a wide screen is in no order that the eye could meet.
ORDER = "comes before what the eye meets first"
#: A menu covers what lies behind it: the reader opened it, and the Escape key closes it, as WCAG 2.4.11 wants it.
BEHIND_THE_MENU = (ORDER, "focus covered", "a bar hides a quarter of the screen")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with looking(browser) as page:
        yield page


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_script_makes_of_a_page_is_as_accessible_as_the_page(
    page: Page, address: str, locale: str, state: str
) -> None:
    look = LOOKS[(list(STATES).index(state) + LOCALES.index(locale)) % len(LOOKS)]
    look_at(page, look)
    page.goto("about:blank")  # or a state of before would stay
    STATES[state](page, f"{address}{locale}/")
    if page.locator(":root[data-readings]").count():  # readings arrive after the words
        expect(page.locator(MADE).locator("ruby").first).to_be_visible()
    is_open = page.locator("#menu:popover-open").count() > 0
    meant = BEHIND_THE_MENU if is_open else (ORDER,) if look.width > NARROW else ()
    assert [each for each in screen_faults(page) + axe_faults(page) if not each.startswith(meant)] == []
