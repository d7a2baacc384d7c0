"""Reading the real site: without a connection, without traces, shared and printed by a button."""

from collections.abc import Iterator

import pytest
from built import TOLD_LOCALES
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError

KINDS = ("", "fees/", "guide/", "my-dates/", "procedures/exchange/", "partners/", "changes/")
NOTE = {"ja": "2026年11月23日現在", "en": "as of November 23, 2026"}
KEEP = {
    "ja": ("この案内を端末に保存", "保存しました", "保存した案内を端末から消す"),
    "en": ("Keep this guide", "Kept", "Remove the kept guide"),
}
_TRACES = """async () => ({
  cookies: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(each => each.name),
  stores: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NO_TRACE = {"cookies": "", "local": [], "session": [], "databases": [], "stores": [], "workers": 0}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context
    context.close()


def keep_guide(page: Page, locale: str) -> None:
    """Ask for the guide to be kept, and see that it is."""
    page.get_by_role("button", name=KEEP[locale][0]).click()
    expect(page.locator("[data-done]")).to_contain_text(KEEP[locale][1])


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_a_guide_that_its_reader_keeps_works_offline_and_says_how_old_it_is(
    context: BrowserContext, page: Page, address: str, locale: str
) -> None:
    page.goto(f"{address}{locale}/")
    expect(page.locator("[data-offline]")).to_be_hidden()
    keep_guide(page, locale)
    context.set_offline(True)
    page.goto(f"{address}{locale}/procedures/exchange/")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{address}{locale}/guide/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-offline]")).to_contain_text(NOTE[locale])
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    context.set_offline(False)
    page.reload()
    expect(page.locator("[data-offline]")).to_be_hidden()


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_a_guide_that_its_reader_removes_leaves_nothing_behind(
    context: BrowserContext, page: Page, address: str, locale: str
) -> None:
    page.goto(f"{address}{locale}/fees/")
    keep_guide(page, locale)
    page.goto(f"{address}{locale}/loss/")
    page.get_by_role("button", name=KEEP[locale][2]).click()
    expect(page.get_by_role("button", name=KEEP[locale][0])).to_be_visible()
    page.reload()
    assert page.evaluate(_TRACES) == NO_TRACE
    context.set_offline(True)
    with pytest.raises(BrowserError, match="ERR_"):
        page.goto(f"{address}{locale}/guide/")


def test_a_guide_that_cannot_be_kept_says_so_and_leaves_nothing_behind(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    page.route("**/search.json", lambda route: route.abort())
    page.get_by_role("button", name=KEEP["en"][0]).click()
    expect(page.locator("[data-done]")).to_have_text("The device could not keep it.")
    assert page.evaluate(_TRACES) == NO_TRACE


def test_a_page_in_a_language_that_was_not_kept_is_not_answered_by_another_one(
    context: BrowserContext, page: Page, address: str
) -> None:
    page.goto(f"{address}en/")
    keep_guide(page, "en")
    context.set_offline(True)
    with pytest.raises(BrowserError, match="ERR_"):
        page.goto(f"{address}ja/loss/")


@pytest.mark.parametrize("locale", TOLD_LOCALES)
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
    assert page.evaluate(_TRACES) == NO_TRACE
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
