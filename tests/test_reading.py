"""Reading the real site: without a connection, without traces, shared and printed by a button."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from built import LOCALES
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError
from site_server import serving

KINDS = ("", "fees/", "guide/", "my-dates/", "procedures/exchange/", "partners/", "changes/")
NOTE = {"ja": "2026年11月23日現在", "en": "as of November 23, 2026"}
_KEPT = """async wanted => {
  await navigator.serviceWorker.ready;
  const path = new URL(wanted, location).href;
  while (!(await caches.match(path))) await new Promise(resolve => requestAnimationFrame(resolve));
}"""
_TRACES = """async () => ({
  cookies: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(each => each.name),
})"""


@pytest.fixture(scope="module")
def address(dist: Path) -> Iterator[str]:
    with serving(dist) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("locale", LOCALES)
def test_after_the_first_visit_the_way_to_the_counter_works_offline_and_says_how_old_it_is(
    context: BrowserContext, page: Page, address: str, locale: str
) -> None:
    page.goto(f"{address}{locale}/")
    expect(page.locator("[data-offline]")).to_be_hidden()
    page.evaluate(_KEPT, f"{address}{locale}/guide/")
    page.evaluate(_KEPT, f"{address}{locale}/search.json")
    context.set_offline(True)
    page.goto(f"{address}{locale}/guide/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-offline]")).to_contain_text(NOTE[locale])
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_a_page_that_was_never_read_is_not_answered_by_another_one(
    context: BrowserContext, page: Page, address: str
) -> None:
    page.goto(f"{address}en/")
    page.evaluate(_KEPT, f"{address}en/guide/")
    context.set_offline(True)
    with pytest.raises(BrowserError, match="ERR_"):
        page.goto(f"{address}en/loss/")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_policy_is_never_broken_nobody_else_is_asked_and_nothing_is_left_behind(
    context: BrowserContext, page: Page, address: str, locale: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in KINDS:
        page.goto(f"{address}{locale}/{path}", wait_until="networkidle")
    assert said == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert page.evaluate(_TRACES) == {"cookies": "", "local": [], "session": [], "databases": []}
    assert context.cookies() == []


def test_a_broken_policy_would_be_seen(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}en/fees/")
    page.evaluate(
        "document.querySelector('main').style.cssText = ''; document.body.setAttribute('style', 'color: red')"
    )
    assert any("Content Security Policy" in each for each in said)


def test_sharing_copies_the_address_where_the_device_cannot_share(
    context: BrowserContext, page: Page, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}en/fees/#stay")
    page.evaluate("navigator.share = undefined")
    page.get_by_role("button", name="Share this page").click()
    expect(page.locator("[data-done]")).to_have_text("The address was copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}en/fees/#stay"


def test_printing_is_offered_only_where_scripts_run(browser: Browser, page: Page, address: str) -> None:
    page.goto(f"{address}ja/fees/")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="印刷").click()
    expect(page).to_have_title("printed")
    without = browser.new_page(java_script_enabled=False)
    without.goto(f"{address}ja/fees/")
    expect(without.get_by_role("button", name="印刷")).to_be_hidden()
    without.close()
